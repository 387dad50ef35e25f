/** `revoke-key`: an organisation ends one of its keys (spec 1 §6.2). */
import { isRefusal, type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import type { MembershipNeeds } from './needs.ts'
import { countSigningKeys, endKey, ownActiveKey } from './own-key.ts'
import { MEMBERSHIP, readOrganisation, readRegisteredKey } from './state.ts'
import { checkFewerValidators } from './validators.ts'

/**
 * The rule. Its `check` refuses with membership.unknown-key, .key-revoked, .last-key (an organisation without a signing key
 * could never act again, so the last one is rotated, not revoked) and .too-few-validators.
 */
export function revokeKey(needs: MembershipNeeds): Rule<'revoke-key'> {
  function check(view: StateView, statement: Statement<'revoke-key'>): Refusal | undefined {
    const { issuer, body } = statement
    const key = ownActiveKey(view, issuer, body.keyId)
    if (isRefusal(key)) return key
    if (key.purpose === 'validator') return checkFewerValidators(view, issuer, needs)
    const isLast = readOrganisation(view, issuer)?.activeSigningKeys === 1
    return key.purpose === 'statement' && isLast ? refuse(MEMBERSHIP, 'membership.last-key') : undefined
  }

  /** Effects: the key counts no more, from this place in the block on. */
  function apply(
    view: WritableView,
    statement: Statement<'revoke-key'>,
    context: Context,
  ): Refusal | undefined {
    const refusal = check(view, statement)
    if (refusal !== undefined) return refusal
    const { keyId, reason } = statement.body
    if (readRegisteredKey(view, keyId)?.purpose === 'statement') countSigningKeys(view, statement.issuer, -1)
    endKey(view, keyId, { height: context.height, reason })
    return undefined
  }

  return { kind: 'revoke-key', check, apply, duringSuspension: () => true }
}
