/** The request and answer of the mempool connection: CheckTx. */
import type { ExecTxResult } from './consensus.ts'

/** A transaction asks to enter the mempool (`new`), or is looked at again after a block (`recheck`). */
export interface CheckTxRequest {
  readonly tx: Uint8Array
  readonly kind: 'new' | 'recheck'
}

/** `code` 0 lets the transaction in. Give a `gasWanted` above 0 when the chain's `maxGas` bounds its blocks. */
export interface CheckTxResponse extends ExecTxResult {}
