/** How many records are stored per second: a ring of small buckets, filled when the corridor changes. */

/** `recordsPerSecond` over the last ten seconds; `series` one point per bucket, oldest first. */
export interface Throughput {
  readonly recordsPerSecond: number
  readonly bucketSeconds: number
  readonly series: readonly { readonly time: string; readonly records: number }[]
}

/** Notes totals as they grow and tells the rate. */
export interface ThroughputMeter {
  note(storedTotal: number): void
  read(): Throughput
}

const bucketMs = 5_000
const buckets = 60

/** Makes a meter over the node's clock. What was stored before the first note is not counted: it has no time. */
export function createThroughputMeter(nowMs: () => number): ThroughputMeter {
  const filled = new Map<number, number>()
  let last: number | undefined
  const bucketOf = (ms: number) => Math.floor(ms / bucketMs)
  return {
    note(total) {
      const now = bucketOf(nowMs())
      const grown = last === undefined ? 0 : Math.max(0, total - last)
      last = total
      filled.set(now, (filled.get(now) ?? 0) + grown)
      for (const bucket of filled.keys()) if (bucket <= now - buckets) filled.delete(bucket)
    },
    read() {
      const now = bucketOf(nowMs())
      const series = Array.from({ length: buckets }, (_, i) => {
        const bucket = now - buckets + 1 + i
        return { time: new Date(bucket * bucketMs).toISOString(), records: filled.get(bucket) ?? 0 }
      })
      const recent = (filled.get(now) ?? 0) + (filled.get(now - 1) ?? 0)
      const spanMs = nowMs() - (now - 1) * bucketMs
      return {
        recordsPerSecond: Math.round((recent * 10_000) / spanMs) / 10,
        bucketSeconds: bucketMs / 1000,
        series,
      }
    },
  }
}
