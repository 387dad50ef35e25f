/** How often one caller may ask: a bucket of tokens for each name, the longest unused forgotten first. */

/** `perSecond` requests on average, `burst` at once; `Infinity` a second switches the limit off. */
export interface Rate {
  readonly requestsPerSecond: number
  readonly burst: number
}

/** Takes a token. */
export interface RateLimit {
  /** Milliseconds to wait; 0 when the request may go on. */
  take(name: string): number
  /** The same without taking one. */
  waitMs(name: string): number
}

interface Bucket {
  readonly tokens: number
  readonly atMs: number
}

/** Names remembered at once. Who was forgotten has a full bucket again, so this is far above the callers of one institution. */
const mostNames = 20_000

/** A limit over the node's clock. */
export function createRateLimit({ requestsPerSecond, burst }: Rate, nowMs: () => number): RateLimit {
  const buckets = new Map<string, Bucket>()
  const tokensOf = (name: string, now: number) => {
    const { tokens, atMs } = buckets.get(name) ?? { tokens: burst, atMs: now }
    // A clock that is set back gives nothing and takes nothing.
    return Math.min(burst, tokens + (Math.max(0, now - atMs) * requestsPerSecond) / 1000)
  }
  const waitFor = (tokens: number) =>
    tokens >= 1 ? 0 : Math.max(1, Math.ceil(((1 - tokens) / requestsPerSecond) * 1000))
  const isOff = requestsPerSecond === Number.POSITIVE_INFINITY
  return {
    take(name) {
      if (isOff) return 0
      const now = nowMs()
      const tokens = tokensOf(name, now)
      buckets.delete(name)
      buckets.set(name, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs: now })
      const oldest = buckets.keys().next().value
      if (buckets.size > mostNames && oldest !== undefined) buckets.delete(oldest)
      return waitFor(tokens)
    },
    waitMs: (name) => (isOff ? 0 : waitFor(tokensOf(name, nowMs()))),
  }
}
