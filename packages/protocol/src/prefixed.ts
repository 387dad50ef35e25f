/** What is hashed with one byte before it, so that hashes of different things never meet. */

const ROOM = 4_096

/** PERF: an array of more than 64 bytes costs a microsecond to make, and hashes are made by the thousand. */
const room = new Uint8Array(ROOM)

/** `prefix ‖ bytes`, to be hashed at once: the next call may write into the same array. */
export function prefixed(prefix: number, bytes: Uint8Array): Uint8Array {
  const length = 1 + bytes.length
  const input = length <= ROOM ? room.subarray(0, length) : new Uint8Array(length)
  input[0] = prefix
  input.set(bytes, 1)
  return input
}
