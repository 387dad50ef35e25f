/** Cuts a stream of bytes into lines ended by CR, LF or CRLF, each with its end, in bounded memory: for HL7 v2 files. */

/** One line with its end. `number` starts at 1. When `length` is above the limit, `bytes` is empty. */
export interface SegmentLine {
  readonly number: number
  readonly bytes: Uint8Array
  readonly length: number
}

const carriageReturn = 0x0d
const lineFeed = 0x0a

/** The lines of `chunks`. Memory: one chunk and one line of at most `maxLineBytes`. */
export async function* segmentLines(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
): AsyncGenerator<SegmentLine> {
  const line = growingLine(maxLineBytes)
  // A CR at the end of a chunk may be the first half of a CRLF.
  let pendingReturn = false
  for await (const chunk of chunks) {
    let from = 0
    if (pendingReturn && chunk.length > 0) {
      if (chunk[0] === lineFeed) line.add(chunk.slice(0, ++from))
      pendingReturn = false
      yield line.take()
    }
    while (from < chunk.length) {
      const end = nextEnd(chunk, from)
      line.add(chunk.slice(from, end))
      from = end
      if (chunk[end - 1] === carriageReturn && end === chunk.length) pendingReturn = true
      else if (isEnd(chunk[end - 1])) yield line.take()
    }
  }
  if (line.length() > 0) yield line.take()
}

function isEnd(byte: number | undefined): boolean {
  return byte === carriageReturn || byte === lineFeed
}

// The index after the next line end, or after the last byte.
function nextEnd(chunk: Uint8Array, from: number): number {
  let end = from
  while (end < chunk.length && !isEnd(chunk[end])) end++
  if (end === chunk.length) return end
  return chunk[end] === carriageReturn && chunk[end + 1] === lineFeed ? end + 2 : end + 1
}

function growingLine(maxBytes: number) {
  let parts: Uint8Array[] = []
  let length = 0
  let number = 0
  return {
    length: () => length,
    add(part: Uint8Array) {
      length += part.length
      if (length > maxBytes) parts = []
      else parts.push(part)
    },
    take(): SegmentLine {
      const line = { number: ++number, bytes: length > maxBytes ? new Uint8Array() : joined(parts), length }
      parts = []
      length = 0
      return line
    },
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts)
}
