/** A small seeded source of chance, so that the made-up day is the same on every machine. Never used for secrets. */

export interface Seeded {
  /** A whole number from 0 up to and without `below`. */
  whole(below: number): number
  pick<T>(from: readonly T[]): T
  /** A decimal between `low` and `high` with `digits` places, as text. */
  decimal(low: number, high: number, digits: number): string
}

/** mulberry32. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (below: number) => Math.floor(next() * below)
  return {
    whole,
    pick: (from) => from[whole(from.length)] as never,
    decimal: (low, high, digits) => (low + next() * (high - low)).toFixed(digits),
  }
}
