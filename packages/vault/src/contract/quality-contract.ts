/** Contract of quality: the walk over persons, runs with their sums and trends, failures under the access rule, measures. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessAll, accessNone } from '../access-rule.ts'
import type { NewQualityRun } from '../quality/quality.ts'
import { type ContractHome, newVault, observation, storeItems } from './contract-vault.ts'
import { anchorAll } from './signed-batch.ts'

const run: NewQualityRun = {
  rulesId: 'r',
  rulesHash: 'aa',
  standardsSetHash: 'bb',
  scope: { from: '2026-03-01' },
  startedTime: '2026-03-02T08:00:00.000Z',
  persons: 2,
  records: 3,
  measures: { captureMethods: { manual: 1 }, anchorLag: null, frequentEdits: [] },
  cells: [
    { check: 'c', department: '心内科', source: 'his', period: '2026-02', failed: 1, counted: 4 },
    { check: 'c', department: '外科', source: 'his', period: '2026-03', failed: 2, counted: 6 },
  ],
  failures: ['b', 'a', 'gone'].map((id) => ({ check: 'c', type: 'Observation', id, department: '外科' })),
}

/** Registers the tests. */
export function qualityContract(home: ContractHome): void {
  test('persons come one after another with their current records, under the access rule', async () => {
    const { vault } = await newVault(home())
    for (let n = 0; n < 120; n += 1)
      await storeItems(vault, observation(`o${n}`, n, { patientId: `p${n % 60}` }))
    const seen: string[] = []
    for await (const person of vault.quality.persons(accessAll))
      seen.push(`${person.patientId} ${person.records.length}`)
    assert.equal(seen.length, 60)
    assert.ok(seen.every((text) => text.endsWith(' 2')))
    for await (const person of vault.quality.persons(accessNone)) assert.fail(person.patientId)
  })

  test('sums come by dimension, trends over runs, and another organisation has none of it', async () => {
    const { vault } = await newVault(home())
    const other = await newVault(home())
    const first = await vault.quality.keep(run)
    const second = await vault.quality.keep({ ...run, cells: run.cells.slice(0, 1) })
    assert.deepEqual(await vault.quality.sums(first, 'department'), [
      { check: 'c', value: '外科', failed: 2, counted: 6 },
      { check: 'c', value: '心内科', failed: 1, counted: 4 },
    ])
    assert.deepEqual(await vault.quality.sums(first, 'all'), [
      { check: 'c', value: '', failed: 3, counted: 10 },
    ])
    const trend = await vault.quality.trend(10, 'c')
    assert.deepEqual(
      trend.map((point) => [point.run, point.failed, point.counted]),
      [
        [first, 3, 10],
        [second, 1, 4],
      ],
    )
    assert.deepEqual((await vault.quality.runs(1))[0]?.measures, run.measures)
    assert.deepEqual(await other.vault.quality.runs(10), [])
    assert.equal(await other.vault.quality.run(first), undefined)
  })

  test('failures are paged, are those that are still kept, and only those the rule admits', async () => {
    const { vault } = await newVault(home())
    await storeItems(vault, observation('a', 1), observation('b', 1, { patientId: 'p2' }))
    const kept = await vault.quality.keep(run)
    const of = { run: kept, check: 'c' }
    const first = await vault.quality.failures(of, { count: 1 }, accessAll)
    assert.deepEqual(
      first?.items.map(({ id }) => id),
      ['a'],
    )
    const cursor = first?.next ?? assert.fail('one page only')
    const rest = await vault.quality.failures(of, { count: 5, cursor }, accessAll)
    assert.deepEqual([rest?.items.map(({ id }) => id), rest?.next], [['b'], undefined])
    const p2 = { ...accessAll, patients: ['p2'] }
    assert.deepEqual(
      (await vault.quality.failures(of, { count: 5 }, p2))?.items.map(({ id }) => id),
      ['b'],
    )
    assert.equal(
      await vault.quality.failures({ ...of, check: 'd' }, { count: 1, cursor }, accessAll),
      undefined,
    )
  })

  test('capture methods and the anchor lag come from the rows; only what a block holds has a lag', async () => {
    const contract = await newVault(home())
    const { vault } = contract
    await storeItems(vault, observation('a', 1), observation('b', 1, { captureMethod: 'manual' }))
    assert.equal((await vault.quality.measure({})).anchorLag, null)
    await anchorAll(contract)
    const measures = await vault.quality.measure({ from: '2026-03-02', to: '2026-03-02' })
    assert.deepEqual(measures.captureMethods, { interface: 1, manual: 1 })
    assert.equal(measures.anchorLag?.count, 2)
    assert.deepEqual((await vault.quality.measure({ from: '2026-03-03' })).captureMethods, {})
    assert.equal((await vault.quality.coveredBatches({ from: '2026-03-02' })).length, 1)
    assert.equal((await vault.quality.coveredBatches({ to: '2026-03-01' })).length, 0)
  })

  test('a record amended often is walked with all its versions', async () => {
    const { vault } = await newVault(home())
    for (const value of [1, 2, 3]) await storeItems(vault, observation('a', value))
    await storeItems(vault, observation('b', 1))
    const walked: number[] = []
    for await (const versions of vault.quality.amended(3, {})) walked.push(versions.length)
    assert.deepEqual(walked, [3])
  })

  test('a threshold of the organisation replaces its earlier one', async () => {
    const { vault } = await newVault(home())
    await vault.quality.setThreshold('c', 5, 'wang')
    await vault.quality.setThreshold('c', 2.5, 'li')
    assert.deepEqual([...(await vault.quality.thresholds())], [['c', 2.5]])
  })
}
