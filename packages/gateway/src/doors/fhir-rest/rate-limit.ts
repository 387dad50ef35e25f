/** How often one caller may ask: a bucket of tokens for each name, forgotten once it is full again. */

/** Takes a token. */
export interface RateLimit {
  /** Milliseconds to wait; 0 when the request may go on. */
  take(name: string): number
}

interface Bucket {
  tokens: number
  atMs: number
}

// Above this many names the full buckets are forgotten; a full bucket says nothing.
const sweepAt = 10_000

/** A limit of `perSecond` requests with bursts of `burst`. */
export function createRateLimit(
  { perSecond, burst }: { readonly perSecond: number; readonly burst: number },
  nowMs: () => number,
): RateLimit {
  const buckets = new Map<string, Bucket>()
  const refilled = (bucket: Bucket, now: number) =>
    Math.min(burst, bucket.tokens + ((now - bucket.atMs) * perSecond) / 1000)
  return {
    take(name) {
      if (perSecond === Number.POSITIVE_INFINITY) return 0
      const now = nowMs()
      const bucket = buckets.get(name) ?? { tokens: burst, atMs: now }
      const tokens = refilled(bucket, now)
      if (buckets.size > sweepAt) {
        for (const [each, kept] of buckets) if (refilled(kept, now) >= burst) buckets.delete(each)
      }
      const allowed = tokens >= 1
      buckets.set(name, { tokens: allowed ? tokens - 1 : tokens, atMs: now })
      return allowed ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000)
    },
  }
}
