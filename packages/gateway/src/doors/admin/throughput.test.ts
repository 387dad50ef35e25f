// The rate is what was stored in the last seconds, and falls to nothing by itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createThroughputMeter } from './throughput.ts'

test('the rate counts growth, not what was there before', () => {
  let now = 1_000_000
  const meter = createThroughputMeter(() => now)
  meter.note(5_000)
  assert.equal(meter.read().recordsPerSecond, 0)
  now += 5_000
  meter.note(5_100)
  assert.equal(meter.read().recordsPerSecond, 20)
  assert.equal(meter.read().series.at(-1)?.records, 100)
})

test('the rate falls to zero when nothing more comes, and old buckets are forgotten', () => {
  let now = 1_000_000
  const meter = createThroughputMeter(() => now)
  meter.note(0)
  meter.note(700)
  now += 10 * 60_000
  assert.equal(meter.read().recordsPerSecond, 0)
  assert.ok(meter.read().series.every((point) => point.records === 0))
})
