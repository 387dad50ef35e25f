/** The home of a CometBFT whose application is not ours, with the settings of ours: what a benchmark compares with. */
import type { GenesisDocument, Suite } from '@meridian/protocol'
import { chainConstantsOf } from '../../chain-constants.ts'
import { COMET_DEFAULTS, type ConfigParts } from './config-toml.ts'
import { type CometHome, type CometKeys, writeHome } from './write-home.ts'

/** What such a home is made of; settings that are not given are the defaults of ours. */
export interface CometHomeParts extends Omit<ConfigParts, 'settings'> {
  /** An empty folder. */
  readonly directory: string
  readonly suite: Suite
  readonly genesis: GenesisDocument
  readonly keys: CometKeys
  readonly settings: Partial<ConfigParts['settings']>
}

/** Writes it. Throws engine.storage, engine.other-genesis, engine.signing-state-missing. */
export function writeCometHome(parts: CometHomeParts): CometHome {
  const { directory, suite, genesis, keys } = parts
  const config = { ...parts, settings: { ...COMET_DEFAULTS, ...parts.settings } }
  const constants = chainConstantsOf(suite, genesis)
  return writeHome({ directory, suite, genesis, keys, constants, config, executedHeight: 0n })
}
