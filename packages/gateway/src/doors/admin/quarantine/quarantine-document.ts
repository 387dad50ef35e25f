/** A refused item as the console shows it: a row, and in full with its text, marks, findings and hints. */
import type { Bilingual, Finding } from '@meridian/standards'
import type { Delivery, QuarantineItem } from '@meridian/vault'
import type { ReceivedForm } from '../../../connect/received.ts'
import { readDeliveryText, type TextForm } from '../../../quarantine/delivery-text.ts'
import { type Mark, markPlace } from '../../../quarantine/mark-place.ts'
import type { CorridorNeed } from '../needs.ts'

/** A row of the list; no content is opened for it. */
export interface QuarantineRow {
  readonly id: string
  readonly state: QuarantineItem['state']
  readonly room: string
  readonly code: string
  readonly place: string | null
  readonly message: Bilingual
  readonly hint: Bilingual
  readonly source: string
  readonly form: string
  readonly controlId: string
  readonly position: unknown
  readonly attempts: number
  readonly mended: boolean
  readonly refusedTime: string
  readonly changedBy: string | null
}

/** The item in full. `text` is absent when it is too large to mend by hand. */
export interface QuarantineDocument extends QuarantineRow {
  readonly receivedTime?: string
  readonly size: number
  readonly headings?: readonly string[]
  readonly text?: string
  readonly textForm?: TextForm
  readonly marks: readonly Mark[]
  readonly findings: readonly (Finding & { readonly mark?: Mark })[]
}

/** What a browser can still edit without trouble. Bytes. */
export const mendLimitBytes = 512 * 1024

/** One row, with the catalogue's words. Pure. */
export function quarantineRow(item: QuarantineItem, explain: CorridorNeed['explain']): QuarantineRow {
  const { state, room, code, place, source, form, controlId, position, attempts } = item
  const { mended, refusedTime, changedBy } = item
  // A finding knows more than the catalogue: which element, which limits.
  const words = findingsOf(item).find((finding) => finding.code === code) ?? explain(code)
  return {
    id: item.deliveryId,
    ...{
      state,
      room,
      code,
      place,
      message: words.message,
      hint: words.hint,
      source,
      form,
      controlId,
      position,
      attempts,
    },
    ...{ mended, refusedTime, changedBy },
  }
}

/** The whole document. Pure. */
export function quarantineDocument(
  item: QuarantineItem,
  delivery: Delivery | undefined,
  explain: CorridorNeed['explain'],
): QuarantineDocument {
  const base = quarantineRow(item, explain)
  const findings = findingsOf(item)
  if (delivery === undefined) return { ...base, size: 0, marks: [], findings }
  const { bytes, receivedTime, context } = delivery
  const headings = headingsOf(context)
  const known = { receivedTime, size: bytes.length, ...(headings === undefined ? {} : { headings }) }
  if (bytes.length > mendLimitBytes) return { ...base, ...known, marks: [], findings }
  const { text, form: textForm } = readDeliveryText(bytes, context.encoding)
  const mark = (place: string | null | undefined, detail: unknown = {}) =>
    markPlace(text, item.form as ReceivedForm, { place: place ?? null, ...lineOf(detail) }, context)
  const marked = findings.map((finding) => {
    const at = mark(finding.path)
    return at === undefined ? finding : { ...finding, mark: at }
  })
  const main = mark(item.place, item.detail)
  const marks = [
    ...(main === undefined ? [] : [main]),
    ...marked.flatMap((f) => ('mark' in f && f.severity === 'error' ? [f.mark] : [])),
  ]
  return { ...base, ...known, text, textForm, marks: withoutRepeats(marks), findings: marked }
}

/** The headings of a CSV row's file, when its reader kept them. */
function headingsOf({ headings }: Readonly<Record<string, string>>): readonly string[] | undefined {
  return headings?.startsWith('[') ? (JSON.parse(headings) as string[]) : undefined
}

function findingsOf(item: QuarantineItem): Finding[] {
  return Array.isArray(item.findings) ? (item.findings as Finding[]) : []
}

function lineOf(detail: unknown): { line?: number; column?: number } {
  const { line, column } = (detail ?? {}) as { line?: unknown; column?: unknown }
  return {
    ...(typeof line === 'number' ? { line } : {}),
    ...(typeof column === 'number' ? { column } : {}),
  }
}

function withoutRepeats(marks: readonly Mark[]): Mark[] {
  const sorted = [...marks].sort((a, b) => a.from - b.from || b.to - a.to)
  return sorted.filter((m, i) => i === 0 || m.from >= (sorted[i - 1]?.to ?? 0))
}
