/** Contract of lists by state: received → sealed → submitted → final → superseded → erased, access rule and cursor included. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessAll, accessNone } from '../access-rule.ts'
import type { VersionState } from '../records/records.ts'
import type { Vault } from '../vault.ts'
import {
  type ContractHome,
  type ContractVault,
  newVault,
  observation,
  receiveOne,
  storeItems,
} from './contract-vault.ts'
import { anchorAll, signBatch } from './signed-batch.ts'

const states: readonly VersionState[] = ['sealed', 'submitted', 'final', 'superseded', 'erased']

async function listed(vault: Vault, state: VersionState, more = {}): Promise<string[] | undefined> {
  const page = await vault.records.list({ count: 50, state, ...more }, accessAll)
  return page?.items.map((item) => `${item.id}/${item.version}`)
}

async function eraseRecord(vault: Vault, id: string): Promise<void> {
  const asked = await vault.erase.request({ kind: 'record', type: 'Observation', id }, 'r', 'wang')
  await vault.erase.confirm('requestId' in asked ? asked.requestId : assert.fail(asked.code), 'li')
}

/** `a/1` superseded, `a/2` and `b/1` final, `c/1` and `c/2` erased, `d/1` submitted, `b/2` and `e/1` sealed. */
async function oneOfEach(home: ContractHome): Promise<ContractVault> {
  const contract = await newVault(home())
  const { vault } = contract
  const lis = { source: 'lis', patientId: 'p2' }
  await storeItems(vault, observation('a', 1), observation('b', 1, lis), observation('c', 1))
  await storeItems(vault, observation('a', 2), observation('c', 2))
  await anchorAll(contract)
  await eraseRecord(vault, 'c')
  await storeItems(vault, observation('d', 1))
  const batch = (await vault.outbox.openBatch(1)) ?? assert.fail('nothing waits')
  await vault.outbox.saveStatement(batch.batchId, signBatch(contract, batch, 3600n))
  await storeItems(vault, observation('b', 2, lis), observation('e', 1))
  return contract
}

/** Registers the tests. */
export function listContract(home: ContractHome): void {
  test('every version is listed under the one state it has', async () => {
    const { vault } = await oneOfEach(home)
    const found = await Promise.all(states.map((state) => listed(vault, state)))
    assert.deepEqual(Object.fromEntries(states.map((state, i) => [state, found[i]])), {
      sealed: ['e/1', 'b/2'],
      submitted: ['d/1'],
      final: ['a/2'],
      superseded: ['b/1', 'a/1'],
      erased: ['c/2', 'c/1'],
    })
    assert.equal((await vault.records.list({ count: 50 }, accessAll))?.items.length, 5)
  })

  test('what the list says of an item is the state that was asked for', async () => {
    const { vault } = await oneOfEach(home)
    for (const state of states) {
      const page = await vault.records.list({ count: 50, state }, accessAll)
      assert.deepEqual(new Set(page?.items.map((item) => item.state)), new Set([state]))
    }
  })

  test('a state goes with type, source and patient, and with the access rule', async () => {
    const { vault } = await oneOfEach(home)
    assert.deepEqual(await listed(vault, 'sealed', { source: 'lis' }), ['b/2'])
    assert.deepEqual(await listed(vault, 'superseded', { patientId: 'p1' }), ['a/1'])
    assert.deepEqual(await listed(vault, 'final', { type: 'Patient' }), [])
    const p2 = { ...accessAll, patients: ['p2'], referenceData: false }
    for (const state of states) {
      const page = await vault.records.list({ count: 50, state }, p2)
      assert.deepEqual(
        new Set(page?.items.map((item) => item.patientId)),
        new Set(page?.items.length ? ['p2'] : []),
      )
      assert.deepEqual((await vault.records.list({ count: 50, state }, accessNone))?.items, [])
    }
  })

  test('pages of a state stay in their place while versions move on and others arrive', async () => {
    const contract = await newVault(home())
    const { vault } = contract
    for (const id of ['a', 'b', 'c', 'd']) await storeItems(vault, observation(id, 1))
    const first = await vault.records.list({ count: 2, state: 'sealed' }, accessAll)
    assert.deepEqual(
      first?.items.map((item) => item.id),
      ['d', 'c'],
    )
    await vault.outbox.openBatch(1)
    await storeItems(vault, observation('e', 1))
    const cursor = first?.next ?? assert.fail('no next page')
    const rest = await vault.records.list({ count: 2, state: 'sealed', cursor }, accessAll)
    assert.deepEqual([rest?.items.map((item) => item.id), rest?.next], [['b', 'a'], undefined])
    assert.equal(await vault.records.list({ count: 2, state: 'final', cursor }, accessAll), undefined)
  })

  test('superseded versions of one record are paged one by one', async () => {
    const contract = await newVault(home())
    const { vault } = contract
    for (const value of [1, 2, 3, 4]) await storeItems(vault, observation('a', value))
    await anchorAll(contract)
    const seen: number[] = []
    for (let cursor: string | undefined, more = true; more; ) {
      const request = { count: 1, state: 'superseded', ...(cursor === undefined ? {} : { cursor }) } as const
      const page = await vault.records.list(request, accessAll)
      seen.push(...(page?.items.map((item) => item.version) ?? []))
      cursor = page?.next
      more = cursor !== undefined
    }
    assert.deepEqual(seen, [3, 2, 1])
  })

  test('what waits in the inbox is listed as received until it is stored or refused', async () => {
    const { vault } = await newVault(home())
    const [first, second, third] = [
      await receiveOne(vault, 'm1'),
      await receiveOne(vault, 'm2'),
      await receiveOne(vault, 'm3'),
    ]
    const page = await vault.inbox.waiting({ count: 2 }, accessAll)
    assert.deepEqual(
      page?.items.map((item) => item.deliveryId),
      [third, second],
    )
    assert.deepEqual([page?.items[0]?.source, page?.items[0]?.form], ['his', 'hl7v2'])
    await vault.quarantine.put([{ deliveryId: second, room: 'validate', code: 'c', detail: 1, findings: [] }])
    const cursor = page?.next ?? assert.fail('no next page')
    const rest = await vault.inbox.waiting({ count: 2, cursor }, accessAll)
    assert.deepEqual(
      rest?.items.map((item) => item.deliveryId),
      [first],
    )
    await vault.records.store({
      items: [observation('o', 1, { deliveryId: third })],
      finished: [{ deliveryId: third }],
    })
    const all = await vault.inbox.waiting({ count: 9 }, accessAll)
    assert.deepEqual(
      all?.items.map((item) => item.deliveryId),
      [first],
    )
    assert.equal((await vault.inbox.waiting({ count: 9, source: 'lis' }, accessAll))?.items.length, 0)
    assert.equal(
      (await vault.inbox.waiting({ count: 9 }, { ...accessAll, sources: ['lis'] }))?.items.length,
      0,
    )
    assert.equal(
      (await vault.inbox.waiting({ count: 9 }, { ...accessAll, patients: ['p1'] }))?.items.length,
      0,
    )
    assert.equal(await vault.inbox.waiting({ count: 9, source: 'lis', cursor }, accessAll), undefined)
  })
}
