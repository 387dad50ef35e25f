/** Finds in the text of a delivery the place that a refusal or finding names, so that the console can mark it. */
import type { ReceivedForm } from '../connect/received.ts'
import { findCsvColumn } from './find-csv-column.ts'
import { findHl7Field } from './find-hl7-field.ts'
import { findJsonPath } from './find-json-path.ts'
import { hl7FieldOf } from './hl7-field-of.ts'

/** Character offsets [from, to) in the text. */
export interface Mark {
  readonly from: number
  readonly to: number
}

/** What a refusal says about where: a place name, or line and column (from 1) when the form itself was wrong. */
export interface Whereabouts {
  readonly place?: string | null
  readonly line?: number
  readonly column?: number
}

/** The mark, or `undefined` when the text has no such place (a missing segment cannot be marked). */
export function markPlace(
  text: string,
  form: ReceivedForm,
  where: Whereabouts,
  context: Readonly<Record<string, string>> = {},
): Mark | undefined {
  if (where.line !== undefined) return markLine(text, where.line, where.column)
  const place = where.place
  if (place === undefined || place === null) return undefined
  const [, line, column] = /^line (\d+)(?:, column (\d+))?$/.exec(place) ?? []
  // The text of a row is the row alone, whatever its line in the file; a column of it is a cell.
  if (line !== undefined && form === 'csv-row')
    return column === undefined
      ? { from: 0, to: text.length }
      : findCsvColumn(text, `column ${column}`, context)
  if (line !== undefined)
    return markLine(text, Number(line), column === undefined ? undefined : Number(column))
  if (form === 'hl7v2') return findHl7Field(text, hl7FieldOf(place) ?? place)
  return form === 'fhir' ? findJsonPath(text, place) : findCsvColumn(text, place, context)
}

function markLine(text: string, line: number, column: number | undefined): Mark | undefined {
  let from = 0
  for (let n = 1; n < line; n++) {
    from = text.indexOf('\n', from) + 1
    if (from === 0) return undefined
  }
  const end = text.indexOf('\n', from)
  const to = end === -1 ? text.length : end
  if (column === undefined) return { from, to }
  const at = Math.min(from + column - 1, Math.max(from, to - 1))
  return { from: at, to: at + 1 }
}
