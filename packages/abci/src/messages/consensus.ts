/** Requests and answers of the consensus connection: InitChain, PrepareProposal, ProcessProposal, FinalizeBlock, Commit. */
import type {
  CommitInfo,
  ConsensusParams,
  Event,
  ExtendedCommitInfo,
  Misbehavior,
  Timestamp,
  ValidatorUpdate,
} from './chain.ts'

/** Once in a chain's life, from its genesis document. It may come again when the application had not yet stored a block. */
export interface InitChainRequest {
  readonly time: Timestamp
  readonly chainId: string
  /** Never `null` from CometBFT. */
  readonly consensusParams: ConsensusParams | null
  readonly validators: readonly ValidatorUpdate[]
  /** The bytes of `app_state` of the genesis document, as they stand there. */
  readonly appStateBytes: Uint8Array
  readonly initialHeight: bigint
}

/** Left out: parameters and validators of the genesis document hold, and the app hash is empty. */
export interface InitChainResponse {
  readonly consensusParams?: ConsensusParams | null
  readonly validators?: readonly ValidatorUpdate[]
  readonly appHash?: Uint8Array
}

/** What a proposer may put into a block. */
export interface PrepareProposalRequest {
  /** More bytes of transactions (with their framing) than this in the answer stop the proposer with an error. */
  readonly maxTxBytes: bigint
  readonly txs: readonly Uint8Array[]
  readonly localLastCommit: ExtendedCommitInfo
  readonly misbehavior: readonly Misbehavior[]
  readonly height: bigint
  readonly time: Timestamp
  readonly nextValidatorsHash: Uint8Array
  readonly proposerAddress: Uint8Array
}

/** The transactions of the proposal, in order. */
export interface PrepareProposalResponse {
  readonly txs: readonly Uint8Array[]
}

/** A block as the consensus connection shows it, proposed or decided. */
interface BlockRequest {
  readonly txs: readonly Uint8Array[]
  readonly misbehavior: readonly Misbehavior[]
  readonly hash: Uint8Array
  readonly height: bigint
  readonly time: Timestamp
  readonly nextValidatorsHash: Uint8Array
  readonly proposerAddress: Uint8Array
}

/** Another proposer's block (or one's own), to be accepted or refused. The same block may be shown several times. */
export interface ProcessProposalRequest extends BlockRequest {
  readonly proposedLastCommit: CommitInfo
}

/** There is no third answer: UNKNOWN panics CometBFT, so the type does not have it. */
export interface ProcessProposalResponse {
  readonly status: 'accept' | 'reject'
}

/** A decided block. At start CometBFT replays here what the application says it has not yet stored. */
export interface FinalizeBlockRequest extends BlockRequest {
  readonly decidedLastCommit: CommitInfo
}

/** `txResults` has one result per transaction, in order. `appHash` goes into the next height's header. */
export interface FinalizeBlockResponse {
  readonly events?: readonly Event[]
  readonly txResults: readonly ExecTxResult[]
  readonly validatorUpdates?: readonly ValidatorUpdate[]
  readonly consensusParamUpdates?: ConsensusParams | null
  readonly appHash: Uint8Array
}

/** What became of one transaction. `code`, `data`, `gasWanted` and `gasUsed` are consensus data (last results hash). */
export interface ExecTxResult {
  /** 0 is success */
  readonly code: number
  readonly data?: Uint8Array
  readonly log?: string
  readonly info?: string
  readonly gasWanted?: bigint
  readonly gasUsed?: bigint
  readonly events?: readonly Event[]
  readonly codespace?: string
}

/** Heights below `retainHeight` may be pruned by CometBFT; 0 or left out keeps all. */
export interface CommitResponse {
  readonly retainHeight?: bigint
}
