/** Bytes as a text, one character for each byte: what a map can be keyed by. */

/** PERF: Node's own, called on the bytes as they are: making a Buffer of each key first costs as much again. */
const { latin1Slice } = Buffer.prototype as unknown as {
  readonly latin1Slice: (this: Uint8Array, start: number, end: number) => string
}

/** The name of `bytes`: equal exactly when the bytes are. */
export function byteName(bytes: Uint8Array): string {
  return latin1Slice.call(bytes, 0, bytes.length)
}

/** The name of the last `count` bytes, or of all when there are fewer. */
export function endName(bytes: Uint8Array, count: number): string {
  return latin1Slice.call(bytes, Math.max(0, bytes.length - count), bytes.length)
}
