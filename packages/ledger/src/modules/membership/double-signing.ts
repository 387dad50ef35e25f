/** Proven double signing: the validator loses its power at once, and the ledger says so for ever. Suspension is for a vote. */
import { concatBytes } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import { entriesUnder } from '../../entries-under.ts'
import type { Misbehaviour } from '../../misbehaviour.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { decodeStored, encodeStored, storedInteger } from '../../stored.ts'
import { endKey, memberOf } from './own-key.ts'
import { KEYS, MEMBERSHIP, readRegisteredKey, writeOrganisation } from './state.ts'
import { validatorsOf } from './validators.ts'

/** What is kept of one proof. */
export interface DoubleSigning {
  readonly kind: string
  readonly organisation: string
  /** Key id of the validator, 32 bytes. */
  readonly keyId: Uint8Array
  /** Where two blocks were signed. */
  readonly height: bigint
  /** Block time there, in whole seconds since 1970. */
  readonly timeSeconds: bigint
  /** The block whose evidence hash covers the two votes. */
  readonly carriedHeight: bigint
  /** False when it was the last validator: a chain that nobody orders any more could not even punish. */
  readonly barred: boolean
}

const RECORDS = new Uint8Array([0x06])

/** 0x06 ‖ height, 8 bytes ‖ key id. */
function recordKey(height: bigint, keyId: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, height)
  return concatBytes(RECORDS, bytes, keyId)
}

/** Takes the evidence of a block. What was said before, or speaks of no key of ours, changes nothing. */
export function recordMisbehaviour(
  view: WritableView,
  context: Context,
  misbehaviour: readonly Misbehaviour[],
): void {
  for (const each of misbehaviour) {
    const keyId = keyAtAddress(view, each.validatorAddress)
    if (keyId !== undefined && view.get(MEMBERSHIP, recordKey(each.height, keyId)) === undefined) {
      punish(view, context, { ...each, keyId })
    }
  }
}

/** CometBFT's address is the first 20 bytes of our key id, so the keys in order lead to it. */
function keyAtAddress(view: StateView, address: Uint8Array): Uint8Array | undefined {
  const [found] = view.scan(MEMBERSHIP, concatBytes(KEYS, address), 1)
  const keyId = found?.key.subarray(KEYS.length)
  const isIt = found?.key[0] === KEYS[0] && address.every((byte, i) => byte === keyId?.[i])
  return isIt && keyId !== undefined && readRegisteredKey(view, keyId)?.purpose === 'validator'
    ? keyId
    : undefined
}

function punish(
  view: WritableView,
  context: Context,
  act: Misbehaviour & { readonly keyId: Uint8Array },
): void {
  const key = readRegisteredKey(view, act.keyId)
  if (key === undefined) throw new Error('a key that was found is gone')
  const { organisation } = key
  const validators = validatorsOf(view)
  const isLast = validators.length === 1 && validators[0]?.organisation === organisation
  if (!isLast) {
    const member = memberOf(view, organisation)
    writeOrganisation(view, organisation, { ...member, barredFromValidating: true })
    const end = { height: context.height, reason: 'double-signing' }
    if (key.revokedHeight === undefined) endKey(view, act.keyId, end)
  }
  const fields = [act.kind, organisation, act.timeSeconds, context.height, !isLast]
  view.put(MEMBERSHIP, recordKey(act.height, act.keyId), encodeStored(fields))
}

/** Every proof that the chain carried, by height. Cost: all of them. */
export function doubleSignings(view: StateView): readonly DoubleSigning[] {
  return entriesUnder(view, MEMBERSHIP, RECORDS).map(({ rest, value }) => {
    const [kind, organisation, timeSeconds, carriedHeight, barred] = decodeStored(value)
    return {
      kind: kind as string,
      organisation: organisation as string,
      keyId: rest.subarray(8),
      height: new DataView(rest.buffer, rest.byteOffset).getBigUint64(0),
      timeSeconds: storedInteger(timeSeconds),
      carriedHeight: storedInteger(carriedHeight),
      barred: barred as boolean,
    }
  })
}
