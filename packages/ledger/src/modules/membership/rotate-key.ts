/** `rotate-key`: a new key takes the place of an old one of the same purpose, in one step (spec 1 §6.3). */
import { isRefusal, type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { addKey, checkNewKey, type NewKey } from './key-claim.ts'
import { endKey, ownActiveKey } from './own-key.ts'
import { MEMBERSHIP } from './state.ts'

/** Why a replaced key ended. */
const ROTATED = 'rotated'

/**
 * Refusals: membership.unknown-key, .key-revoked, .wrong-purpose, .key-unacceptable, .key-exists, .bad-proof.
 */
function check(view: StateView, statement: Statement<'rotate-key'>, context: Context): Refusal | undefined {
  const old = ownActiveKey(view, statement.issuer, statement.body.oldKeyId)
  if (isRefusal(old)) return old
  if (old.purpose !== statement.body.purpose) return refuse(MEMBERSHIP, 'membership.wrong-purpose')
  return checkNewKey(view, newKeyOf(statement), context)
}

/** Effects: the old key counts no more and the new one counts, from this place in the block on. */
function apply(
  view: WritableView,
  statement: Statement<'rotate-key'>,
  context: Context,
): Refusal | undefined {
  const refusal = check(view, statement, context)
  if (refusal !== undefined) return refusal
  endKey(view, statement.body.oldKeyId, { height: context.height, reason: ROTATED })
  addKey(view, newKeyOf(statement), context)
  return undefined
}

function newKeyOf(statement: Statement<'rotate-key'>): NewKey {
  const { purpose, publicKey, proof } = statement.body
  return { organisation: statement.issuer, purpose, publicKey, proof }
}

/** The rule. */
export const rotateKey: Rule<'rotate-key'> = {
  kind: 'rotate-key',
  check,
  apply,
  duringSuspension: () => true,
}
