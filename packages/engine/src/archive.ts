/**
 * A ledger home that is only read: one that was restored from a backup, or whose chain has been handed over. It answers what
 * old receipts need and says from which block a new chain may go on. It signs nothing.
 */
import { join } from 'node:path'
import {
  type Commit,
  decodeGenesis,
  type GenesisDocument,
  type Handover,
  isRefusal,
  type Suite,
  ZERO_BLOCK_ID,
} from '@meridian/protocol'
import { chainConstantsOf } from './chain-constants.ts'
import type { Engine } from './engine.ts'
import { EngineFailure } from './engine-failure.ts'
import { createChainReader, type SignedHead } from './store/chain-reader.ts'
import { type ChainStore, createChainStore } from './store/chain-store.ts'
import { openStore, STORE_FOLDER } from './store/open-store.ts'

/** What an archive is opened with. */
export interface ArchiveOptions {
  /** The ledger directory. */
  readonly directory: string
  /** The modules of the state machine in their order. */
  readonly modules: readonly string[]
  readonly suite: Suite
}

/** The reading half of the port, and the link to what comes after. */
export interface Archive
  extends Pick<Engine, 'block' | 'locate' | 'logInclusion' | 'logConsistency' | 'prove' | 'state'> {
  readonly chainId: string
  readonly genesisHash: Uint8Array
  readonly genesis: GenesisDocument
  /** The newest block that the stored commits prove; 0 when there is none. */
  readonly height: bigint
  /** What the genesis document of the next chain says of this one; undefined when no block was signed. */
  readonly handover: Handover | undefined
  close(): Promise<void>
}

/** Readable heights do not depend on a window that was set for another process. */
const PROOF_WINDOW = 128

/** Opens an archive. Throws engine.storage and engine.home-damaged. */
export async function openArchive(options: ArchiveOptions): Promise<Archive> {
  const { suite, modules } = options
  const tables = openStore(join(options.directory, STORE_FOLDER), { readOnly: true })
  const store = createChainStore(tables, { suite, modules, proofWindow: PROOF_WINDOW })
  try {
    return archiveOf(store, options)
  } catch (error) {
    await store.close()
    throw error
  }
}

function archiveOf(store: ChainStore, { suite, modules }: ArchiveOptions): Archive {
  const genesis = decodeGenesis(store.genesis() ?? new Uint8Array())
  if (isRefusal(genesis)) throw new EngineFailure('engine.home-damaged', { place: 'genesis' })
  const { chainId, genesisHash, validators } = chainConstantsOf(suite, genesis)
  const head = newestProved(store)
  const { height } = head
  const headerHash = store.block(height)?.blockId.hash
  return {
    chainId,
    genesisHash,
    genesis,
    height,
    handover: headerHash && { chainId, genesisHash, height, headerHash },
    ...createChainReader({ suite, store, modules, validators, head: () => head }),
    close: () => store.close(),
  }
}

/** A copy that was made between storing and signing has no commit for its newest block, but for the one before. */
function newestProved(store: ChainStore): SignedHead {
  const stored = store.completed()
  const commit = store.commit(stored)
  if (commit !== undefined) return { height: stored, commit }
  const before = stored > 1n ? store.commit(stored - 1n) : undefined
  return before === undefined ? NO_BLOCK : { height: stored - 1n, commit: before }
}

const NO_COMMIT: Commit = { height: 0n, round: 0, blockId: ZERO_BLOCK_ID, signatures: [] }

const NO_BLOCK: SignedHead = { height: 0n, commit: NO_COMMIT }
