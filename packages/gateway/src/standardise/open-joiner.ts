/** Looks up, for all items of a group at once, what is held of their records, and opens those that updates complete. */
import { accessAll, type LookedUp, type Records } from '@meridian/vault'
import {
  createJoiner,
  type ExistingRecord,
  type Joiner,
  recordsToOpen,
} from './hl7v2-to-fhir/join-existing.ts'
import type { Standardised, StandardRecord } from './standardised.ts'

/** What was held at one moment. */
export interface Held {
  readonly heads: LookedUp
  readonly opened: ReadonlyMap<string, ExistingRecord>
}

/** Reads it. The corridor is the institution itself, so it reads what it must whoever may see it. */
export async function readHeld(
  items: readonly Standardised[],
  records: Pick<Records, 'readMany' | 'ahead'>,
): Promise<Held> {
  const [heads, versions] = await Promise.all([
    records.ahead.look(namesOf(items.flatMap((item) => item.records))),
    records.readMany(recordsToOpen(items).map(nameOf), accessAll),
  ])
  const opened = new Map<string, ExistingRecord>()
  for (const { type, id, opened: content, operation, times } of versions) {
    if (content === null || operation === 'delete') continue
    const messageTime = times.message === undefined ? {} : { messageTime: times.message }
    opened.set(`${type}/${id}`, { text: content.resource, ...messageTime })
  }
  return { heads, opened }
}

/** The joiner of a group, from what was held and what the joiners of groups `before` it accepted since, oldest first. */
export function openJoiner({ heads, opened }: Held, before: readonly Joiner[] = []): Joiner {
  const known = new Map(opened)
  for (const { accepted } of before) for (const [name, record] of accepted) known.set(name, record)
  return createJoiner(known, (record) => heads.has(record))
}

function namesOf(records: readonly StandardRecord[]) {
  const names = new Map(records.map(({ type, id }) => [`${type}/${id}`, { type, id }]))
  return [...names.values()]
}

function nameOf(name: string) {
  const [type = '', id = ''] = name.split('/')
  return { type, id }
}
