/** What the port answers from the store: blocks, places, proofs. It shows nothing above the newest signed height. */
import {
  type Commit,
  proveStateKey,
  type Refusal,
  refuse,
  type Suite,
  type Validator,
} from '@meridian/protocol'
import type { Engine, Located, ModuleProof, StoredBlock } from '../engine.ts'
import { EngineFailure } from '../engine-failure.ts'
import type { ChainStore } from './chain-store.ts'

/** The newest signed block. */
export interface SignedHead {
  readonly height: bigint
  readonly commit: Commit
}

/** What the reader needs. */
export interface ChainReaderParts {
  readonly suite: Suite
  readonly store: ChainStore
  readonly modules: readonly string[]
  /** Those of the genesis document. */
  readonly validators: readonly Validator[]
  readonly head: () => SignedHead
}

/** The reading half of the port. */
export type ChainReader = Pick<
  Engine,
  'block' | 'locate' | 'logInclusion' | 'logConsistency' | 'prove' | 'state'
>

/** Reads the chain in `parts.store`. */
export function createChainReader(parts: ChainReaderParts): ChainReader {
  const { store } = parts
  return {
    block: (height) => readBlock(parts, height),
    locate: (statementId) => locate(parts, statementId),
    logInclusion: (logIndex, treeSize) => store.log.inclusion(logIndex, treeSize),
    logConsistency: (from, to) => store.log.consistency(from, to),
    prove: (module, key, height) => prove(parts, module, { key, height: height ?? newestProvable(parts) }),
    state: store.newest().view,
  }
}

function readBlock(parts: ChainReaderParts, height: bigint): StoredBlock | undefined {
  const { store } = parts
  const head = parts.head()
  if (height <= store.snapshotHeight() || height > head.height) return undefined
  const record = store.block(height)
  const outcome = store.outcome(height)
  const commit = height === head.height ? head.commit : store.commit(height)
  if (record === undefined || outcome === undefined || commit === undefined) {
    throw new EngineFailure('engine.home-damaged', { height: height.toString() })
  }
  return {
    height,
    header: record.header,
    blockId: record.blockId,
    commit,
    validators: store.validatorsAt(height) ?? parts.validators,
    statements: record.transactions,
    ...outcome,
  }
}

function locate(parts: ChainReaderParts, statementId: Uint8Array): Located | undefined {
  const place = locateStored(parts.store, statementId)
  return place === undefined || place.height > parts.head().height ? undefined : place
}

/** Where a statement stands in the store, also in a block that is not signed yet. */
export function locateStored(store: ChainStore, statementId: Uint8Array): Located | undefined {
  const place = store.place(statementId)
  if (place === undefined || place.logIndex !== undefined) return place && { ...place, refusal: undefined }
  return { ...place, refusal: store.outcome(place.height)?.results[place.index] }
}

/** The newest state whose hash a signed header carries. */
function newestProvable(parts: ChainReaderParts): bigint {
  return parts.head().height - 1n
}

function prove(
  parts: ChainReaderParts,
  module: string,
  wanted: { readonly key: Uint8Array; readonly height: bigint },
): ModuleProof | Refusal {
  const { key, height } = wanted
  if (!parts.modules.includes(module)) return refuse('engine', 'engine.unknown-module')
  const oldest = parts.store.oldestProvable()
  if (height < 0n || height > newestProvable(parts)) {
    return refuse('engine', 'engine.height-unknown', { height: height.toString() })
  }
  if (height < oldest) {
    const detail = { height: height.toString(), oldest: oldest.toString() }
    return refuse('engine', 'engine.outside-proof-window', detail)
  }
  const outcome = parts.store.outcome(height)
  if (outcome === undefined) throw new EngineFailure('engine.home-damaged', { height: height.toString() })
  const old = parts.store.stateAt(height)
  const proof = proveStateKey(parts.suite, old.nodes(module), key, old.value(module, key))
  return { height, module, key, proof, state: outcome.state }
}
