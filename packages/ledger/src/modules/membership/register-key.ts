/** `register-key`: an organisation adds a signing or receipt key of its own (spec 1 §6.1). */
import { type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { addKey, checkNewKey } from './key-claim.ts'
import { countSigningKeys } from './own-key.ts'
import { MEMBERSHIP } from './state.ts'

/** Refusals: membership.not-own-organisation, .key-unacceptable, .key-exists, .bad-proof. */
function check(view: StateView, statement: Statement<'register-key'>, context: Context): Refusal | undefined {
  if (statement.body.organisation !== statement.issuer) {
    return refuse(MEMBERSHIP, 'membership.not-own-organisation')
  }
  return checkNewKey(view, statement.body, context)
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
