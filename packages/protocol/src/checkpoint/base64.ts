/** RFC 4648 §4 base64 with padding, as signed notes carry it. */
import { fromBase64url, toBase64url } from '../bytes.ts'

/** Prints bytes with padding. */
export function toBase64(bytes: Uint8Array): string {
  const text = toBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text + '='.repeat((4 - (text.length % 4)) % 4)
}

/** Reads base64; `undefined` for any text that {@link toBase64} would not print. */
export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = fromBase64url(text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'))
  return bytes !== undefined && toBase64(bytes) === text ? bytes : undefined
}
