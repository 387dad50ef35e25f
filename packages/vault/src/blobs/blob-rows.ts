/** Which sealed bytes go into the blob store, and how rows that name one are read. */
import { randomBytes } from 'node:crypto'
import type { VaultContext } from '../vault-context.ts'
import { BLOB_NAME_BYTES, type BlobStore } from './blob-store.ts'

/** Where large sealed bytes go: those of `fromBytes` and more, so that the database stays quick. */
export interface BlobSettings {
  readonly store: BlobStore
  /** 256 KiB unless told otherwise. */
  readonly fromBytes?: number
}

const FROM_BYTES = 256 * 1024

/** What becomes of a sealed box: `box` stays in the row, or is empty and `blob` names it. */
export interface KeptBox {
  readonly box: Uint8Array
  readonly blob: Uint8Array | null
}

const NOTHING = new Uint8Array(0)

/**
 * Moves large boxes into the blob store, durably, and runs `name`, the statements of a transaction that write them into rows;
 * when it throws, the transaction is rolled back, so the blobs go again. What a failed commit leaves is swept at the next start.
 * A box is sealed under the data key of its own version or delivery, with its place as additional data, so a blob opens nowhere
 * else. Effects: blobs.
 */
export async function namingBoxes<T>(
  vault: VaultContext,
  boxes: readonly Uint8Array[],
  name: (kept: readonly KeptBox[]) => Promise<T>,
): Promise<T> {
  const kept = await keepBoxes(vault, boxes)
  try {
    return await name(kept)
  } catch (thrown) {
    await removeBlobs(
      vault,
      kept.map((one) => one.blob),
    )
    throw thrown
  }
}

async function keepBoxes(vault: VaultContext, boxes: readonly Uint8Array[]): Promise<KeptBox[]> {
  const { blobs } = vault
  const fromBytes = blobs?.fromBytes ?? FROM_BYTES
  const kept: KeptBox[] = []
  for (const box of boxes) {
    if (blobs === undefined || box.length < fromBytes) kept.push({ box, blob: null })
    else {
      const blob = randomBytes(BLOB_NAME_BYTES)
      await blobs.store.put(blob.toString('hex'), box)
      kept.push({ box: NOTHING, blob })
    }
  }
  return kept
}

/** A row that may name a blob. */
export interface RowWithBlob {
  readonly sealed: Uint8Array | null
  readonly blob: Uint8Array | null
}

/** The row with its sealed bytes, from wherever they lie; `sealed` is null when the blob is gone. */
export async function withBlob<Row extends RowWithBlob>(vault: VaultContext, row: Row): Promise<Row> {
  if (row.blob === null) return row
  return { ...row, sealed: (await vault.blobs?.store.get(blobName(row.blob))) ?? null }
}

/** True while a row names the blob: tells one that is missing from one that an erasure took since the row was read. */
export async function isNamed(vault: VaultContext, blob: Uint8Array): Promise<boolean> {
  const rows = await vault.driver.query(
    `SELECT 1 FROM deliveries WHERE organisation_id = $1 AND blob = $2
     UNION ALL SELECT 1 FROM record_versions WHERE organisation_id = $1 AND blob = $2`,
    [vault.organisationId, blob],
  )
  return rows.length > 0
}

/** Takes blobs away that no row names any more; after the transaction, since a file does not come back. Effects: blobs. */
export async function removeBlobs(vault: VaultContext, blobs: readonly (Uint8Array | null)[]): Promise<void> {
  for (const blob of blobs) if (blob !== null) await vault.blobs?.store.remove(blobName(blob))
}

/** The name of the file for what a row holds. */
export function blobName(blob: Uint8Array): string {
  return Buffer.from(blob).toString('hex')
}
