/** Contract of the outbox: batches, the replacement rule, states of versions, daily totals. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { batchRootOf } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { accessAll } from '../access-rule.ts'
import { openVaultOn } from '../open-vault.ts'
import { leavesOf, splitLeaves } from '../outbox/batch-rows.ts'
import type { Batch } from '../outbox/outbox.ts'
import type { SqlDriver, SqlValue } from '../sql/driver.ts'
import type { Vault } from '../vault.ts'
import {
  type ContractHome,
  type ContractVault,
  newVault,
  observation,
  storeItems,
  storeOne,
} from './contract-vault.ts'
import { anchorAll, signBatch } from './signed-batch.ts'

/** Registers the tests. */
export function outboxContract(home: ContractHome): void {
  test('a batch holds the oldest commitments in order, padded to a power of two of at least 16', async () => {
    const contract = await newVault(home())
    const { vault } = contract
    const outcomes = await storeItems(vault, ...Array.from({ length: 20 }, (_, n) => observation(`o${n}`, n)))
    const small = await vault.outbox.openBatch(3)
    assert.deepEqual([small?.count, small?.size, (await leavesIn(contract, small)).length], [3, 16, 16])
    const commitments = outcomes.map((one) => (one.outcome === 'stored' ? one.commitment : null))
    assert.deepEqual((await leavesIn(contract, small)).slice(0, 3), commitments.slice(0, 3))
    const large = await vault.outbox.openBatch(100)
    assert.deepEqual([large?.count, large?.size], [17, 32])
    const leaves = await leavesIn(contract, large)
    assert.deepEqual(leaves.slice(0, 17), commitments.slice(3))
    assert.equal(new Set(leaves.map((leaf) => Buffer.from(leaf).toString('hex'))).size, 32)
    assert.equal(await vault.outbox.openBatch(100), undefined)
  })

  test('a version leads to the root of its batch by the path of its leaf', async () => {
    const contract = await newVault(home())
    const [, second] = [
      await storeOne(contract.vault, observation('a', 1)),
      await storeOne(contract.vault, observation('b', 1)),
    ]
    assert.equal(await contract.vault.outbox.batchOf('Observation', 'b', 1), undefined)
    await anchorAll(contract)
    const place = await contract.vault.outbox.batchOf('Observation', 'b', 1)
    assert.ok(place)
    assert.equal(place.leafIndex, 1)
    const root = batchRootOf(nodeSuite, second.commitment, { index: 1, size: place.batch.size }, place.path)
    assert.deepEqual(root, place.batch.root)
    assert.equal(await contract.vault.outbox.batchOf('Observation', 'b', 2), undefined)
  })

  test('every version of a batch leads to its root; the leaves of a batch are read from the database once', async () => {
    const contract = await newVault(home())
    const reads: string[] = []
    const counting = {
      ...contract.driver,
      query: (text: string, values?: readonly SqlValue[]) => {
        reads.push(text)
        return contract.driver.query(text, values)
      },
    } as SqlDriver
    const vault = await openVaultOn(counting, contract.settings)
    const stored = await storeItems(vault, ...Array.from({ length: 40 }, (_, n) => observation(`o${n}`, n)))
    await anchorAll(contract)
    reads.length = 0
    for (const [n, one] of stored.entries()) {
      assert.ok(one.outcome === 'stored')
      const place = await vault.outbox.batchOf('Observation', `o${n}`, 1)
      assert.ok(place)
      const at = { index: place.leafIndex, size: place.batch.size }
      assert.deepEqual(batchRootOf(nodeSuite, one.commitment, at, place.path), place.batch.root)
    }
    assert.equal(reads.filter((text) => text.includes('leaves')).length, 1)
  })

  test('the batches of a list are looked up at once, each version in its own, without any leaves', async () => {
    const contract = await newVault(home())
    const { outbox } = contract.vault
    await storeItems(contract.vault, observation('a', 1), observation('b', 1))
    const first = await anchorAll(contract, 3n)
    await storeOne(contract.vault, observation('a', 2))
    const second = await anchorAll(contract, 4n)
    await storeOne(contract.vault, observation('c', 1))
    const name = (id: string, version: number) => ({ type: 'Observation', id, version })
    const found = await outbox.batchesOf([
      name('a', 2),
      name('c', 1),
      name('b', 1),
      name('z', 1),
      name('a', 1),
    ])
    assert.deepEqual(
      found.map((batch) => batch?.batchId),
      [second.batchId, undefined, first.batchId, undefined, first.batchId],
    )
    assert.deepEqual(found[0]?.statements.at(-1)?.statementId, second.final?.statementId)
    assert.deepEqual(
      found.map((batch) => batch?.final?.height),
      [4n, undefined, 3n, undefined, 3n],
    )
    assert.deepEqual(await outbox.batchesOf([]), [])
  })

  test('a version goes from sealed over submitted and final to superseded', async () => {
    const contract = await newVault(home())
    const { vault } = contract
    await storeOne(vault, observation('a', 1))
    assert.deepEqual(await statesOf(vault), ['sealed'])
    const batch = await vault.outbox.openBatch(9)
    assert.ok(batch)
    assert.deepEqual(await statesOf(vault), ['sealed'])
    const statement = signBatch(contract, batch, 3600n)
    await vault.outbox.saveStatement(batch.batchId, statement)
    assert.deepEqual(await statesOf(vault), ['submitted'])
    const finality = { statementId: statement.statementId, height: 3n, blockTimeSeconds: 50n }
    await vault.outbox.markFinal(batch.batchId, finality)
    assert.deepEqual(await statesOf(vault), ['final'])
    await storeOne(vault, observation('a', 2))
    assert.deepEqual(await statesOf(vault), ['sealed', 'superseded'])
    assert.deepEqual((await vault.outbox.batch(batch.batchId))?.final, finality)
  })

  test('a statement is replaced only after a block later than its expiry lacks it', async () => {
    const contract = await newVault(home())
    const { outbox } = contract.vault
    await storeOne(contract.vault, observation('a', 1))
    const batch = await outbox.openBatch(9)
    assert.ok(batch)
    const [first, second] = [signBatch(contract, batch, 1000n), signBatch(contract, batch, 2000n)]
    assert.equal(await outbox.saveStatement(batch.batchId, first), undefined)
    const alive = { refused: true, code: 'statement-alive' }
    assert.deepEqual(await outbox.saveStatement(batch.batchId, second), alive)
    assert.deepEqual(await outbox.saveStatement(batch.batchId, second, { blockTimeSeconds: 1000n }), alive)
    assert.equal(await outbox.saveStatement(batch.batchId, second, { blockTimeSeconds: 1001n }), undefined)
    const kept = (await outbox.unfinished())[0]?.statements
    assert.deepEqual(
      kept?.map(({ statementId, bytes, expirySeconds }) => ({ statementId, bytes, expirySeconds })),
      [first, second],
    )
    await outbox.markFinal(batch.batchId, {
      statementId: first.statementId,
      height: 1n,
      blockTimeSeconds: 1n,
    })
    const late = await outbox.saveStatement(batch.batchId, second, { blockTimeSeconds: 9999n })
    assert.deepEqual(late, { refused: true, code: 'batch-final' })
    const none = await outbox.saveStatement(new Uint8Array(16), second)
    assert.deepEqual(none, { refused: true, code: 'batch-unknown' })
  })

  test('marking a batch final twice keeps the first word', async () => {
    const contract = await newVault(home())
    await storeOne(contract.vault, observation('a', 1))
    const batch = await anchorAll(contract, 7n)
    const other = { statementId: new Uint8Array(32), height: 9n, blockTimeSeconds: 1n }
    await contract.vault.outbox.markFinal(batch.batchId, other)
    assert.equal((await contract.vault.outbox.batch(batch.batchId))?.final?.height, 7n)
  })

  test('what is not finished comes back after a restart, oldest first', async () => {
    const contract = await newVault(home())
    await storeItems(contract.vault, observation('a', 1), observation('b', 1), observation('c', 1))
    await anchorFirst(contract)
    const [second, third] = [
      await contract.vault.outbox.openBatch(1),
      await contract.vault.outbox.openBatch(1),
    ]
    const reopened = await openVaultOn(contract.driver, contract.settings)
    assert.deepEqual(
      (await reopened.outbox.unfinished()).map((batch) => batch.batchId),
      [second?.batchId, third?.batchId],
    )
    assert.deepEqual(
      (await reopened.outbox.newest(2)).map((batch) => batch.batchId),
      [third?.batchId, second?.batchId],
    )
  })

  test('a batch ends where the standards set changes, and each names its own', async () => {
    const contract = await newVault(home())
    await storeOne(contract.vault, observation('a', 1))
    const standardsSetHash = new Uint8Array(32).fill(3)
    const upgraded = await openVaultOn(contract.driver, { ...contract.settings, standardsSetHash })
    await storeOne(upgraded, observation('b', 1))
    const [first, second] = [await upgraded.outbox.openBatch(9), await upgraded.outbox.openBatch(9)]
    assert.deepEqual([first?.count, first?.standardsSetHash[0]], [1, 2])
    assert.deepEqual([second?.count, second?.standardsSetHash[0]], [1, 3])
    const read = await upgraded.records.read('Observation', 'b', accessAll)
    assert.deepEqual(read?.standardsSetHash, standardsSetHash)
    assert.deepEqual((await upgraded.verify()).faults, [])
  })

  test('a vault that is open goes over to another standards set; what is stored keeps its own', async () => {
    const { vault } = await newVault(home())
    await storeOne(vault, observation('a', 1))
    await vault.judgeBy(new Uint8Array(32).fill(3))
    await storeOne(vault, observation('b', 1))
    await vault.judgeBy(new Uint8Array(32).fill(2))
    await storeOne(vault, observation('c', 1))
    const hashOf = async (id: string) =>
      (await vault.records.read('Observation', id, accessAll))?.standardsSetHash[0]
    assert.deepEqual([await hashOf('a'), await hashOf('b'), await hashOf('c')], [2, 3, 2])
    assert.deepEqual((await vault.verify()).faults, [])
  })

  test('batches opened while records are stored lose none and repeat none', async () => {
    const contract = await newVault(home())
    const { vault } = contract
    const stores = Array.from({ length: 20 }, (_, n) =>
      storeItems(vault, ...[0, 1, 2].map((k) => observation(`o${n}-${k}`, n))),
    )
    const batches = []
    for (let n = 0; n < 10; n++) batches.push(await vault.outbox.openBatch(7))
    await Promise.all(stores)
    for (let batch = await vault.outbox.openBatch(7); batch !== undefined; ) {
      batches.push(batch)
      batch = await vault.outbox.openBatch(7)
    }
    const leaves: Uint8Array[] = []
    for (const batch of batches) leaves.push(...(await leavesIn(contract, batch)).slice(0, batch?.count))
    assert.equal(leaves.length, 60)
    assert.equal(new Set(leaves.map((leaf) => Buffer.from(leaf).toString('hex'))).size, 60)
    assert.deepEqual((await vault.verify()).faults, [])
  })

  test('what waits is counted, with the time of the oldest', async () => {
    const { vault, clock } = await newVault(home())
    assert.deepEqual(await vault.outbox.waiting(), { count: 0, oldestTime: null })
    await storeOne(vault, observation('a', 1))
    clock.advance(5000)
    await storeOne(vault, observation('b', 1))
    assert.deepEqual(await vault.outbox.waiting(), { count: 2, oldestTime: '2026-03-02T08:00:00.000Z' })
  })

  test('daily totals hide what would name a person, and are asked for until recorded', async () => {
    const { vault, clock } = await newVault(home())
    const items = Array.from({ length: 12 }, (_, n) => observation(`o${n}`, n))
    await storeItems(vault, ...items, observation('p1', 1, { type: 'Patient', source: 'lis' }))
    const totals = await vault.outbox.dailyTotals('2026-03-02')
    const cell = (dimension: string, code: string) =>
      totals.find((one) => one.dimension === dimension && one.code === code)
    assert.equal(cell('all', 'records')?.count, 13)
    assert.equal(cell('care-stage', 'inpatient')?.count, 13)
    assert.deepEqual([cell('kind', 'Patient')?.count, cell('kind', 'Observation')?.count], [null, null])
    assert.deepEqual(await vault.outbox.daysToRecord('2026-03-02'), [])
    clock.advance(86_400_000)
    assert.deepEqual(await vault.outbox.daysToRecord('2026-03-03'), ['2026-03-02'])
    await vault.outbox.markDayRecorded('2026-03-02', new Uint8Array(32))
    assert.deepEqual(await vault.outbox.daysToRecord('2026-03-03'), [])
  })
}

async function statesOf(vault: Vault) {
  const history = await vault.records.history('Observation', 'a', { count: 9 }, accessAll)
  return history?.items.map((item) => item.state)
}

async function anchorFirst(contract: Awaited<ReturnType<typeof newVault>>): Promise<void> {
  const { outbox } = contract.vault
  const batch = await outbox.openBatch(1)
  assert.ok(batch)
  const statement = signBatch(contract, batch, 10n)
  await outbox.saveStatement(batch.batchId, statement)
  await outbox.markFinal(batch.batchId, {
    statementId: statement.statementId,
    height: 1n,
    blockTimeSeconds: 1n,
  })
}

async function leavesIn(
  { driver, settings }: ContractVault,
  batch: Batch | undefined,
): Promise<readonly Uint8Array[]> {
  const leaves = batch && (await leavesOf(driver, settings.organisationId, batch.batchId))
  return splitLeaves(leaves ?? new Uint8Array(0))
}
