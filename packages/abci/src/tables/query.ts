/** Tables of the messages in `../messages/query.ts` and `../messages/mempool.ts`. */
import { many, maybe, single } from '../codec/field.ts'
import { bool, bytes, int64, oneName, text, uint32, uint64 } from '../codec/kinds.ts'
import { message } from '../codec/message.ts'
import type { CheckTxRequest } from '../messages/mempool.ts'
import type * as query from '../messages/query.ts'

/** `RequestInfo` */
export const infoRequest = message<query.InfoRequest>({
  version: single(1, text),
  blockVersion: single(2, uint64),
  p2pVersion: single(3, uint64),
  abciVersion: single(4, text),
})

/** `ResponseInfo` */
export const infoResponse = message<query.InfoResponse>({
  data: single(1, text),
  version: single(2, text),
  appVersion: single(3, uint64),
  lastBlockHeight: single(4, int64),
  lastBlockAppHash: single(5, bytes),
})

/** `RequestQuery` */
export const queryRequest = message<query.QueryRequest>({
  data: single(1, bytes),
  path: single(2, text),
  height: single(3, int64),
  prove: single(4, bool),
})

const proofOp = message<query.ProofOp>({
  kind: single(1, text),
  key: single(2, bytes),
  data: single(3, bytes),
})

/** `ResponseQuery` */
export const queryResponse = message<query.QueryResponse>({
  code: single(1, uint32),
  log: single(3, text),
  info: single(4, text),
  index: single(5, int64),
  key: single(6, bytes),
  value: single(7, bytes),
  proofOps: maybe(8, message<query.ProofOps>({ ops: many(1, proofOp) })),
  height: single(9, int64),
  codespace: single(10, text),
})

/** `RequestCheckTx` */
export const checkTxRequest = message<CheckTxRequest>({
  tx: single(1, bytes),
  kind: single(2, oneName(['new', 'recheck'], 'new')),
})
