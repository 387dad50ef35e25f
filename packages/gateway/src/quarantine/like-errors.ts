/** Groups open items whose error is the same: the code, the element it is about, and the source; and what could mend all of them. */
import type { Bilingual, Finding } from '@meridian/standards'
import type { Delivery, Quarantine, QuarantineItem } from '@meridian/vault'
import type { ReceivedForm } from '../connect/received.ts'
import { type DeliveryText, readDeliveryText } from './delivery-text.ts'
import { type Mark, markPlace } from './mark-place.ts'
import { proposeValue } from './propose-value.ts'

/** Items with one error. `id` is made from the rest, so it is the same at every look. */
export interface LikeErrors {
  readonly id: string
  readonly room: string
  readonly code: string
  readonly source: string
  /** The place without its indexes and lines: `PID-8`, `Observation.valueQuantity`. */
  readonly element: string
  readonly count: number
  readonly newestTime: string
  readonly words: Finding | undefined
  readonly items: readonly QuarantineItem[]
}

/** What stands at the place, how often, and what could stand there instead. */
export interface FoundValue {
  readonly value: string
  readonly count: number
  readonly proposal?: string
}

/** Beyond this many open items the rest waits for the next look. */
export const groupedItems = 2000

/** The groups, most first. */
export async function groupLikeErrors(quarantine: Pick<Quarantine, 'list'>): Promise<readonly LikeErrors[]> {
  const groups = new Map<string, { item: QuarantineItem; items: QuarantineItem[] }>()
  for (const item of await openItems(quarantine)) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { item, items: [item] })
    else group.items.push(item)
  }
  return [...groups]
    .map(([id, { item, items }]) => likeErrors(id, item, items))
    .sort((a, b) => b.count - a.count)
}

/** The group of that id; undefined when nothing of it waits any more. */
export async function likeErrorsOf(
  quarantine: Pick<Quarantine, 'list'>,
  id: string,
): Promise<LikeErrors | undefined> {
  return (await groupLikeErrors(quarantine)).find((group) => group.id === id)
}

async function openItems(quarantine: Pick<Quarantine, 'list'>): Promise<readonly QuarantineItem[]> {
  const items: QuarantineItem[] = []
  let cursor: string | undefined
  do {
    const page = await quarantine.list({ count: 200, ...(cursor === undefined ? {} : { cursor }) })
    items.push(...(page?.items ?? []))
    cursor = page?.next
  } while (cursor !== undefined && items.length < groupedItems)
  return items
}

function likeErrors(id: string, item: QuarantineItem, items: readonly QuarantineItem[]): LikeErrors {
  const { room, code, source, refusedTime } = item
  const words = findingsOf(item).find((finding) => finding.code === code)
  const place = { room, code, source, element: elementOf(item) }
  return { id, ...place, count: items.length, newestTime: refusedTime, words, items }
}

const findingsOf = ({ findings }: QuarantineItem): Finding[] =>
  Array.isArray(findings) ? (findings as Finding[]) : []

const keyOf = (item: QuarantineItem): string =>
  [item.source, item.room, item.code, elementOf(item)]
    .map((part) => part.replace(/[^\p{L}\p{N}.-]+/gu, '_'))
    .join('~')

/** Without indexes, lines and what follows in brackets, so that the third item's field is the same field as the first's. */
function elementOf({ place }: QuarantineItem): string {
  return (place ?? '')
    .replace(/ \(.*\)$/, '')
    .replace(/\[\d+\]/g, '')
    .replace(/\bline \d+(?:, )?/, '')
}

/** An item's text, and where in it the error stands. */
export interface MarkedText {
  readonly text: string
  readonly form: DeliveryText['form']
  readonly mark: Mark
}

/** Where the error stands in what was sent; undefined where that cannot be said. */
export function markedText(item: QuarantineItem, delivery: Delivery): MarkedText | undefined {
  const { text, form } = readDeliveryText(delivery.bytes, delivery.context.encoding)
  const mark = markPlace(text, item.form as ReceivedForm, { place: item.place }, delivery.context)
  if (mark === undefined || mark.to - mark.from > longestValue) return undefined
  return { text, form, mark: isString(text, mark) ? { from: mark.from + 1, to: mark.to - 1 } : mark }
}

/** Longer than this is no value that a mapping could replace. */
const longestValue = 200

/** A JSON string is marked with its quotes, which stay. */
const isString = (text: string, { from, to }: Mark): boolean =>
  to - from >= 2 && text[from] === '"' && text[to - 1] === '"'

/** The values that stand at the place in the items' own bytes, most first, each with a proposal where there is one. */
export function valuesFound(texts: readonly MarkedText[], code: string): readonly FoundValue[] {
  const counts = new Map<string, number>()
  for (const { text, mark } of texts) {
    const value = text.slice(mark.from, mark.to)
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 50)
    .map(([value, count]) => {
      const proposal = proposeValue(code, value)
      return proposal === undefined ? { value, count } : { value, count, proposal }
    })
}

/** The words of a group: those of a finding, which name the element, or the catalogue's. */
export function wordsOf(
  { words, code }: LikeErrors,
  explain: (code: string) => { readonly message: Bilingual; readonly hint: Bilingual },
): { readonly message: Bilingual; readonly hint: Bilingual } {
  const { message, hint } = words ?? explain(code)
  return { message, hint }
}
