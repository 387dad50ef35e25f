/** Keyed digests over small rows, so that a value changed with SQL behind the vault's back is named by `vault verify`. */
import type { VaultContext } from './vault-context.ts'

/** What a column can hold; bytes are taken in hex. */
export type SealedColumn = string | number | bigint | boolean | Uint8Array | null

/** 16 bytes over the table's name and the columns in the order given. */
export function rowSeal(
  vault: Pick<VaultContext, 'keyring' | 'organisationId'>,
  table: string,
  ...columns: readonly SealedColumn[]
): Uint8Array {
  const text = JSON.stringify(columns.map(printed))
  return vault.keyring.keyedDigest(`row of ${table}`, vault.organisationId, text).subarray(0, 16)
}

/** True when the seal is that of the columns. */
export function isSealed(
  vault: Pick<VaultContext, 'keyring' | 'organisationId'>,
  table: string,
  row: { readonly seal: Uint8Array; readonly columns: readonly SealedColumn[] },
): boolean {
  return Buffer.compare(rowSeal(vault, table, ...row.columns), row.seal) === 0
}

function printed(column: SealedColumn): string | null {
  if (column === null) return null
  if (column instanceof Uint8Array) return Buffer.from(column).toString('hex')
  return String(column)
}
