/** `record-daily-totals`: once a day, what was anchored, counted with small cells left out (spec 1 §6.5). */
import { type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { checkDay } from './day-range.ts'
import type { EvidenceNeeds } from './needs.ts'
import { EVIDENCE, readTotals, writeTotals } from './state.ts'

/** The rule. Its `check` refuses with membership.not-active, evidence.day-out-of-range, evidence.totals-exist. */
export function recordDailyTotals(needs: EvidenceNeeds): Rule<'record-daily-totals'> {
  function check(
    view: StateView,
    statement: Statement<'record-daily-totals'>,
    context: Context,
  ): Refusal | undefined {
    const { issuer, body } = statement
    if (!needs.isActive(view, issuer)) return refuse(EVIDENCE, 'membership.not-active')
    const refusal = checkDay(body.day, context)
    if (refusal !== undefined) return refusal
    const exists = readTotals(view, issuer, body.day) !== undefined
    return exists ? refuse(EVIDENCE, 'evidence.totals-exist') : undefined
  }

  /** Effects: the day is said; its numbers are in the statement, which the evidence log holds. */
  function apply(
    view: WritableView,
    statement: Statement<'record-daily-totals'>,
    context: Context,
  ): Refusal | undefined {
    const refusal = check(view, statement, context)
    if (refusal !== undefined) return refusal
    const name = { organisation: statement.issuer, day: statement.body.day }
    writeTotals(view, name, { height: context.height, statementId: statement.id })
    return undefined
  }

  return { kind: 'record-daily-totals', check, apply }
}
