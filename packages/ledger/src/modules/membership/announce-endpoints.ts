/** `announce-endpoints`: a member says where its door and its nodes are (spec 1 §6.10). */
import { type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { writeNodes } from './life-cycle.ts'
import { checkNodes } from './node-claim.ts'
import { memberOf } from './own-key.ts'
import { MEMBERSHIP, writeOrganisation } from './state.ts'

/** Refusals: membership.not-own-organisation, .node-taken. */
function check(view: StateView, { issuer, body }: Statement<'announce-endpoints'>): Refusal | undefined {
  if (body.organisation !== issuer) return refuse(MEMBERSHIP, 'membership.not-own-organisation')
  return checkNodes(view, issuer, body.endpoints)
}

/** Effects: peers with these node ids are admitted, those with the former ones no more. */
function apply(
  view: WritableView,
  statement: Statement<'announce-endpoints'>,
  _context: Context,
): Refusal | undefined {
  const refusal = check(view, statement)
  if (refusal !== undefined) return refusal
  const { organisation, endpoints } = statement.body
  const member = memberOf(view, organisation)
  writeNodes(view, organisation, member, endpoints)
  writeOrganisation(view, organisation, { ...member, endpoints })
  return undefined
}

/** The rule. */
export const announceEndpoints: Rule<'announce-endpoints'> = { kind: 'announce-endpoints', check, apply }
