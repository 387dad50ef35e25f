/** Contract of the inbox. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ContractHome, delivery, newVault, observation, receiveOne, textOf } from './contract-vault.ts'

/** Registers the tests. */
export function inboxContract(home: ContractHome): void {
  test('a delivery comes out exactly as it came, with what was sealed beside it', async () => {
    const { vault } = await newVault(home())
    const bytes = new Uint8Array([0, 255, 13, 10, 0x0b, 0x1c])
    const given = { bytes, context: { heading: '姓名' }, position: { file: '张三.csv', line: 7 } }
    const [reception] = await vault.inbox.receive([delivery('m1', '', given)])
    const kept = await vault.inbox.get(reception?.deliveryId ?? '')
    assert.deepEqual(kept?.bytes, bytes)
    assert.deepEqual([kept?.context, kept?.position, kept?.controlId], [given.context, given.position, 'm1'])
    assert.deepEqual(
      [kept?.state, kept?.mended, kept?.receivedTime],
      ['received', false, '2026-03-02T07:59:59.000Z'],
    )
    assert.deepEqual(await vault.inbox.original(reception?.deliveryId ?? ''), bytes)
  })

  test('same source, control id and bytes is a duplicate with the answer of the first', async () => {
    const { vault } = await newVault(home())
    const first = await receiveOne(vault, 'm1', 'A')
    await vault.inbox.saveAnswer(first, Buffer.from('MSA|AA'))
    const [repeat] = await vault.inbox.receive([delivery('m1', 'A')])
    assert.deepEqual([repeat?.outcome, repeat?.deliveryId, repeat?.state], ['duplicate', first, 'received'])
    assert.equal(textOf(repeat?.answer), 'MSA|AA')
  })

  test('a duplicate of a stored delivery names its records', async () => {
    const { vault } = await newVault(home())
    const deliveryId = await receiveOne(vault, 'm1', 'A')
    const answer = Buffer.from('stored')
    await vault.records.store({
      items: [observation('o1', 1, { deliveryId })],
      finished: [{ deliveryId, answer }],
    })
    const [repeat] = await vault.inbox.receive([delivery('m1', 'A')])
    assert.equal(repeat?.state, 'stored')
    assert.deepEqual(repeat?.records, [{ type: 'Observation', id: 'o1', outcome: 'stored', version: 1 }])
    assert.equal(textOf(repeat?.answer), 'stored')
  })

  test('same control id with other bytes is a conflict, and is kept', async () => {
    const { vault } = await newVault(home())
    const first = await receiveOne(vault, 'm1', 'A')
    const [conflict] = await vault.inbox.receive([delivery('m1', 'B')])
    assert.deepEqual([conflict?.outcome, conflict?.conflictWith], ['conflict', first])
    const kept = await vault.inbox.get(conflict?.deliveryId ?? '')
    assert.deepEqual([textOf(kept?.bytes), kept?.conflictWith], ['B', first])
    const [again] = await vault.inbox.receive([delivery('m1', 'B')])
    assert.deepEqual([again?.outcome, again?.deliveryId], ['duplicate', conflict?.deliveryId])
  })

  test('the same control id from another source is another delivery', async () => {
    const { vault } = await newVault(home())
    const receptions = await vault.inbox.receive([
      delivery('m1', 'A'),
      delivery('m1', 'A', { source: 'lis' }),
    ])
    assert.deepEqual(
      receptions.map((one) => one.outcome),
      ['new', 'new'],
    )
  })

  test('duplicates and conflicts are told apart inside one group too', async () => {
    const { vault } = await newVault(home())
    const group = [delivery('m1', 'A'), delivery('m1', 'A'), delivery('m1', 'B'), delivery('m1', 'B')]
    const receptions = await vault.inbox.receive(group)
    assert.deepEqual(
      receptions.map((one) => one.outcome),
      ['new', 'duplicate', 'conflict', 'duplicate'],
    )
    assert.equal(receptions[0]?.deliveryId, receptions[1]?.deliveryId)
    assert.equal(receptions[2]?.deliveryId, receptions[3]?.deliveryId)
    assert.equal((await vault.inbox.pending(9)).length, 2)
  })

  test('the same delivery taken in from two sides at once is new once', async () => {
    const { vault } = await newVault(home())
    const groups = await Promise.all(
      Array.from({ length: 4 }, () => vault.inbox.receive([delivery('m1', 'A')])),
    )
    const outcomes = groups.flat().map((one) => one.outcome)
    assert.deepEqual(outcomes.toSorted(), ['duplicate', 'duplicate', 'duplicate', 'new'])
  })

  test('what is pending comes in order of arrival, and no more than asked for', async () => {
    const { vault } = await newVault(home())
    for (const id of ['m3', 'm1', 'm2']) await receiveOne(vault, id)
    assert.deepEqual(
      (await vault.inbox.pending(2)).map((one) => one.controlId),
      ['m3', 'm1'],
    )
  })

  test('a delivery waits until it is stored', async () => {
    const { vault } = await newVault(home())
    const deliveryId = await receiveOne(vault, 'm1')
    await vault.records.store({ items: [observation('o1', 1, { deliveryId })], finished: [{ deliveryId }] })
    assert.deepEqual(await vault.inbox.pending(9), [])
    assert.equal((await vault.inbox.get(deliveryId))?.state, 'stored')
  })

  test('nothing personal is in clear in the inbox', async () => {
    const { vault, driver, settings } = await newVault(home())
    const marked = delivery('MARK-1', 'MARK-2', { context: { a: 'MARK-3' }, position: { file: 'MARK-4' } })
    const [reception] = await vault.inbox.receive([marked])
    await vault.inbox.saveAnswer(reception?.deliveryId ?? '', Buffer.from('MARK-5'))
    for (const table of ['deliveries', 'delivery_keys', 'delivery_answers', 'waiting_deliveries']) {
      const [row] = await driver.query<{ all: string }>(
        `SELECT string_agg(t::text, ' ') AS all FROM ${table} t WHERE organisation_id = $1`,
        [settings.organisationId],
      )
      assert.doesNotMatch(row?.all ?? '', /MARK|4d41524b/)
    }
  })

  test('the digest of the bytes is keyed: two organisations have different ones', async () => {
    const digests = []
    for (const one of [await newVault(home()), await newVault(home())]) {
      await receiveOne(one.vault, 'm1', 'A')
      const [row] = await one.driver.query<{ bytes_digest: Uint8Array }>(
        'SELECT bytes_digest FROM deliveries WHERE organisation_id = $1',
        [one.settings.organisationId],
      )
      digests.push(Buffer.from(row?.bytes_digest ?? []).toString('hex'))
    }
    assert.notEqual(digests[0], digests[1])
  })

  test('an id that is none finds nothing', async () => {
    const { vault } = await newVault(home())
    assert.equal(await vault.inbox.get(`' OR true --`), undefined)
    assert.equal(await vault.inbox.original('00000000-0000-7000-8000-000000000000'), undefined)
  })
}
