/** The benchmarks measure what they say; no figure is tested, since a test's machine is nobody's measure. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runBench as run } from './fixtures/run-bench.ts'
import { loadFile, recordsPerItem } from './loads.ts'
import { openThrowawayNode } from './throwaway-home.ts'
import { timedIntake } from './timed-intake.ts'

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

test('bench terminology imports, validates over HTTP, expands and looks up what it imported', async () => {
  const report = await run(['terminology'], { records: '500' })
  assert.deepEqual([report.benchmark, report.database, report.records], ['terminology', null, 500])
  const names = report.figures.map(({ name }) => name)
  for (const name of [
    'import',
    '$validate-code over HTTP',
    '$expand with a filter p95',
    'codes translated by rules',
  ])
    assert.ok(names.includes(name), name)
  for (const { name, value } of report.figures) assert.ok(value > 0, name)
})

test('bench without a benchmark of that name says which there are', async () => {
  await assert.rejects(
    run(['everything'], {}),
    /Name what is to be measured: intake, fhir, quality, validate, receipt, terminology, group, embedded, ledger/,
  )
})
