/** New arrays cut from a larger one. PERF: an array of more than 64 bytes with memory of its own costs a microsecond and the garbage collector as much again. */

const SLAB_BYTES = 16 * 1024
/** Longer ones have memory of their own, so that a slab is seldom kept for one of them. */
const MOST_BYTES = 1_536

let slab = new Uint8Array(0)
let at = 0

/** `length` zero bytes that nobody else has. Its buffer may hold other arrays before and behind it. */
export function smallBytes(length: number): Uint8Array {
  if (length > MOST_BYTES) return new Uint8Array(length)
  if (at + length > slab.length) {
    slab = new Uint8Array(SLAB_BYTES)
    at = 0
  }
  at += length
  return slab.subarray(at - length, at)
}
