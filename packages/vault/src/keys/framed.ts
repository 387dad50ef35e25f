/** Unambiguous bytes from several parts: each with its length before it, so that no two lists give the same bytes. */

/** Length-prefixed (32 bits, big-endian) concatenation; text as UTF-8, numbers as decimal text. */
export function framed(...parts: readonly (string | number | Uint8Array)[]): Uint8Array {
  const pieces: Uint8Array[] = []
  for (const part of parts) {
    const bytes = part instanceof Uint8Array ? part : Buffer.from(String(part), 'utf8')
    const length = Buffer.allocUnsafe(4)
    length.writeUInt32BE(bytes.length)
    pieces.push(length, bytes)
  }
  return Buffer.concat(pieces)
}
