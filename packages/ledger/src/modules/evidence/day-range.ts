/** Which days a statement may speak of: the day of the institution, which may lie one ahead of UTC, never further. */
import { type Refusal, refuse } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import { dayOf } from '../../day-of.ts'
import { EVIDENCE } from './state.ts'

const SECONDS_PER_DAY = 86_400n

/** CONSENSUS: how far back a day may lie, ten years: old records are anchored late, a slip of the century is refused. */
const OLDEST_DAYS = 3_653n

/** Refusal: evidence.day-out-of-range. `day` is a day that exists, `YYYY-MM-DD`. */
export function checkDay(day: string, context: Context): Refusal | undefined {
  const newest = dayOf(context.timeSeconds + SECONDS_PER_DAY)
  const oldest = dayOf(context.timeSeconds - OLDEST_DAYS * SECONDS_PER_DAY)
  // Days of four-digit years compare as texts.
  return day <= newest && day >= oldest ? undefined : refuse(EVIDENCE, 'evidence.day-out-of-range')
}
