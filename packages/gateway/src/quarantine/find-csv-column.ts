/** Finds a cell of a CSV row in its text by a place such as `column "体温"` or `column 3`. */
import type { Mark } from './mark-place.ts'

/** The span of the cell. `context` carries the headings (a JSON array or one line) and the delimiter. */
export function findCsvColumn(
  text: string,
  place: string,
  context: Readonly<Record<string, string>>,
): Mark | undefined {
  const delimiter = context.delimiter ?? ','
  const index = columnIndex(place, context, delimiter)
  return index === undefined ? undefined : cells(text, delimiter)[index]
}

function columnIndex(
  place: string,
  context: Readonly<Record<string, string>>,
  delimiter: string,
): number | undefined {
  const numbered = /(?:column|列)\s*(\d+)/.exec(place)?.[1]
  if (numbered !== undefined) return Number(numbered) - 1
  const name = /"([^"]+)"/.exec(place)?.[1] ?? place
  const index = headingsOf(context, delimiter).indexOf(name)
  return index === -1 ? undefined : index
}

function headingsOf(context: Readonly<Record<string, string>>, delimiter: string): readonly string[] {
  const headings = context.headings ?? context.header ?? ''
  if (headings.startsWith('[')) return JSON.parse(headings) as string[]
  return cells(headings, delimiter).map(({ from, to }) => headings.slice(from, to).replace(/^"|"$/g, ''))
}

/** Every cell of the first row; quotes are part of the span (RFC 4180). */
function cells(text: string, delimiter: string): Mark[] {
  const found: Mark[] = []
  let from = 0
  let quoted = false
  for (let at = 0; at <= text.length; at++) {
    const c = text[at]
    if (c === '"') quoted = !quoted
    const atEnd = c === undefined || (!quoted && (c === '\n' || c === '\r'))
    if (atEnd || (!quoted && c === delimiter)) {
      found.push({ from, to: at })
      from = at + 1
    }
    if (atEnd) break
  }
  return found
}
