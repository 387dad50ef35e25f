/** `register-key`: an organisation adds a signing, receipt or validator key of its own (spec 1 §6.1). */
import { type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { addKey, checkNewKey } from './key-claim.ts'
import { checkRoomForKey, countSigningKeys } from './own-key.ts'
import { MEMBERSHIP, readOrganisation, validatorKeyKey } from './state.ts'

/**
 * Refusals: membership.not-own-organisation, .not-core, .barred, .validator-key-exists, .too-many-keys, .key-unacceptable,
 * .key-exists, .bad-proof.
 */
function check(view: StateView, statement: Statement<'register-key'>, context: Context): Refusal | undefined {
  const { body, issuer } = statement
  if (body.organisation !== issuer) return refuse(MEMBERSHIP, 'membership.not-own-organisation')
  return (
    (body.purpose === 'validator' ? checkValidatorKey(view, issuer) : undefined) ??
    checkRoomForKey(view, issuer) ??
    checkNewKey(view, body, context)
  )
}

/** A core member has one validator key: it registers one when it has none and rotates the one it has. */
function checkValidatorKey(view: StateView, issuer: string): Refusal | undefined {
  const member = readOrganisation(view, issuer)
  if (member?.memberClass !== 'core') return refuse(MEMBERSHIP, 'membership.not-core')
  if (member.barredFromValidating) return refuse(MEMBERSHIP, 'membership.barred')
  const exists = view.get(MEMBERSHIP, validatorKeyKey(issuer)) !== undefined
  return exists ? refuse(MEMBERSHIP, 'membership.validator-key-exists') : undefined
}

/** Effects: the key counts from this block on, for statements later in the same block too. */
function apply(
  view: WritableView,
  statement: Statement<'register-key'>,
  context: Context,
): Refusal | undefined {
  const refusal = check(view, statement, context)
  if (refusal !== undefined) return refusal
  addKey(view, statement.body, context)
  if (statement.body.purpose === 'statement') countSigningKeys(view, statement.issuer, 1)
  return undefined
}

/** The rule. */
export const registerKey: Rule<'register-key'> = { kind: 'register-key', check, apply }
