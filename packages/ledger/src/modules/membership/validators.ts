/** Who orders blocks: every active core member with a validator key, unless it is barred. One organisation, one vote. */
import { fromUtf8, type Refusal, refuse } from '@meridian/protocol'
import { entriesUnder } from '../../entries-under.ts'
import type { StateView } from '../../state-view.ts'
import type { MembershipNeeds } from './needs.ts'
import { MEMBERSHIP, readOrganisation, readRegisteredKey, VALIDATOR_KEYS } from './state.ts'

/** A validator as state wants it. */
export interface ValidatorKey {
  readonly organisation: string
  readonly keyId: Uint8Array
  readonly publicKey: Uint8Array
}

/** All validators, by organisation. Cost: the members that have a validator key. */
export function validatorsOf(view: StateView): readonly ValidatorKey[] {
  const found: ValidatorKey[] = []
  for (const { rest, value: keyId } of entriesUnder(view, MEMBERSHIP, VALIDATOR_KEYS)) {
    const organisation = fromUtf8(rest) ?? ''
    const member = readOrganisation(view, organisation)
    const isCore = member?.status === 'active' && member.memberClass === 'core'
    if (!isCore || member.barredFromValidating) continue
    const publicKey = readRegisteredKey(view, keyId)?.publicKey
    if (publicKey === undefined) throw new Error('a validator key that is listed is not registered')
    found.push({ organisation, keyId, publicKey })
  }
  return found
}

/** Refuses to take a validator away when fewer than the least number would be left. Nothing to refuse for others. */
export function checkFewerValidators(
  view: StateView,
  organisation: string,
  needs: MembershipNeeds,
): Refusal | undefined {
  const validators = validatorsOf(view)
  if (!validators.some((validator) => validator.organisation === organisation)) return undefined
  const least = needs.minValidators(view)
  return validators.length - 1 < least
    ? refuse(MEMBERSHIP, 'membership.too-few-validators', { least })
    : undefined
}
