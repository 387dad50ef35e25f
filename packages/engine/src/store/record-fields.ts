/** Reads the fields of a stored CBOR record; anything else than what this package wrote is damage, named as such. */
import { type CborValue, decodeCbor, isRefusal } from '@meridian/protocol'
import { EngineFailure } from '../engine-failure.ts'

/** The items of a stored CBOR array of exactly `length` items. Throws engine.home-damaged. */
export function readRecord(bytes: Uint8Array, length: number): readonly CborValue[] {
  const value = decodeCbor(bytes)
  if (isRefusal(value)) throw damaged()
  return itemsOf(value, length)
}

/** The items of an array, of any number when `length` is absent. Throws engine.home-damaged. */
export function itemsOf(value: CborValue | undefined, length?: number): readonly CborValue[] {
  if (!Array.isArray(value)) throw damaged()
  const items = value as readonly CborValue[]
  if (length !== undefined && items.length !== length) throw damaged()
  return items
}

/** A byte string. Throws engine.home-damaged. */
export function bytesOf(value: CborValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw damaged()
  return value
}

/** An integer as bigint. Throws engine.home-damaged. */
export function bigintOf(value: CborValue | undefined): bigint {
  if (typeof value !== 'number' && typeof value !== 'bigint') throw damaged()
  return BigInt(value)
}

/** A safe integer. Throws engine.home-damaged. */
export function numberOf(value: CborValue | undefined): number {
  if (typeof value !== 'number') throw damaged()
  return value
}

/** A text. Throws engine.home-damaged. */
export function textOf(value: CborValue | undefined): string {
  if (typeof value !== 'string') throw damaged()
  return value
}

function damaged(): EngineFailure {
  return new EngineFailure('engine.home-damaged')
}
