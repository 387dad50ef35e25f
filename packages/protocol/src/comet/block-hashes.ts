/** The hashes of a header that are made from lists: transactions, results, consensus parameters, evidence. */
import { concatBytes } from '../bytes.ts'
import type { Suite } from '../suite.ts'
import { merkleRoot } from './merkle.ts'
import { bytesField, varintField } from './protobuf.ts'

/** CONSENSUS. `dataHash`: the leaves are the hashes of the transactions, hashed again as leaves. */
export function dataHash(suite: Suite, transactions: readonly Uint8Array[]): Uint8Array {
  return merkleRoot(
    suite,
    transactions.map((transaction) => suite.sha256(transaction)),
  )
}

/** The part of an ABCI `ExecTxResult` that is agreed on; log, info and events are not. */
export interface TransactionResult {
  readonly code: number
  readonly data: Uint8Array
  readonly gasWanted: bigint
  readonly gasUsed: bigint
}

/** CONSENSUS. `lastResultsHash` of the next header. */
export function resultsHash(suite: Suite, results: readonly TransactionResult[]): Uint8Array {
  return merkleRoot(
    suite,
    results.map((result) =>
      concatBytes(
        varintField(1, result.code),
        bytesField(2, result.data),
        varintField(5, result.gasWanted),
        varintField(6, result.gasUsed),
      ),
    ),
  )
}

/** CONSENSUS. `consensusHash`: of the block parameters only (CometBFT's `HashedParams`). -1 gas means no limit. */
export function consensusHash(suite: Suite, maxBytes: bigint, maxGas: bigint): Uint8Array {
  return suite.sha256(concatBytes(varintField(1, maxBytes), varintField(2, maxGas)))
}

/** `evidenceHash` of a block without evidence, and `lastCommitHash` of the first block. */
export function emptyListHash(suite: Suite): Uint8Array {
  return merkleRoot(suite, [])
}
