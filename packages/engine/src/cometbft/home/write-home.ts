/**
 * The home of CometBFT inside the ledger directory. Configuration is written at every start, keys only while it lasts; what the validator
 * signed last is never made anew in a home that may have signed.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

/** A home, whose keys lie in it only while CometBFT starts: it reads them once. */
export interface CometHome {
  readonly folder: string
  /** Before every start: without them CometBFT would make others. Throws engine.storage. */
  writeKeys(): void
  /** As soon as CometBFT has read them. */
  removeKeys(): void
}

/** Writes everything but the keys. Throws engine.storage, engine.other-genesis, engine.signing-state-missing. */
export function writeHome(parts: HomeParts): CometHome {
  const folder = join(parts.directory, COMET_FOLDER)
  naming(() => {
    mkdirSync(join(folder, 'config'), { recursive: true, mode: 0o700 })
    mkdirSync(join(folder, 'data'), { recursive: true, mode: 0o700 })
    writeGenesis(folder, parts)
    writeSigningState(folder, parts)
    writeFileSync(join(folder, 'config', 'config.toml'), configToml(parts.config))
  })
  const keys = keyFiles(parts).map(({ name, text }) => ({ path: join(folder, 'config', name), text }))
  return {
    folder,
    writeKeys() {
      naming(() => {
        for (const { path, text } of keys) writeSecret(path, text)
      })
    },
    removeKeys() {
      for (const { path } of keys) rmSync(path, { force: true })
    },
  }
}

function naming(write: () => void): void {
  try {
    write()
  } catch (error) {
    if (error instanceof EngineFailure) throw error
    throw new EngineFailure('engine.storage', {}, error)
  }
}

/** CometBFT wants a validator's key even where it never votes: there it gets one that nobody keeps. */
function keyFiles({ suite, keys }: HomeParts): readonly { readonly name: string; readonly text: string }[] {
  const validatorSeed = keys.validatorSeed ?? randomBytes(32)
  return [
    { name: 'node_key.json', text: nodeKeyJson(keys.nodeSeed) },
    { name: 'priv_validator_key.json', text: validatorKeyJson(suite, validatorSeed) },
  ]
}

function writeGenesis(folder: string, { suite, genesis, constants }: HomeParts): void {
  const path = join(folder, 'config', 'genesis.json')
  const text = genesisJson(suite, genesis, constants)
  if (!existsSync(path)) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text) throw new EngineFailure('engine.other-genesis')
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
