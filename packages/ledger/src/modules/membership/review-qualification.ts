/** `review-qualification`: a health authority says whether an applicant of its jurisdiction may be voted on (spec 1 §6.9). */
import { governs, type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { checkStatus, setStatus, writeNodes } from './life-cycle.ts'
import { endAllKeys, memberOf } from './own-key.ts'
import { MEMBERSHIP, readOrganisation, writeOrganisation } from './state.ts'

const AUTHORITIES = ['health-commission', 'regulator']

/** Refusals: membership.not-health-authority, .unknown-organisation, .wrong-status, .outside-jurisdiction. */
function check(view: StateView, statement: Statement<'review-qualification'>): Refusal | undefined {
  const reviewer = readOrganisation(view, statement.issuer)
  if (reviewer === undefined || !AUTHORITIES.includes(reviewer.kind)) {
    return refuse(MEMBERSHIP, 'membership.not-health-authority')
  }
  const { organisation } = statement.body
  const refusal = checkStatus(view, organisation, 'applied', 'qualified')
  if (refusal !== undefined) return refusal
  const { place } = memberOf(view, organisation)
  return governs(reviewer.place, place)
    ? undefined
    : refuse(MEMBERSHIP, 'membership.outside-jurisdiction', { place, authority: reviewer.place })
}

/** Effects: the applicant may be voted on; or its application is over, its keys end and its nodes are free again. */
function apply(
  view: WritableView,
  statement: Statement<'review-qualification'>,
  context: Context,
): Refusal | undefined {
  const refusal = check(view, statement)
  if (refusal !== undefined) return refusal
  const { organisation, result, credentialsHash } = statement.body
  writeOrganisation(view, organisation, { ...memberOf(view, organisation), credentialsHash })
  setStatus(view, organisation, result, context)
  if (result === 'qualified') return undefined
  endAllKeys(view, organisation, { height: context.height, reason: result })
  const endpoints = { door: '', nodes: [] }
  writeNodes(view, organisation, memberOf(view, organisation), endpoints)
  writeOrganisation(view, organisation, { ...memberOf(view, organisation), endpoints })
  return undefined
}

/** The rule. */
export const reviewQualification: Rule<'review-qualification'> = {
  kind: 'review-qualification',
  check,
  apply,
}
