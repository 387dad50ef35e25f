/** A key as the ledger has it: whose, what for, and from which height to which it counts. */
import type { Engine } from '@meridian/engine'
import { membershipQueries } from '@meridian/ledger'
import { isRefusal } from '@meridian/protocol'

const { decodeRegisteredKey, MEMBERSHIP, registeredKeyKey } = membershipQueries

/** Undefined when the ledger never had it. By the newest signed state. */
export function registeredKey(
  engine: Pick<Engine, 'prove'>,
  keyId: Uint8Array,
): ReturnType<typeof decodeRegisteredKey> | undefined {
  const answer = engine.prove(MEMBERSHIP, registeredKeyKey(keyId))
  const value = isRefusal(answer) ? undefined : answer.proof.value
  return value === undefined ? undefined : decodeRegisteredKey(value)
}
