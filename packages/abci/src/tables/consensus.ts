/** Tables of the messages in `../messages/consensus.ts`. */
import { always, many, maybe, needed, single } from '../codec/field.ts'
import { bytes, int64, oneName, text, uint32 } from '../codec/kinds.ts'
import { message } from '../codec/message.ts'
import type * as consensus from '../messages/consensus.ts'
import {
  commitInfo,
  consensusParams,
  event,
  extendedCommitInfo,
  misbehavior,
  timestamp,
  validatorUpdate,
} from './chain.ts'

/** `RequestInitChain` */
export const initChainRequest = message<consensus.InitChainRequest>({
  time: needed(1, timestamp),
  chainId: single(2, text),
  consensusParams: maybe(3, consensusParams),
  validators: many(4, validatorUpdate),
  appStateBytes: single(5, bytes),
  initialHeight: single(6, int64),
})

/** `ResponseInitChain` */
export const initChainResponse = message<consensus.InitChainResponse>({
  consensusParams: maybe(1, consensusParams),
  validators: many(2, validatorUpdate),
  appHash: single(3, bytes),
})

/** `RequestPrepareProposal` */
export const prepareProposalRequest = message<consensus.PrepareProposalRequest>({
  maxTxBytes: single(1, int64),
  txs: many(2, bytes),
  localLastCommit: always(3, extendedCommitInfo),
  misbehavior: many(4, misbehavior),
  height: single(5, int64),
  time: needed(6, timestamp),
  nextValidatorsHash: single(7, bytes),
  proposerAddress: single(8, bytes),
})

/** `ResponsePrepareProposal` */
export const prepareProposalResponse = message<consensus.PrepareProposalResponse>({ txs: many(1, bytes) })

const blockFields = {
  txs: many(1, bytes),
  misbehavior: many(3, misbehavior),
  hash: single(4, bytes),
  height: single(5, int64),
  time: needed(6, timestamp),
  nextValidatorsHash: single(7, bytes),
  proposerAddress: single(8, bytes),
}

/** `RequestProcessProposal` */
export const processProposalRequest = message<consensus.ProcessProposalRequest>({
  ...blockFields,
  proposedLastCommit: always(2, commitInfo),
})

/** `ResponseProcessProposal` */
export const processProposalResponse = message<consensus.ProcessProposalResponse>({
  status: single(1, oneName([null, 'accept', 'reject'], 'reject')),
})

/** `RequestFinalizeBlock` */
export const finalizeBlockRequest = message<consensus.FinalizeBlockRequest>({
  ...blockFields,
  decidedLastCommit: always(2, commitInfo),
})

/** `ExecTxResult`; `ResponseCheckTx` has the same fields under the same numbers. */
export const execTxResult = message<consensus.ExecTxResult>({
  code: single(1, uint32),
  data: single(2, bytes),
  log: single(3, text),
  info: single(4, text),
  gasWanted: single(5, int64),
  gasUsed: single(6, int64),
  events: many(7, event),
  codespace: single(8, text),
})

/** `ResponseFinalizeBlock` */
export const finalizeBlockResponse = message<consensus.FinalizeBlockResponse>({
  events: many(1, event),
  txResults: many(2, execTxResult),
  validatorUpdates: many(3, validatorUpdate),
  consensusParamUpdates: maybe(4, consensusParams),
  appHash: single(5, bytes),
})

/** `ResponseCommit` */
export const commitResponse = message<consensus.CommitResponse>({ retainHeight: single(3, int64) })
