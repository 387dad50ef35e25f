/** The two envelopes every frame holds one of: `Request` and `Response` of `tendermint/abci/types.proto`. */
import { single } from '../codec/field.ts'
import { bytes, int64, oneName, text } from '../codec/kinds.ts'
import { type Choice, choice, type Message, message } from '../codec/message.ts'
import type { CheckTxResponse } from '../messages/mempool.ts'
import * as consensus from './consensus.ts'
import * as query from './query.ts'
import * as snapshot from './snapshot.ts'

type Of<M> = M extends Message<infer T> ? T : never

const empty = message<Record<never, never>>({})
const echo = message<{ readonly message: string }>({ message: single(1, text) })

/** Votes are extended by the server itself; of the request only what tells an empty extension is read. */
const verifyVoteExtensionRequest = message<{ readonly height: bigint; readonly voteExtension: Uint8Array }>({
  height: single(3, int64),
  voteExtension: single(4, bytes),
})

const requests = {
  echo: [1, echo],
  flush: [2, empty],
  info: [3, query.infoRequest],
  initChain: [5, consensus.initChainRequest],
  query: [6, query.queryRequest],
  checkTx: [8, query.checkTxRequest],
  commit: [11, empty],
  listSnapshots: [12, empty],
  offerSnapshot: [13, snapshot.offerSnapshotRequest],
  loadSnapshotChunk: [14, snapshot.loadSnapshotChunkRequest],
  applySnapshotChunk: [15, snapshot.applySnapshotChunkRequest],
  prepareProposal: [16, consensus.prepareProposalRequest],
  processProposal: [17, consensus.processProposalRequest],
  extendVote: [18, empty],
  verifyVoteExtension: [19, verifyVoteExtensionRequest],
  finalizeBlock: [20, consensus.finalizeBlockRequest],
} as const

const responses = {
  exception: [1, message<{ readonly error: string }>({ error: single(1, text) })],
  echo: [2, echo],
  flush: [3, empty],
  info: [4, query.infoResponse],
  initChain: [6, consensus.initChainResponse],
  query: [7, query.queryResponse],
  checkTx: [9, consensus.execTxResult as Message<CheckTxResponse>],
  commit: [12, consensus.commitResponse],
  listSnapshots: [13, snapshot.listSnapshotsResponse],
  offerSnapshot: [14, snapshot.offerSnapshotResponse],
  loadSnapshotChunk: [15, snapshot.loadSnapshotChunkResponse],
  applySnapshotChunk: [16, snapshot.applySnapshotChunkResponse],
  prepareProposal: [17, consensus.prepareProposalResponse],
  processProposal: [18, consensus.processProposalResponse],
  extendVote: [19, empty],
  verifyVoteExtension: [
    20,
    message<{ readonly status: 'accept' | 'reject' }>({
      status: single(1, oneName([null, 'accept', 'reject'], 'reject')),
    }),
  ],
  finalizeBlock: [21, consensus.finalizeBlockResponse],
} as const

/** A request: its `kind` and the message of that kind. */
export type Request = Choice<{ readonly [K in keyof typeof requests]: Of<(typeof requests)[K][1]> }>

/** An answer: of the request's `kind`, or `exception`. */
export type Response = Choice<{ readonly [K in keyof typeof responses]: Of<(typeof responses)[K][1]> }>

/** The table of requests. */
export const requestEnvelope = choice(requests) as unknown as Message<Request>

/** The table of answers. */
export const responseEnvelope = choice(responses) as unknown as Message<Response>

/** The field number of each kind of request: what the first byte of a frame tells before it is decoded. */
export const requestNumbers: Readonly<Record<Request['kind'], number>> = Object.fromEntries(
  Object.entries(requests).map(([kind, [number]]) => [kind, number]),
) as Record<Request['kind'], number>
