/** Where a statement stands, as it lies in the store: 8 bytes height, 4 bytes place, and 8 bytes leaf when it was accepted. */

/** A statement's place. */
export interface Place {
  readonly height: bigint
  /** Place in the block. */
  readonly index: number
  /** Leaf in the evidence log; absent when the statement was refused. */
  readonly logIndex: number | undefined
}

/** The bytes to store. */
export function encodePlace(place: Place): Uint8Array {
  const bytes = new Uint8Array(place.logIndex === undefined ? 12 : 20)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, place.height)
  view.setUint32(8, place.index)
  if (place.logIndex !== undefined) view.setBigUint64(12, BigInt(place.logIndex))
  return bytes
}

/** Reads {@link encodePlace}. */
export function decodePlace(bytes: Uint8Array): Place {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    height: view.getBigUint64(0),
    index: view.getUint32(8),
    logIndex: bytes.length === 20 ? Number(view.getBigUint64(12)) : undefined,
  }
}
