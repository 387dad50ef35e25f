/** Several results of one holder as drafts: their ids come from the holder's key, code, sub-id and how often both came before. */
import { text } from '../../connect/hl7v2/message.ts'
import type { Conversion } from './conversion.ts'
import { type ObservationPlace, observationOf } from './observation.ts'
import type { Draft } from './records.ts'
import type { ResultSegments } from './result-group.ts'

/** What the results have in common. `separatedByTime` for results without an order: their time tells them apart. */
export interface ResultHolder extends Omit<ObservationPlace, 'notes'> {
  readonly separatedByTime?: boolean
}

/**
 * The drafts of the results. The index counts repetitions of code and sub-id, not places in the message, so that a corrected
 * message with a line more or less still reaches the same records.
 */
export function resultDrafts(
  conversion: Conversion,
  segments: readonly ResultSegments[],
  holder: ResultHolder,
): Draft[] {
  const seen = new Map<string, number>()
  return segments.map(({ obx, notes }) => {
    const time = holder.separatedByTime === true ? (text(obx, 14) ?? conversion.message.controlId) : ''
    const own = `${holder.key}|${text(obx, 3)}|${obx.fields[4] ?? ''}|${time}`
    const index = (seen.get(own) ?? 0) + 1
    seen.set(own, index)
    return observationOf(conversion, obx, { ...holder, key: `${own}|${index}`, notes })
  })
}
