/**
 * Cuts the bytes of a CSV file into rows: quotes are honoured, CR, LF and CRLF end a row, memory is bounded by one row. It works on
 * bytes, so that a row can be kept exactly as it came; UTF-8 and GB18030 never use the bytes of quote, comma and line end otherwise.
 */

/** One row without its line end. `line` is the line it began on (1-based). `wrong` says why it is no row. */
export interface ByteRow {
  readonly line: number
  readonly bytes: Uint8Array
  readonly wrong?: 'too-long' | 'open-quote'
  /** The length in bytes, also when it was too long to keep. */
  readonly length: number
}

const lf = 0x0a
const cr = 0x0d
const quote = 0x22
// A quote opens a quoted cell only where a cell begins: after comma, semicolon, tab or bar, or at the row's start.
const beginsCell = new Set([0x2c, 0x3b, 0x09, 0x7c])

interface Scan {
  buffer: Uint8Array
  /** How far `buffer` has been looked at, and whether that is inside quotes. */
  at: number
  quoted: boolean
  line: number
  /** Bytes of a row that is too long, already let go; 0 when none. */
  dropped: number
  ended: boolean
}

/** The rows of `chunks`, empty lines left out. A quote that never closes costs its own line only: reading goes on at the next. */
export async function* byteRows(
  chunks: AsyncIterable<Uint8Array>,
  maxRowBytes: number,
): AsyncGenerator<ByteRow> {
  const scan: Scan = { buffer: new Uint8Array(), at: 0, quoted: false, line: 1, dropped: 0, ended: false }
  for await (const chunk of chunks) {
    scan.buffer = joined(scan.buffer, chunk)
    yield* rowsReady(scan, maxRowBytes)
  }
  scan.ended = true
  yield* rowsReady(scan, maxRowBytes)
}

function* rowsReady(scan: Scan, limit: number): Generator<ByteRow> {
  for (let row = nextRow(scan, limit); row !== undefined; row = nextRow(scan, limit)) {
    if (row.length > 0) yield row
  }
}

function nextRow(scan: Scan, limit: number): ByteRow | undefined {
  const { buffer } = scan
  let at = scan.at
  for (; at < buffer.length; at++) {
    const byte = buffer[at] as number
    if (byte === quote) {
      if (scan.quoted) scan.quoted = false
      else scan.quoted = opensQuote(buffer, at)
    } else if (!scan.quoted && (byte === lf || byte === cr)) {
      // A CR as the last byte may be half of a CRLF: wait for more.
      if (byte === cr && at + 1 === buffer.length && !scan.ended) break
      return take(scan, at, byte === cr && buffer[at + 1] === lf ? 2 : 1, limit)
    }
  }
  scan.at = at
  if (scan.quoted && (scan.ended || at > limit)) return takeOpenQuote(scan, limit)
  if (scan.ended) return at > 0 || scan.dropped > 0 ? take(scan, at, 0, limit) : undefined
  if (at > limit) letGo(scan, at)
  return undefined
}

// Inside quotes a doubled quote closes and opens again: its second half follows a quote directly.
function opensQuote(buffer: Uint8Array, at: number): boolean {
  if (at === 0) return true
  const before = buffer[at - 1] as number
  return beginsCell.has(before) || before === quote
}

function take(scan: Scan, end: number, lineEnd: number, limit: number): ByteRow {
  const length = scan.dropped + end
  const tooLong = length > limit
  const bytes = tooLong ? new Uint8Array() : scan.buffer.slice(0, end)
  const line = scan.line
  scan.line += countLines(scan.buffer.subarray(0, end)) + (lineEnd > 0 ? 1 : 0)
  restart(scan, end + lineEnd)
  return tooLong ? { line, bytes, length, wrong: 'too-long' } : { line, bytes, length }
}

function takeOpenQuote(scan: Scan, limit: number): ByteRow {
  const end = firstLineEnd(scan.buffer)
  const lineEnd =
    scan.buffer[end] === cr && scan.buffer[end + 1] === lf ? 2 : end < scan.buffer.length ? 1 : 0
  const row = take(scan, end, lineEnd, limit)
  return { ...row, wrong: 'open-quote' }
}

function letGo(scan: Scan, end: number): void {
  scan.dropped += end
  scan.buffer = scan.buffer.slice(end)
  scan.at = 0
}

function restart(scan: Scan, from: number): void {
  scan.buffer = scan.buffer.subarray(from)
  scan.at = 0
  scan.quoted = false
  scan.dropped = 0
}

function firstLineEnd(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === lf || bytes[at] === cr) return at
  return bytes.length
}

function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === lf || (bytes[at] === cr && bytes[at + 1] !== lf)) lines++
  }
  return lines
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right.slice()
  const all = new Uint8Array(left.length + right.length)
  all.set(left)
  all.set(right, left.length)
  return all
}
