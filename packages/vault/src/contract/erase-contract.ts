/** Contract of erasure: two persons, every copy, the tombstone, holds and retention, the list that outlives a backup. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalTextOf } from '@meridian/protocol'
import { accessAll } from '../access-rule.ts'
import type { EraseTarget } from '../erase/erase.ts'
import type { Vault } from '../vault.ts'
import {
  type ContractHome,
  delivery,
  newVault,
  observation,
  receiveOne,
  storeItems,
  storeOne,
} from './contract-vault.ts'
import { anchorAll } from './signed-batch.ts'

const patient: EraseTarget = { kind: 'patient', patientId: 'p1' }

async function requestErase(vault: Vault, target: EraseTarget = patient): Promise<string> {
  const made = await vault.erase.request(target, 'asked in writing', 'wang')
  return 'requestId' in made ? made.requestId : assert.fail(made.code)
}

async function erase(vault: Vault, target: EraseTarget = patient) {
  const done = await vault.erase.confirm(await requestErase(vault, target), 'li')
  return 'versions' in done ? done : assert.fail(done.code)
}

/** Two versions of one record by two deliveries, one refused delivery about the same person, one record of another. */
async function fill(vault: Vault): Promise<{ readonly stored: string; readonly refused: string }> {
  const [stored, refused, mended] = [
    await receiveOne(vault, 'm1', 'MARK-1'),
    await receiveOne(vault, 'm2', 'MARK-2'),
    await receiveOne(vault, 'm3', 'MARK-3'),
  ]
  const text = canonicalTextOf({ resourceType: 'Observation', id: 'o1', note: 'MARK-4' })
  await vault.records.store({
    items: [observation('o1', 1, { deliveryId: stored, text })],
    finished: [{ deliveryId: stored, answer: Buffer.from('MARK-5') }],
  })
  const refusal = { room: 'validate', code: 'c', detail: 'MARK-6', findings: [], subjects: ['p1'] }
  await vault.quarantine.put([
    { ...refusal, deliveryId: refused },
    { ...refusal, deliveryId: mended },
  ])
  await vault.quarantine.replaceBytes(mended, Buffer.from('MARK-7'), 'wang')
  await storeItems(vault, observation('o1', 2), observation('other', 1, { patientId: 'p2' }))
  return { stored, refused }
}

