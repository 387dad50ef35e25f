/**
 * What a consortium's engine is told with a block and a later reader needs: the block's time before its header is at hand, proven
 * misbehaviour, and the validator sets that differ from those of the genesis document. They lie in the table `meta`.
 */
import { type CborValue, encodeCbor, type Validator } from '@meridian/protocol'
import type { Misbehaviour } from '../state-machine.ts'
import { heightKey } from './keys.ts'
import { bigintOf, bytesOf, itemsOf, readRecord } from './record-fields.ts'

/** Key of the time of the newest executed block. */
export const NEWEST_TIME: Uint8Array = Buffer.from('newest-time')

/** Key of the height whose state came as a snapshot: no older block is stored. */
export const SNAPSHOT_HEIGHT: Uint8Array = Buffer.from('snapshot-height')

/** What the keys of validator sets begin with. */
export const VALIDATORS: Uint8Array = Buffer.from('validators/')
const MISBEHAVIOUR = Buffer.from('misbehaviour/')

/** Key of the validators that order from `height` on. */
export function validatorsKey(height: bigint): Uint8Array {
  return Buffer.concat([VALIDATORS, heightKey(height)])
}

/** Key of what the block at `height` proved against validators. */
export function misbehaviourKey(height: bigint): Uint8Array {
  return Buffer.concat([MISBEHAVIOUR, heightKey(height)])
}

/** The bytes to store of a time in nanoseconds. */
export function encodeTime(time: bigint): Uint8Array {
  return encodeCbor([time])
}

/** Reads {@link encodeTime}. Throws engine.home-damaged. */
export function decodeTime(bytes: Uint8Array): bigint {
  return bigintOf(readRecord(bytes, 1)[0])
}

/** The bytes to store of a sorted validator set. */
export function encodeValidators(validators: readonly Validator[]): Uint8Array {
  return encodeCbor([validators.map(({ publicKey, power }) => [publicKey, power])])
}

/** Reads {@link encodeValidators}. Throws engine.home-damaged. */
export function decodeValidators(bytes: Uint8Array): readonly Validator[] {
  return itemsOf(readRecord(bytes, 1)[0]).map((item) => {
    const [publicKey, power] = itemsOf(item, 2)
    return { publicKey: bytesOf(publicKey), power: bigintOf(power) }
  })
}

const KINDS = ['duplicate-vote', 'light-client-attack'] as const satisfies readonly Misbehaviour['kind'][]

/** The bytes to store of a block's misbehaviour. */
export function encodeMisbehaviour(misbehaviour: readonly Misbehaviour[]): Uint8Array {
  return encodeCbor([
    misbehaviour.map(
      (each): CborValue => [
        KINDS.indexOf(each.kind),
        each.validatorAddress,
        each.power,
        each.height,
        each.timeSeconds,
        each.totalPower,
      ],
    ),
  ])
}

/** Reads {@link encodeMisbehaviour}. Throws engine.home-damaged. */
export function decodeMisbehaviour(bytes: Uint8Array): readonly Misbehaviour[] {
  return itemsOf(readRecord(bytes, 1)[0]).map((item) => {
    const [kind, address, power, height, time, total] = itemsOf(item, 6)
    return {
      kind: KINDS[Number(bigintOf(kind))] ?? 'duplicate-vote',
      validatorAddress: bytesOf(address),
      power: bigintOf(power),
      height: bigintOf(height),
      timeSeconds: bigintOf(time),
      totalPower: bigintOf(total),
    }
  })
}
