/** Opaque cursors: a place in an order that does not change, marked so that only our own are taken. */
import type { VaultContext } from './vault-context.ts'

const MARK_BYTES = 6

/** A cursor for the place `at` of the list named `list`. */
export function encodeCursor(vault: VaultContext, list: string, at: bigint): string {
  const place = Buffer.alloc(8)
  place.writeBigInt64BE(at)
  return Buffer.concat([place, markOf(vault, list, place)]).toString('base64url')
}

/** The place; undefined when the cursor is not one of this list. */
export function decodeCursor(vault: VaultContext, list: string, cursor: string): bigint | undefined {
  const bytes = Buffer.from(cursor, 'base64url')
  if (bytes.length !== 8 + MARK_BYTES) return undefined
  const place = bytes.subarray(0, 8)
  return markOf(vault, list, place).equals(bytes.subarray(8)) ? place.readBigInt64BE() : undefined
}

function markOf(vault: VaultContext, list: string, place: Uint8Array): Buffer {
  const digest = vault.keyring.keyedDigest('cursor', vault.organisationId, list, place)
  return Buffer.from(digest.subarray(0, MARK_BYTES))
}

/** Where a page starts: the default without a cursor, undefined for a foreign one. */
export function startOf(
  vault: VaultContext,
  list: string,
  request: { readonly cursor?: string; readonly start: bigint },
): bigint | undefined {
  return request.cursor === undefined ? request.start : decodeCursor(vault, list, request.cursor)
}
