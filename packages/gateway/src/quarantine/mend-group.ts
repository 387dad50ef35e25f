/** Mends every item of a group by one mapping or one unit, keeps the originals, and sends all of them through the corridor again. */
import type { Delivery, Quarantine } from '@meridian/vault'
import { writeDeliveryText } from './delivery-text.ts'
import { type LikeErrors, type MarkedText, markedText } from './like-errors.ts'

/** What is to stand in place of what: `{"男": "1"}`, `{"": "Cel"}`; and a unit for values that came without. */
export interface GroupMend {
  readonly map?: Readonly<Record<string, string>>
  readonly unit?: string
}

/** How many items were mended and taken, and how many the mapping does not speak of. */
export interface MendedGroup {
  readonly mended: number
  readonly left: number
}

/** What mending asks of the vault. */
export interface MendNeeds {
  readonly quarantine: Pick<Quarantine, 'replaceBytes' | 'retry'>
  readonly inbox: { get(id: string): Promise<Delivery | undefined> }
}

/** Effects: vault (mended bytes, items taken for another try). The caller lets the corridor resume. */
export async function mendGroup(
  group: LikeErrors,
  mend: GroupMend,
  by: string,
  { quarantine, inbox }: MendNeeds,
): Promise<MendedGroup> {
  let mended = 0
  for (const item of group.items) {
    const delivery = await inbox.get(item.deliveryId)
    const bytes =
      delivery === undefined ? undefined : mendedBytes(item.form, markedText(item, delivery), mend)
    if (bytes === undefined) continue
    if (!(await quarantine.replaceBytes(item.deliveryId, bytes, by))) continue
    if (await quarantine.retry(item.deliveryId, by)) mended += 1
  }
  return { mended, left: group.items.length - mended }
}

/** The bytes with the value replaced; undefined where the mend does not speak of what stands there or would break the form. */
export function mendedBytes(
  form: string,
  marked: MarkedText | undefined,
  mend: GroupMend,
): Uint8Array | undefined {
  if (marked === undefined) return undefined
  const { text, mark } = marked
  const found = text.slice(mark.from, mark.to)
  const value = instead(form, found, mend)
  if (value === undefined) return undefined
  const whole = text.slice(0, mark.from) + value + text.slice(mark.to)
  if (form === 'fhir' && !isJson(whole)) return undefined
  return writeDeliveryText(whole, marked.form)
}

/** Signs that would part a cell or a field in two. */
const parting: Readonly<Record<string, RegExp>> = { 'csv-row': /[,;"\t\r\n]/, hl7v2: /[|^~&\\\r\n]/ }

function instead(form: string, found: string, { map = {}, unit }: GroupMend): string | undefined {
  const known = Object.hasOwn(map, found) ? map[found] : undefined
  if (known !== undefined) {
    if (form === 'fhir') return JSON.stringify(known).slice(1, -1)
    return parting[form]?.test(known) === true ? undefined : known
  }
  if (unit === undefined || parting[form]?.test(unit) === true) return undefined
  return form === 'fhir' ? quantityWith(found, unit) : `${found}${unit}`
}

/** A FHIR Quantity with the unit it lacked. */
function quantityWith(found: string, unit: string): string | undefined {
  if (!isJson(found)) return undefined
  const quantity: unknown = JSON.parse(found)
  if (typeof quantity !== 'object' || quantity === null || !('value' in quantity)) return undefined
  const end = found.lastIndexOf('}')
  const written = JSON.stringify(unit)
  const members = `"unit":${written},"code":${written},"system":"http://unitsofmeasure.org"`
  return 'unit' in quantity || 'code' in quantity ? undefined : `${found.slice(0, end)},${members}}`
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
