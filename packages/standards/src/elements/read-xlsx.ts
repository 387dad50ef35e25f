/** The first sheet of an XLSX workbook as rows of text: ZIP (stored and deflated) and the few XML elements that hold cells. */
import { inflateRawSync } from 'node:zlib'

interface Limits {
  readonly rows: number
  readonly columns: number
}

/** What one part may unfold to. */
const partBytes = 128 * 1024 * 1024
const mostParts = 4096

/** The rows, or undefined when the bytes are no workbook or beyond the limits. */
export function readXlsx(bytes: Uint8Array, limits: Limits): string[][] | undefined {
  try {
    const parts = partsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    const names = [...parts.keys()].filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).sort()
    const sheet = parts.get(names[0] ?? '')?.()
    if (sheet === undefined) return undefined
    return rowsOf(sheet, sharedStrings(parts.get('xl/sharedStrings.xml')?.() ?? ''), limits)
  } catch {
    // A part that does not unfold, or a directory that leads outside the file.
    return undefined
  }
}

type Parts = ReadonlyMap<string, () => string>

/** The parts of the archive by name (APPNOTE 4.3.12, the central directory), unfolded when asked for. */
function partsOf(zip: Buffer): Parts {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  if (end < 0) throw new Error('no central directory')
  const count = Math.min(zip.readUInt16LE(end + 10), mostParts)
  const parts = new Map<string, () => string>()
  let at = zip.readUInt32LE(end + 16)
  for (let i = 0; i < count; i += 1) {
    if (zip.readUInt32LE(at) !== 0x02014b50) throw new Error('no entry')
    const method = zip.readUInt16LE(at + 10)
    const size = zip.readUInt32LE(at + 20)
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const local = zip.readUInt32LE(at + 42)
    parts.set(zip.toString('utf8', at + 46, at + 46 + name), () => unfold(zip, { local, size, method }))
    at += 46 + name + extra + comment
  }
  return parts
}

function unfold(
  zip: Buffer,
  { local, size, method }: { local: number; size: number; method: number },
): string {
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const packed = zip.subarray(from, from + size)
  if (method === 0) return packed.toString('utf8')
  if (method !== 8) throw new Error('an unknown compression')
  return inflateRawSync(packed, { maxOutputLength: partBytes }).toString('utf8')
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function plain(xml: string): string {
  return xml.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    if (name !== undefined) return entities[name] ?? all
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}

/** The texts of `<t>` in a piece, phonetic hints left out. */
function textsIn(xml: string): string {
  const spoken = xml.replace(/<rPh[\s>][\s\S]*?<\/rPh>/g, '')
  return [...spoken.matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/g)].map(([, text = '']) => plain(text)).join('')
}

function sharedStrings(xml: string): string[] {
  return [...pieces(xml, 'si')].map(({ inside }) => textsIn(inside))
}

/** Each `<name …>inside</name>`, found by searching for text, so that broken XML costs no more than its length. */
function* pieces(xml: string, name: string): Generator<{ readonly head: string; readonly inside: string }> {
  const open = new RegExp(`<${name}(?=[\\s>/])`, 'g')
  for (let found = open.exec(xml); found !== null; found = open.exec(xml)) {
    const headEnd = xml.indexOf('>', found.index)
    if (headEnd < 0) return
    const head = xml.slice(found.index, headEnd)
    if (head.endsWith('/')) continue
    const close = xml.indexOf(`</${name}>`, headEnd)
    if (close < 0) return
    yield { head, inside: xml.slice(headEnd + 1, close) }
    open.lastIndex = close
  }
}

function rowsOf(sheet: string, shared: readonly string[], limits: Limits): string[][] | undefined {
  const rows: string[][] = []
  for (const row of pieces(sheet, 'row')) {
    if (rows.length > limits.rows) return undefined
    const cells: string[] = []
    for (const { head, inside } of pieces(row.inside, 'c')) {
      const column = columnOf(/\br="([A-Z]{1,3})\d+"/.exec(head)?.[1]) ?? cells.length
      if (column >= limits.columns) return undefined
      while (cells.length < column) cells.push('')
      cells[column] = cellText(/\bt="(\w+)"/.exec(head)?.[1], inside, shared)
    }
    if (cells.some((cell) => cell !== '')) rows.push(cells)
  }
  return rows
}

function cellText(type: string | undefined, inside: string, shared: readonly string[]): string {
  if (type === 'inlineStr') return textsIn(inside)
  const value = plain(/<v>([^<]*)<\/v>/.exec(inside)?.[1] ?? '')
  return type === 's' ? (shared[Number(value)] ?? '') : value
}

function columnOf(letters: string | undefined): number | undefined {
  if (letters === undefined) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
