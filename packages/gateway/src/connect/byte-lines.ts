/** Cuts a stream of bytes into lines with bounded memory: a line beyond the limit is counted and let go, never gathered. */

/** One line without its end (LF or CRLF). `number` starts at 1. When `length` is above the limit, `bytes` is empty. */
export interface ByteLine {
  readonly number: number
  readonly bytes: Uint8Array
  readonly length: number
}

const lf = 0x0a
const cr = 0x0d

/** The lines of `chunks`; the last one needs no line end. Memory: one chunk and one line of at most `maxLineBytes`. */
export async function* byteLines(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
): AsyncGenerator<ByteLine> {
  let parts: Uint8Array[] = []
  let length = 0
  let number = 0
  const keep = (part: Uint8Array) => {
    length += part.length
    if (length > maxLineBytes) parts = []
    else if (part.length > 0) parts.push(part)
  }
  const take = (): ByteLine => {
    const line = { number: ++number, ...finish(parts, length, maxLineBytes) }
    parts = []
    length = 0
    return line
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(lf); end !== -1; end = chunk.indexOf(lf, from)) {
      keep(chunk.subarray(from, end))
      from = end + 1
      yield take()
    }
    // Copied, because the stream may use its chunk again while we still wait for the end of the line.
    keep(chunk.slice(from))
  }
  if (length > 0) yield take()
}

function finish(parts: readonly Uint8Array[], length: number, limit: number): Omit<ByteLine, 'number'> {
  if (length > limit) return { bytes: new Uint8Array(), length }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes[length - 1] === cr ? { bytes: bytes.subarray(0, length - 1), length } : { bytes, length }
}
