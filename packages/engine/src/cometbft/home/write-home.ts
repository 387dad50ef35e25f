/**
 * The home of CometBFT inside the ledger directory. Configuration and keys are written at every start; what the validator signed
 * last is never made anew in a home that may have signed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GenesisDocument, Suite } from '@meridian/protocol'
import { randomBytes } from '@meridian/protocol/node'
import type { ChainConstants } from '../../chain-constants.ts'
import { EngineFailure } from '../../engine-failure.ts'
import { type ConfigParts, configToml } from './config-toml.ts'
import { genesisJson } from './genesis-json.ts'
import { NEVER_SIGNED, nodeKeyJson, validatorKeyJson } from './key-files.ts'

/** What a home is made of. */
export interface HomeParts {
  /** The ledger directory. */
  readonly directory: string
  readonly suite: Suite
  readonly genesis: GenesisDocument
  readonly constants: ChainConstants
  readonly keys: CometKeys
  readonly config: ConfigParts
  /** Blocks that this node's store has executed: a home without CometBFT's data must not have any. */
  readonly executedHeight: bigint
}

/** Ed25519 seeds, 32 bytes each. */
export interface CometKeys {
  /** Of a core member's node; absent: the node follows and never votes. */
  readonly validatorSeed?: Uint8Array
  /** Names the node among its peers. */
  readonly nodeSeed: Uint8Array
}

/** The folder in a ledger directory; a backup leaves it out. */
export const COMET_FOLDER = 'cometbft'

/** Writes the home and answers its path. Throws engine.storage, engine.other-genesis, engine.signing-state-missing. */
export function writeHome(parts: HomeParts): string {
  const folder = join(parts.directory, COMET_FOLDER)
  try {
    mkdirSync(join(folder, 'config'), { recursive: true, mode: 0o700 })
    mkdirSync(join(folder, 'data'), { recursive: true, mode: 0o700 })
    writeGenesis(folder, parts)
    writeKeys(folder, parts)
    writeFileSync(join(folder, 'config', 'config.toml'), configToml(parts.config))
    return folder
  } catch (error) {
    if (error instanceof EngineFailure) throw error
    throw new EngineFailure('engine.storage', {}, error)
  }
}

function writeGenesis(folder: string, { suite, genesis, constants }: HomeParts): void {
  const path = join(folder, 'config', 'genesis.json')
  const text = genesisJson(suite, genesis, constants)
  if (!existsSync(path)) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text) throw new EngineFailure('engine.other-genesis')
}

function writeKeys(folder: string, parts: HomeParts): void {
  const { suite, keys } = parts
  writeSecret(join(folder, 'config', 'node_key.json'), nodeKeyJson(keys.nodeSeed))
  const validatorKey = join(folder, 'config', 'priv_validator_key.json')
  if (keys.validatorSeed !== undefined) {
    writeSecret(validatorKey, validatorKeyJson(suite, keys.validatorSeed))
  } else if (!existsSync(validatorKey)) {
    // CometBFT wants a key even where it never votes.
    writeSecret(validatorKey, validatorKeyJson(suite, randomBytes(32)))
  }
  writeSigningState(folder, parts)
}

function writeSigningState(folder: string, { executedHeight }: HomeParts): void {
  const path = join(folder, 'data', 'priv_validator_state.json')
  if (existsSync(path)) return
  const hasBlocks = executedHeight > 0n || existsSync(join(folder, 'data', 'blockstore.db'))
  if (hasBlocks) throw new EngineFailure('engine.signing-state-missing')
  writeSecret(path, NEVER_SIGNED)
}

function writeSecret(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 })
}
