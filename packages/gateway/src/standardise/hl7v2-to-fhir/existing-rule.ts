/**
 * What a record of a message means for the one we may already have. A field that is absent from an HL7 v2 message says *no
 * change*, not *no value* (v2.8 §2.5.3, §2.10.4), so the record of an update is not the whole truth about its subject.
 */
import type { StandardRecord } from '../standardised.ts'

/**
 * `keep`: the message only mentions the thing (the patient of a laboratory result); it is made when unknown and otherwise left
 * as the registering system has it. `overlay`: members the message does not speak of stay; lists are replaced. `unite`: the
 * same, and lists keep what they had (a merge adds a link and a number, and takes nothing away). `unlink`: what is held stays but
 * for the merge with the patient `from`; a patient who is not merged with it refuses the message.
 */
export interface ExistingRule {
  readonly rule: 'keep' | 'overlay' | 'unite' | 'unlink'
  /** The other patient, as `Patient/id`; only with `unlink`. */
  readonly from?: string
  /** Members that the sender says are empty (`""`), or that the event takes back (`period.end` of an A13): they go. */
  readonly cleared?: readonly string[]
  /** Members that only count when the record is new: the sender does not know them (the status of a visit in an A08). */
  readonly defaults?: readonly string[]
}

/** A record of a message. Without a rule it replaces what was there. */
export interface MessageRecord extends StandardRecord {
  readonly existing?: ExistingRule
}

/** Reads the rule of a record; records of other formats have none. */
export function existingRuleOf(record: StandardRecord): ExistingRule | undefined {
  return (record as MessageRecord).existing
}