/** Registers the tests. */
export function eraseContract(home: ContractHome): void {
  test('an erasure needs a second person', async () => {
    const { vault } = await newVault(home())
    await storeOne(vault, observation('o1', 1))
    const requestId = await requestErase(vault)
    const own = await vault.erase.confirm(requestId, 'wang')
    assert.deepEqual(own, { refused: true, code: 'same-person', detail: {} })
    assert.ok((await vault.records.read('Observation', 'o1', accessAll))?.opened)
    assert.ok('versions' in (await vault.erase.confirm(requestId, 'li')))
    assert.equal((await vault.erase.requests())[0]?.confirmedBy, 'li')
    const twice = await vault.erase.confirm(requestId, 'zhao')
    assert.equal('code' in twice && twice.code, 'request-unknown')
  })

  test('it reaches versions, keys, search rows, inbox, answers and quarantine, and nobody else', async () => {
    const contract = await newVault(home())
    const { vault } = contract
    const { stored, refused } = await fill(vault)
    assert.deepEqual(await erase(vault), {
      requestId: (await vault.erase.requests())[0]?.requestId,
      records: 1,
      versions: 2,
      deliveries: 3,
    })
    assert.equal(await vault.inbox.original(stored), undefined)
    assert.deepEqual(
      [(await vault.inbox.get(refused))?.state, await vault.quarantine.get(refused)],
      ['erased', undefined],
    )
    assert.equal(await countRows(contract, 'record_keys'), 1)
    assert.equal(await countRows(contract, 'search_values'), 3)
    assert.equal(
      (await countRows(contract, 'delivery_keys')) + (await countRows(contract, 'mended_deliveries')),
      0,
    )
    assert.equal(
      (await countRows(contract, 'delivery_answers')) + (await countRows(contract, 'quarantine_subjects')),
      0,
    )
    assert.ok((await vault.records.read('Observation', 'other', accessAll))?.opened)
  })

  test('a tombstone stays: chain, commitments and place in the batch, state erased', async () => {
    const contract = await newVault(home())
    const { vault } = contract
    await storeItems(vault, observation('o1', 1), observation('o1', 2))
    await anchorAll(contract)
    const before = await vault.records.history('Observation', 'o1', { count: 9 }, accessAll)
    await erase(vault)
    const after = await vault.records.history('Observation', 'o1', { count: 9 }, accessAll)
    assert.deepEqual(
      after?.items.map((item) => [item.state, item.opened, item.patientId, item.times.clinical]),
      [
        ['erased', null, null, undefined],
        ['erased', null, null, undefined],
      ],
    )
    const chain = (page: typeof before) =>
      page?.items.map((item) => [item.version, item.commitment, item.previous])
    assert.deepEqual(chain(after), chain(before))
    assert.equal((await vault.outbox.batchOf('Observation', 'o1', 2))?.leafIndex, 1)
    assert.deepEqual((await vault.verify()).faults, [])
    assert.equal((await vault.status()).versions.erased, 2)
  })

  test('what is erased is not found, listed as content, or taken in again by a repeat', async () => {
    const { vault } = await newVault(home())
    await fill(vault)
    await erase(vault)
    const page = await vault.records.search({ type: 'Observation', criteria: [], count: 9 }, accessAll)
    assert.deepEqual(
      page?.items.map((item) => item.id),
      ['other'],
    )
    const [repeat] = await vault.inbox.receive([delivery('m1', 'MARK-1')])
    assert.deepEqual([repeat?.outcome, repeat?.state], ['duplicate', 'erased'])
    assert.deepEqual((await vault.verify()).faults, [])
  })

  test('news about the person afterwards go on with the chain', async () => {
    const { vault } = await newVault(home())
    await storeOne(vault, observation('o1', 1))
    await erase(vault)
    assert.equal((await storeOne(vault, observation('o1', 1))).version, 2)
    const read = await vault.records.read('Observation', 'o1', accessAll)
    assert.ok(read?.opened)
    assert.deepEqual((await vault.verify()).faults, [])
  })

  test('one record, or one delivery, is erased without the rest', async () => {
    const { vault } = await newVault(home())
    await storeItems(vault, observation('o1', 1), observation('o2', 1))
    assert.equal((await erase(vault, { kind: 'record', type: 'Observation', id: 'o1' })).records, 1)
    assert.ok((await vault.records.read('Observation', 'o2', accessAll))?.opened)
    const deliveryId = await receiveOne(vault, 'm1')
    const done = await erase(vault, { kind: 'delivery', deliveryId })
    assert.deepEqual([done.records, done.deliveries], [0, 1])
    assert.deepEqual(await vault.inbox.pending(9), [])
    assert.deepEqual((await vault.verify()).faults, [])
  })

  test('a legal hold forbids it, also for a delivery that carried the held record', async () => {
    const { vault } = await newVault(home())
    const { stored } = await fill(vault)
    const requestId = await requestErase(vault)
    const hold = await vault.erase.placeHold(
      { kind: 'record', type: 'Observation', id: 'o1' },
      'case 7',
      'zhao',
    )
    const refused = await vault.erase.confirm(requestId, 'li')
    assert.deepEqual(refused, { refused: true, code: 'legal-hold', detail: { holdId: hold.holdId } })
    const source = await vault.erase.request({ kind: 'delivery', deliveryId: stored }, 'r', 'wang')
    assert.equal('code' in source && source.code, 'legal-hold')
    assert.equal(await vault.erase.liftHold(hold.holdId, 'zhao'), true)
    assert.deepEqual(
      [await vault.erase.liftHold(hold.holdId, 'zhao'), await vault.erase.holds()],
      [false, []],
    )
    assert.ok('versions' in (await vault.erase.confirm(requestId, 'li')))
  })

  test('a retention rule forbids it until the time is over', async () => {
    const { vault, clock } = await newVault(home())
    await storeOne(vault, observation('o1', 1))
    await vault.erase.setRetention({ type: '*', minimumDays: 1 })
    await vault.erase.setRetention({ type: 'Observation', minimumDays: 30 })
    const young = await vault.erase.request(patient, 'r', 'wang')
    const detail = { type: 'Observation', keepUntil: '2026-04-01T08:00:00.000Z' }
    assert.deepEqual(young, { refused: true, code: 'retention', detail })
    clock.advance(30 * 86_400_000)
    assert.equal((await erase(vault)).versions, 1)
  })

  test('a request can be withdrawn, and asks for something that is there', async () => {
    const { vault } = await newVault(home())
    const none = await vault.erase.request(patient, 'r', 'wang')
    assert.equal('code' in none && none.code, 'nothing-to-erase')
    await storeOne(vault, observation('o1', 1))
    const requestId = await requestErase(vault)
    assert.equal(await vault.erase.withdraw(requestId, 'wang'), undefined)
    const late = await vault.erase.confirm(requestId, 'li')
    assert.equal('code' in late && late.code, 'request-unknown')
    assert.equal((await vault.erase.withdraw('none', 'wang'))?.code, 'request-unknown')
  })

  test('the erasure list replayed over a restored store erases again', async () => {
    const contract = await newVault(home())
    const { vault, driver, settings } = contract
    await fill(vault)
    await driver.query('CREATE TABLE IF NOT EXISTS backup_of_keys AS SELECT * FROM record_keys WHERE false')
    await driver.query(
      'CREATE TABLE IF NOT EXISTS backup_of_versions AS SELECT * FROM record_versions WHERE false',
    )
    await driver.query('INSERT INTO backup_of_keys SELECT * FROM record_keys WHERE organisation_id = $1', [
      settings.organisationId,
    ])
    await driver.query(
      'INSERT INTO backup_of_versions SELECT * FROM record_versions WHERE organisation_id = $1',
      [settings.organisationId],
    )
    await erase(vault)
    const list = await vault.erase.erasureList()
    assert.deepEqual([list.length, list[0]?.records[0]?.upToVersion, list[0]?.deliveries.length], [1, 2, 3])
    for (const table of ['erasures', 'record_keys', 'record_versions']) {
      await driver.query(`DELETE FROM ${table} WHERE organisation_id = $1`, [settings.organisationId])
    }
    await driver.query('INSERT INTO record_keys SELECT * FROM backup_of_keys WHERE organisation_id = $1', [
      settings.organisationId,
    ])
    await driver.query(
      'INSERT INTO record_versions SELECT * FROM backup_of_versions WHERE organisation_id = $1',
      [settings.organisationId],
    )
    assert.ok((await vault.records.read('Observation', 'o1', accessAll))?.opened)
    assert.equal((await vault.erase.replay(list)).versions, 2)
    assert.equal((await vault.records.read('Observation', 'o1', accessAll))?.opened, null)
    assert.deepEqual((await vault.verify()).faults, [])
    assert.equal((await vault.erase.replay(list)).versions, 0)
  })
}

async function countRows(contract: Awaited<ReturnType<typeof newVault>>, table: string): Promise<number> {
  const [row] = await contract.driver.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table} WHERE organisation_id = $1`,
    [contract.settings.organisationId],
  )
  return row?.count ?? 0
}
