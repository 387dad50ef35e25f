/** The port of this package: what an application answers to CometBFT (ABCI 2.0, CometBFT v0.38–v0.40). */
import type {
  CommitResponse,
  FinalizeBlockRequest,
  FinalizeBlockResponse,
  InitChainRequest,
  InitChainResponse,
  PrepareProposalRequest,
  PrepareProposalResponse,
  ProcessProposalRequest,
  ProcessProposalResponse,
} from './messages/consensus.ts'
import type { CheckTxRequest, CheckTxResponse } from './messages/mempool.ts'
import type { InfoRequest, InfoResponse, QueryRequest, QueryResponse } from './messages/query.ts'
import type {
  ApplySnapshotChunkRequest,
  ApplySnapshotChunkResponse,
  ListSnapshotsResponse,
  LoadSnapshotChunkRequest,
  LoadSnapshotChunkResponse,
  OfferSnapshotRequest,
  OfferSnapshotResponse,
} from './messages/snapshot.ts'

/** An answer at once, or later. */
export type Answer<T> = T | Promise<T>

/**
 * The calls of ABCI 2.0. Of a request every field is there (an absent message is `null`, an absent list is empty); of an
 * answer a field left out is protobuf's default. Bytes of a request are views into one frame: copy what is kept long.
 *
 * Calls of one connection come one after the other, except `checkTx`: many may be under way, and their answers are put
 * in order by the server. Calls of different connections may overlap. CometBFT itself waits for all `checkTx` answers
 * before `commit`. Whatever throws or rejects is answered with an exception, on which CometBFT stops: right for a broken
 * invariant, wrong for bad input, which is a `code` above 0.
 *
 * Vote extensions are answered by the server (empty, accepted); Echo and Flush too.
 */
export interface AbciApplication {
  /** Query connection; any time. Says what is durably stored. */
  info(request: InfoRequest): Answer<InfoResponse>
  /** Query connection; any time, also while a block is executed. */
  query(request: QueryRequest): Answer<QueryResponse>
  /** Mempool connection; any time outside `commit`. */
  checkTx(request: CheckTxRequest): Answer<CheckTxResponse>
  /** Consensus connection. */
  initChain(request: InitChainRequest): Answer<InitChainResponse>
  /** Consensus connection. Must not change the state that `finalizeBlock` starts from. */
  prepareProposal(request: PrepareProposalRequest): Answer<PrepareProposalResponse>
  /** Consensus connection. Deterministic; must not change the state that `finalizeBlock` starts from. */
  processProposal(request: ProcessProposalRequest): Answer<ProcessProposalResponse>
  /** Consensus connection. Deterministic. Not yet durable: the same height comes again after a crash before `commit`. */
  finalizeBlock(request: FinalizeBlockRequest): Answer<FinalizeBlockResponse>
  /** Consensus connection. The block of the last `finalizeBlock` is durable when this answers. */
  commit(): Answer<CommitResponse>
  /** Snapshot connection. */
  listSnapshots(): Answer<ListSnapshotsResponse>
  /** Snapshot connection. */
  offerSnapshot(request: OfferSnapshotRequest): Answer<OfferSnapshotResponse>
  /** Snapshot connection. */
  loadSnapshotChunk(request: LoadSnapshotChunkRequest): Answer<LoadSnapshotChunkResponse>
  /** Snapshot connection. */
  applySnapshotChunk(request: ApplySnapshotChunkRequest): Answer<ApplySnapshotChunkResponse>
}
