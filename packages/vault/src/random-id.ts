/** Ids of our own making: UUID version 7 (RFC 9562 §5.7), so that rows that arrive together lie together. */
import { randomBytes } from 'node:crypto'

/** A new UUIDv7 in its usual text form, for the instant `now`. */
export function orderedId(now: Date): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now.getTime(), 0, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for the text form {@link orderedId} prints; asked before an id from outside reaches a `uuid` column. */
export function isId(text: string): boolean {
  return UUID.test(text)
}
