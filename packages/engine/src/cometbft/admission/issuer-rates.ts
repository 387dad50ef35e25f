/** A bucket of tokens for every issuer: so many statements in a second, and twice as many at once after a rest. */

/** The buckets. */
export interface IssuerRates {
  /** Takes one token; answers 0, or in how many seconds there will be one. */
  take(issuer: string, nowMs: number): number
}

interface Bucket {
  tokens: number
  atMs: number
}

const MS_PER_SECOND = 1_000

/** More issuers than a chain has members: statements of strangers do not come this far. */
const MOST_BUCKETS = 10_000

/** Buckets that fill with `perSecond` tokens a second. */
export function createIssuerRates(perSecond: number): IssuerRates {
  const full = perSecond * 2
  const buckets = new Map<string, Bucket>()
  return {
    take(issuer, nowMs) {
      if (buckets.size > MOST_BUCKETS) buckets.clear()
      const bucket = buckets.get(issuer) ?? { tokens: full, atMs: nowMs }
      buckets.set(issuer, bucket)
      const gained = (Math.max(0, nowMs - bucket.atMs) / MS_PER_SECOND) * perSecond
      bucket.tokens = Math.min(full, bucket.tokens + gained)
      bucket.atMs = nowMs
      if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perSecond)
      bucket.tokens -= 1
      return 0
    },
  }
}
