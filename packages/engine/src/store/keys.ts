/** Keys of the node's store: big-endian, so that their bytewise order is the order of the numbers. */

/** Eight bytes. */
export function heightKey(height: bigint): Uint8Array {
  const key = new Uint8Array(8)
  new DataView(key.buffer).setBigUint64(0, height)
  return key
}

/** The height that {@link heightKey} wrote. */
export function keyHeight(key: Uint8Array): bigint {
  return new DataView(key.buffer, key.byteOffset, 8).getBigUint64(0)
}

/** One byte for the level, six for the index: a node of the evidence log. */
export function logNodeKey(level: number, index: number): Uint8Array {
  const key = new Uint8Array(7)
  const view = new DataView(key.buffer)
  view.setUint8(0, level)
  view.setUint16(1, Math.floor(index / 0x100000000))
  view.setUint32(3, index % 0x100000000)
  return key
}

/** One byte for the module's place in the list of modules, then the module's own key or path. */
export function moduleKey(module: number, key: Uint8Array): Uint8Array {
  const whole = new Uint8Array(1 + key.length)
  whole[0] = module
  whole.set(key, 1)
  return whole
}
