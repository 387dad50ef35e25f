/** Contract of the quarantine. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewQuarantineItem } from '../quarantine/quarantine.ts'
import type { Vault } from '../vault.ts'
import { type ContractHome, delivery, newVault, observation, receiveOne, textOf } from './contract-vault.ts'

function refusal(deliveryId: string, code = 'unit-missing'): NewQuarantineItem {
  return {
    deliveryId,
    room: 'validate',
    code,
    place: 'OBX-6',
    detail: { count: 1 },
    findings: [{ code, path: 'Observation.value' }],
    subjects: ['p1'],
  }
}

async function quarantined(vault: Vault, controlId: string, code?: string): Promise<string> {
  const deliveryId = await receiveOne(vault, controlId)
  await vault.quarantine.put([refusal(deliveryId, code)])
  return deliveryId
}

async function storeNow(vault: Vault, deliveryId: string): Promise<void> {
  await vault.records.store({ items: [observation('o1', 1, { deliveryId })], finished: [{ deliveryId }] })
}

/** Registers the tests. */
export function quarantineContract(home: ContractHome): void {
  test('a refused delivery is kept with room, code, place and findings, and waits no more', async () => {
    const { vault } = await newVault(home())
    const position = { file: '张三.hl7', index: 3 }
    const [reception] = await vault.inbox.receive([delivery('m1', 'A', { position })])
    const deliveryId = reception?.deliveryId ?? ''
    await vault.quarantine.put([{ ...refusal(deliveryId), answer: Buffer.from('AE') }])
    assert.deepEqual(await vault.quarantine.get(deliveryId), {
      deliveryId,
      state: 'open',
      room: 'validate',
      code: 'unit-missing',
      place: 'OBX-6',
      detail: { count: 1 },
      findings: [{ code: 'unit-missing', path: 'Observation.value' }],
      source: 'his',
      form: 'hl7v2',
      controlId: 'm1',
      position,
      attempts: 1,
      mended: false,
      refusedTime: '2026-03-02T08:00:00.000Z',
      changedBy: null,
    })
    assert.deepEqual(await vault.inbox.pending(9), [])
    const [repeat] = await vault.inbox.receive([delivery('m1', 'A')])
    assert.deepEqual([repeat?.state, textOf(repeat?.answer)], ['quarantined', 'AE'])
  })

  test('open items are grouped by room and code, most first', async () => {
    const { vault } = await newVault(home())
    await quarantined(vault, 'm1', 'b')
    await quarantined(vault, 'm2', 'a')
    await quarantined(vault, 'm3', 'a')
    const groups = await vault.quarantine.groups()
    assert.deepEqual(
      groups.map(({ room, code, count }) => [room, code, count]),
      [
        ['validate', 'a', 2],
        ['validate', 'b', 1],
      ],
    )
  })

  test('a list is filtered and paged, newest first', async () => {
    const { vault } = await newVault(home())
    const made = []
    for (const id of ['m1', 'm2', 'm3']) made.push(await quarantined(vault, id, 'a'))
    await quarantined(vault, 'm4', 'b')
    const first = await vault.quarantine.list({ count: 2, code: 'a' })
    assert.deepEqual(
      first?.items.map((item) => item.deliveryId),
      [made[2], made[1]],
    )
    assert.ok(first?.next)
    const rest = await vault.quarantine.list({ count: 2, code: 'a', cursor: first.next })
    assert.deepEqual([rest?.items.map((item) => item.deliveryId), rest?.next], [[made[0]], undefined])
    assert.equal(await vault.quarantine.list({ count: 2, code: 'b', cursor: first.next }), undefined)
    assert.equal((await vault.quarantine.list({ count: 9, source: 'lis' }))?.items.length, 0)
  })

  test('mend and retry: the mended bytes come out of the inbox, the original stays', async () => {
    const { vault } = await newVault(home())
    const deliveryId = await quarantined(vault, 'm1')
    assert.equal(await vault.quarantine.replaceBytes(deliveryId, Buffer.from('mended'), 'wang'), true)
    assert.equal(await vault.quarantine.retry(deliveryId, 'wang'), true)
    const [pending] = await vault.inbox.pending(9)
    assert.deepEqual([textOf(pending?.bytes), pending?.mended, pending?.state], ['mended', true, 'received'])
    assert.equal(textOf(await vault.inbox.original(deliveryId)), 'text of m1')
    await storeNow(vault, deliveryId)
    const item = await vault.quarantine.get(deliveryId)
    assert.deepEqual([item?.state, item?.changedBy, item?.mended], ['resolved', 'wang', true])
    assert.equal((await vault.inbox.get(deliveryId))?.state, 'stored')
    assert.equal((await vault.quarantine.list({ count: 9, state: 'resolved' }))?.items.length, 1)
    assert.deepEqual((await vault.verify()).faults, [])
  })

  test('a second refusal opens the item again and counts the attempts', async () => {
    const { vault } = await newVault(home())
    const deliveryId = await quarantined(vault, 'm1', 'a')
    await vault.quarantine.retry(deliveryId, 'wang')
    assert.equal((await vault.quarantine.get(deliveryId))?.state, 'retrying')
    await vault.quarantine.put([refusal(deliveryId, 'b')])
    const item = await vault.quarantine.get(deliveryId)
    assert.deepEqual([item?.state, item?.code, item?.attempts], ['open', 'b', 2])
    assert.deepEqual((await vault.verify()).faults, [])
  })

  test('a whole group is taken for another try, in the old order', async () => {
    const { vault } = await newVault(home())
    const made = [await quarantined(vault, 'm1', 'a'), await quarantined(vault, 'm2', 'a')]
    await quarantined(vault, 'm3', 'b')
    assert.equal(await vault.quarantine.retryGroup('validate', 'a', 'wang'), 2)
    assert.deepEqual(
      (await vault.inbox.pending(9)).map((one) => one.deliveryId),
      made,
    )
    assert.equal(await vault.quarantine.retryGroup('validate', 'a', 'wang'), 0)
  })

  test('what is dismissed stays where it is and is not taken again', async () => {
    const { vault } = await newVault(home())
    const deliveryId = await quarantined(vault, 'm1')
    assert.equal(await vault.quarantine.dismiss(deliveryId, 'wang'), true)
    assert.equal(await vault.quarantine.retry(deliveryId, 'wang'), false)
    assert.equal(await vault.quarantine.replaceBytes(deliveryId, Buffer.from('x'), 'wang'), false)
    assert.equal((await vault.inbox.get(deliveryId))?.state, 'quarantined')
    assert.equal(textOf(await vault.inbox.original(deliveryId)), 'text of m1')
  })

  test('nothing of what was refused is in clear, and an id that is none changes nothing', async () => {
    const { vault, driver, settings } = await newVault(home())
    const deliveryId = await receiveOne(vault, 'm1')
    const marked = { detail: 'MARK-1', findings: ['MARK-2'], place: 'MARK-3', subjects: ['MARK-4'] }
    await vault.quarantine.put([{ ...refusal(deliveryId), ...marked }])
    for (const table of ['quarantine_items', 'quarantine_subjects']) {
      const [row] = await driver.query<{ all: string }>(
        `SELECT string_agg(t::text, ' ') AS all FROM ${table} t WHERE organisation_id = $1`,
        [settings.organisationId],
      )
      assert.doesNotMatch(row?.all ?? 'MARK', /MARK|4d41524b/)
    }
    assert.equal(await vault.quarantine.retry('none', 'wang'), false)
    assert.equal(await vault.quarantine.get('none'), undefined)
  })
}
