/** Leaf 0 of a commitment: who made it, of which record version, under which standards (spec 4 §3). CONSENSUS of receipts. */
import { type CborValue, encodeCbor } from './cbor.ts'

/** What a commitment says of itself in the open. Nothing here is about a person: `handle` is 16 random bytes. */
export interface CommitmentHeader {
  readonly suite: 'ed25519-sha256'
  /** 32 bytes. */
  readonly genesisHash: Uint8Array
  readonly organisation: string
  /** 16 random bytes, the same for all versions of a record. */
  readonly handle: Uint8Array
  /** From 1. */
  readonly version: number
  /** Commitment of the version before, 32 bytes; `null` for version 1. */
  readonly previous: Uint8Array | null
  /** Resource type. */
  readonly kind: string
  /** 32 bytes. */
  readonly standardsSetHash: Uint8Array
}

/** First item of leaf 0: format and its version. */
const HEADER_TAG = 'meridian/record/v1'

/** The entry of leaf 0 (spec 4 §3), hashed as every leaf. Throws a `RangeError` for a field of a wrong size. */
export function encodeCommitmentHeader(header: CommitmentHeader): Uint8Array {
  checkSizes(header)
  const array: CborValue[] = [
    HEADER_TAG,
    header.suite,
    header.genesisHash,
    header.organisation,
    header.handle,
    header.version,
    header.previous,
    header.kind,
    header.standardsSetHash,
  ]
  return encodeCbor(array)
}

function checkSizes(header: CommitmentHeader): void {
  const { genesisHash, handle, previous, standardsSetHash, version } = header
  const fits =
    genesisHash.length === 32 &&
    handle.length === 16 &&
    standardsSetHash.length === 32 &&
    Number.isSafeInteger(version) &&
    (version === 1 ? previous === null : version > 1 && previous?.length === 32)
  if (!fits) throw new RangeError('commitment header field of a wrong size')
}
