/** `bench ledger` measures what it says: four networks, a burst, batches, growth. No figure is tested. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { findCometBinary } from '@meridian/engine'
import type { BenchReport } from './figure.ts'
import { runBench as run } from './fixtures/run-bench.ts'
import type { LedgerBench } from './ledger/ledger-bench.ts'

const comet = findCometBinary({
  searchPath: process.env.PATH,
  toolsFolder: join(import.meta.dirname, '../../../../.tools'),
})

test('bench ledger --json compares four networks under one load and gives the ratios', {
  skip: comet === undefined ? 'needs the CometBFT program' : false,
}, async () => {
  const report = (await run(['ledger'], { records: '200', growth: '300,600' })) as BenchReport & LedgerBench
  for (const { kvstore, unsigned, signed, single } of [report, report.kilobyte]) {
    assert.equal(unsigned.bytes, kvstore.bytes)
    for (const { committedPerS, finalityP50Ms, finalityP99Ms } of [kvstore, unsigned, signed, single]) {
      assert.ok(committedPerS > 0 && finalityP50Ms > 0 && finalityP99Ms >= finalityP50Ms)
    }
  }
  assert.deepEqual([report.signed.bytes, report.kilobyte.signed.bytes], [382, 1024])
  assert.ok(report.ratioUnsigned > 0 && report.ratioSigned > 0)
  assert.equal(report.burst.admitted + report.burst.toldToWait, report.burst.submitted)
  assert.equal(report.burst.lost, 0)
  assert.ok(report.anchored.recordsPerS > 0 && report.port.committedPerS > 0)
  assert.deepEqual(
    report.growth.map(({ statements }) => statements),
    [300, 600],
  )
  assert.ok(
    report.growth.every(({ stateProofBytes, logProofBytes }) => stateProofBytes > 0 && logProofBytes > 0),
  )
})
