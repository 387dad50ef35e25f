/**
 * Between `standardise` and `validate`: completes the records of a message by what the store already holds, by their rule. Pure;
 * whoever calls it reads the heads first, for all items of a group at once.
 */
import type { CanonicalText } from '@meridian/protocol'
import { type RoomRefusal, refuseIn } from '../../room-refusal.ts'
import type { Standardised, StandardRecord } from '../standardised.ts'
import { standardisedOf } from '../standardised.ts'
import { existingRuleOf } from './existing-rule.ts'
import { overlayText } from './overlay.ts'
import { undoMerge } from './undo-merge.ts'

/** The head of a record as the store has it: its resource, and when its source said so. Deleted records are not heads. */
export interface ExistingRecord {
  readonly text: CanonicalText
  readonly messageTime?: string
}

/** `Type/id`. */
export type RecordName = `${string}/${string}`

/**
 * The records of a group whose content must be known before {@link createJoiner}. Of one that is only kept it is enough to know
 * that it is there.
 */
export function recordsToOpen(items: readonly Standardised[]): RecordName[] {
  const wanted = items.flatMap((item) =>
    item.records.filter((record) => (existingRuleOf(record)?.rule ?? 'keep') !== 'keep'),
  )
  return [...new Set(wanted.map(nameOf))]
}

/** Joins the items of one group in order: what an earlier item will store counts for a later one. */
export interface Joiner {
  /**
   * The item with its records completed; those that only mention what we already know are left out. Refusal:
   * `hl7v2.not-merged`, when an unlink finds no merge of the two.
   */
  join(item: Standardised): Standardised | RoomRefusal
  /** Tells that the item was validated and will be stored. */
  accept(item: Pick<Standardised, 'records'>): void
  /** What was accepted, by name: a later group that read the store before this one was in it goes by that. */
  readonly accepted: ReadonlyMap<string, ExistingRecord>
}

/**
 * A joiner for one group, from the contents of {@link recordsToOpen}; unknown records are simply absent. `isThere` tells of those
 * that were not opened.
 */
export function createJoiner(
  opened: ReadonlyMap<string, ExistingRecord>,
  isThere: (record: StandardRecord) => boolean = () => false,
): Joiner {
  const known = new Map(opened)
  const accepted = new Map<string, ExistingRecord>()
  const isKept = (record: StandardRecord) =>
    existingRuleOf(record)?.rule === 'keep' && (known.has(nameOf(record)) || isThere(record))
  return {
    accepted,
    join(item) {
      const heads = (record: StandardRecord) => known.get(nameOf(record))
      if (item.records.some((record) => isNotMerged(record, heads(record))))
        return refuseIn('standardise', 'hl7v2.not-merged', { place: 'PID-3' })
      const records = item.records
        .filter((record) => !isKept(record))
        .map((record) => joinedRecord(record, heads(record)))
      return standardisedOf(item.received, records, item.findings)
    },
    accept({ records }) {
      for (const record of records) {
        if (isOlder(record, known.get(nameOf(record)))) continue
        const { message } = record.times
        const existing = {
          text: record.text,
          ...(message === undefined ? {} : { messageTime: message }),
        }
        known.set(nameOf(record), existing)
        accepted.set(nameOf(record), existing)
      }
    },
  }
}

function joinedRecord(record: StandardRecord, existing: ExistingRecord | undefined): StandardRecord {
  const rule = existingRuleOf(record)
  if (rule === undefined || existing === undefined) return record
  // What is older than the head is left for the store to say so: it must not gather newer content on its way.
  if (isOlder(record, existing)) return record
  if (rule.rule === 'unlink')
    return { ...record, text: undoMerge(existing.text, rule.from ?? '') ?? existing.text }
  return { ...record, text: overlayText(existing.text, record.text, rule) }
}

// An unlink that is older than what is held is left for the store to say so, like every older message.
function isNotMerged(record: StandardRecord, existing: ExistingRecord | undefined): boolean {
  const rule = existingRuleOf(record)
  if (rule?.rule !== 'unlink' || isOlder(record, existing)) return false
  return existing === undefined || undoMerge(existing.text, rule.from ?? '') === undefined
}

function isOlder(record: StandardRecord, existing: ExistingRecord | undefined): boolean {
  const { message } = record.times
  if (message === undefined || existing?.messageTime === undefined) return false
  return Date.parse(message) < Date.parse(existing.messageTime)
}

function nameOf(record: StandardRecord): RecordName {
  return `${record.type}/${record.id}`
}
