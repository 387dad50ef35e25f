/** A row of a snapshot with its sealed bytes, which may lie in the blob store, where there are no snapshots. */
import { isNamed, type RowWithBlob, withBlob } from '../blobs/blob-rows.ts'
import type { VaultContext } from '../vault-context.ts'

/** Undefined when the row was erased since it was read, and its blob with it: there is nothing to check any more. */
export async function wholeRow<Row extends RowWithBlob>(
  vault: VaultContext,
  row: Row,
): Promise<Row | undefined> {
  const whole = await withBlob(vault, row)
  const isGone = row.blob !== null && whole.sealed === null && !(await isNamed(vault, row.blob))
  return isGone ? undefined : whole
}
