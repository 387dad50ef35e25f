/** The blob port: sealed bytes too large for a row of the database, each under a name of ours. What is kept is ciphertext. */

/** How many bytes the name of a blob has. */
export const BLOB_NAME_BYTES = 16

/** A name: {@link BLOB_NAME_BYTES} random bytes in lower-case hex. Nothing about the content can be read from it. */
export type BlobName = string

/** One organisation's blobs. Names are never used twice, so nothing is ever overwritten. Throws `VaultFailure`. */
export interface BlobStore {
  /** On the disk when it resolves, whole or not at all. Done before the SQL transaction that names it commits. */
  put(name: BlobName, bytes: Uint8Array): Promise<void>
  /** Undefined when there is none. */
  get(name: BlobName): Promise<Uint8Array | undefined>
  /** Gone when it resolves; one that is not there is passed over. */
  remove(name: BlobName): Promise<void>
  /** Every name that is there, in no order. What a crash left half written is taken away on the way. */
  names(): AsyncIterable<BlobName>
}

/** True for a name that {@link BlobStore} takes. */
export function isBlobName(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text)
}
