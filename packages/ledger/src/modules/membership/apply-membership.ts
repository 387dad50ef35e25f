/** `apply-membership`: a member carries the application of an organisation that is none yet (spec 1 §6.8). */
import { type Refusal, refuse, type Statement, verifyApplication } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { addKey, checkUnused } from './key-claim.ts'
import { writeNodes } from './life-cycle.ts'
import { checkNodes } from './node-claim.ts'
import { MEMBERSHIP, readOrganisation, writeOrganisation } from './state.ts'

/**
 * Refusals: membership.organisation-exists (who was disqualified may apply again), .node-taken, .not-core (a validator key
 * with an application for another class), .key-unacceptable, .key-exists, .bad-proof.
 */
function check(
  view: StateView,
  statement: Statement<'apply-membership'>,
  context: Context,
): Refusal | undefined {
  const { body } = statement
  const before = readOrganisation(view, body.organisation)
  if (before !== undefined && before.status !== 'disqualified') {
    return refuse(MEMBERSHIP, 'membership.organisation-exists')
  }
  if (body.memberClass !== 'core' && body.keys.some(({ purpose }) => purpose === 'validator')) {
    return refuse(MEMBERSHIP, 'membership.not-core')
  }
  const refusal = checkNodes(view, body.organisation, body.endpoints) ?? checkKeys(view, statement, context)
  if (refusal !== undefined) return refusal
  return verifyApplication(context.suite, context.genesisHash, body)
    ? undefined
    : refuse(MEMBERSHIP, 'membership.bad-proof')
}

function checkKeys(
  view: StateView,
  { body }: Statement<'apply-membership'>,
  context: Context,
): Refusal | undefined {
  for (const { publicKey } of body.keys) {
    const refusal = checkUnused(view, publicKey, context)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

/** Effects: the organisation has applied; its keys and nodes are taken, but nothing of it counts before it is admitted. */
function apply(
  view: WritableView,
  statement: Statement<'apply-membership'>,
  context: Context,
): Refusal | undefined {
  const refusal = check(view, statement, context)
  if (refusal !== undefined) return refusal
  const { organisation, names, keys, endpoints, ...rest } = statement.body
  writeNodes(view, organisation, readOrganisation(view, organisation), endpoints)
  writeOrganisation(view, organisation, {
    ...rest,
    nameZh: names.zh,
    nameEn: names.en,
    endpoints,
    status: 'applied',
    barredFromValidating: false,
    activeSigningKeys: keys.filter(({ purpose }) => purpose === 'statement').length,
    sponsor: statement.issuer,
    credentialsHash: undefined,
    statusHeight: context.height,
  })
  for (const { purpose, publicKey } of keys) addKey(view, { organisation, purpose, publicKey }, context)
  return undefined
}

/** The rule. */
export const applyMembership: Rule<'apply-membership'> = { kind: 'apply-membership', check, apply }
