/** Unambiguous bytes from several parts: each with its length before it, so that no two lists give the same bytes. */

/** Length-prefixed (32 bits, big-endian) concatenation; text as UTF-8, numbers as decimal text. */
export function framed(...parts: readonly (string | number | Uint8Array)[]): Uint8Array {
  const pieces: Uint8Array[] = []
  for (const part of parts) {
    const bytes = part instanceof Uint8Array ? part : Buffer.from(String(part), 'utf8')
    pieces.push(lengthOf(bytes.length), bytes)
  }
  return Buffer.concat(pieces)
}

/** A length as it stands before its part: 32 bits, big-endian. */
export function lengthOf(length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32BE(length)
  return bytes
}
