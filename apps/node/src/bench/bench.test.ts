/** The benchmarks measure what they say; no figure is tested, since a test's machine is nobody's measure. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { findCometBinary } from '@meridian/engine'
import { bench } from '../commands/bench.ts'
import type { BenchReport } from './figure.ts'
import type { LedgerBench } from './ledger/ledger-bench.ts'
import { loadFile, recordsPerItem } from './loads.ts'
import { openThrowawayNode } from './throwaway-home.ts'
import { timedIntake } from './timed-intake.ts'

async function run(words: readonly string[], options: Record<string, string>): Promise<BenchReport> {
  let printed = ''
  const exitCode = await bench.run({
    words,
    options,
    home: '.never-used',
    json: true,
    environment: { PATH: process.env.PATH },
    out: (text) => {
      printed += text
    },
    log: () => {},
    signal: new AbortController().signal,
  })
  assert.equal(exitCode, 0)
  return JSON.parse(printed) as BenchReport
}

test('bench receipt --json prints one document with the promised figures', async () => {
  const report = await run(['receipt'], { records: '50' })
  assert.deepEqual([report.benchmark, report.database, report.records], ['receipt', 'embedded', 50])
  assert.ok(report.machine.cores > 0 && report.machine.node.startsWith('v'))
  assert.deepEqual(
    report.figures.filter(({ unit }) => unit === 'times/s').map(({ name }) => name),
    ['receipts made', 'receipts verified', 'receipts verified by the suite of the page', 'commitments'],
  )
  for (const { name, value } of report.figures) assert.ok(value > 0, name)
})

test('every form of the load makes the records it is counted for, and each is timed until it is anchored', async () => {
  const opened = await openThrowawayNode({ database: 'embedded', environment: {}, log: () => {} })
  try {
    for (const kind of ['oru', 'bundle', 'csv'] as const) {
      await timedIntake(opened, loadFile(kind, 0, 200), kind)
      const { records, lagsMs } = await timedIntake(opened, loadFile(kind, 200, 3), kind)
      assert.equal(records, 3 * recordsPerItem[kind], kind)
      assert.equal(lagsMs.length, records, kind)
      assert.ok(
        lagsMs.every((lag) => lag > 0),
        kind,
      )
    }
  } finally {
    await opened.close()
  }
})

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

test('bench without a benchmark of that name says which there are', async () => {
  await assert.rejects(
    run(['everything'], {}),
    /Name what is to be measured: intake, fhir, receipt, embedded, ledger/,
  )
})
