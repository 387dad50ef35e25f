/** State as the rules see it: bytes under keys, one key space for every module. The engine hands the views in. */

/** One key and its value. */
export interface StateEntry {
  readonly key: Uint8Array
  readonly value: Uint8Array
}

/** State to read. Nobody changes the bytes it answers. */
export interface StateView {
  get(module: string, key: Uint8Array): Uint8Array | undefined
  /** At most `limit` entries with keys `>= from`, in ascending bytewise order of the key. */
  scan(module: string, from: Uint8Array, limit: number): readonly StateEntry[]
}

/** State to change. */
export interface WritableView extends StateView {
  put(module: string, key: Uint8Array, value: Uint8Array): void
  delete(module: string, key: Uint8Array): void
}
