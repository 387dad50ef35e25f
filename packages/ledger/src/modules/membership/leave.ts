/** `leave`: a member goes of its own will (spec 1 §6.11). */
import { type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { checkCoreLoss, exit } from './life-cycle.ts'
import type { MembershipNeeds } from './needs.ts'
import { MEMBERSHIP } from './state.ts'

/** The rule. Its `check` refuses with membership.not-own-organisation, .last-core, .too-few-validators. */
export function leave(needs: MembershipNeeds): Rule<'leave'> {
  function check(view: StateView, { issuer, body }: Statement<'leave'>): Refusal | undefined {
    if (body.organisation !== issuer) return refuse(MEMBERSHIP, 'membership.not-own-organisation')
    return checkCoreLoss(view, issuer, needs)
  }

  /** Effects: all its keys end, its nodes are admitted no more; what it anchored stays. */
  function apply(view: WritableView, statement: Statement<'leave'>, context: Context): Refusal | undefined {
    const refusal = check(view, statement)
    if (refusal !== undefined) return refusal
    exit(view, statement.issuer, context)
    return undefined
  }

  return { kind: 'leave', check, apply, duringSuspension: () => true }
}
