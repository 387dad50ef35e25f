/** Both receipts of an anchored record, from what the ledger answered and where the commitment stands in its batch. */
import {
  type BatchPlace,
  leafHash,
  type Receipt,
  rootFromInclusionPath,
  type Signer,
  type Suite,
  signCoseReceipt,
  timeSeconds,
} from '@meridian/protocol'

/** The Meridian receipt of a record: the statement's receipt with the record's place in the batch. */
export function recordReceipt(receipt: Receipt, place: BatchPlace): Receipt {
  return { ...receipt, record: place }
}

/** Who signs COSE receipts, and for which chain. */
export interface ReceiptIdentity {
  readonly suite: Suite
  /** A receipt key that is registered on the ledger. */
  readonly signer: Signer
  readonly organisation: string
}

/**
 * The COSE Receipt (RFC 9942) of the statement in `receipt`: inclusion under the log root, signed by the organisation's
 * receipt key; `iat` is the time of the block that carries the root. Throws when the path leads to no root.
 */
export function coseReceipt(identity: ReceiptIdentity, receipt: Receipt): Uint8Array {
  const { suite, signer, organisation } = identity
  const { log, statement, block } = receipt
  const root = rootFromInclusionPath(suite, leafHash(suite, statement.bytes), log, log.path)
  if (root === undefined) throw new RangeError('the inclusion path does not fit its place')
  const claims = {
    issuer: organisation,
    chainId: block.header.chainId,
    timeSeconds: Number(timeSeconds(block.header.time)),
  }
  return signCoseReceipt(claims, log, root, signer)
}
