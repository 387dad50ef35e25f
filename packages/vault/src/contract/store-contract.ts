/** Contract of `records.store`: versions, chains, order, atomicity, what is sealed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildCommitment, canonicalTextOf } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { accessAll } from '../access-rule.ts'
import { openVaultOn } from '../open-vault.ts'
import {
  type ContractHome,
  newVault,
  observation,
  receiveOne,
  saidAt,
  storeItems,
  storeOne,
} from './contract-vault.ts'

/** Registers the tests. */
export function storeContract(home: ContractHome): void {
  test('a first version is stored and read back to the last digit', async () => {
    const { vault } = await newVault(home())
    const text = canonicalTextOf({ resourceType: 'Observation', id: 'o1', valueQuantity: { value: '置信' } })
    const stored = await storeOne(vault, observation('o1', 1, { text }))
    assert.equal(stored.version, 1)
    assert.equal(stored.handle.length, 16)
    const read = await vault.records.read('Observation', 'o1', accessAll)
    assert.deepEqual([read?.opened?.resource, read?.version, read?.operation], [text, 1, 'create'])
    assert.deepEqual([read?.state, read?.isHead, read?.previous], ['sealed', true, null])
    assert.deepEqual(read?.commitment, stored.commitment)
  })

  test('the commitment is the one anybody builds from content and secret', async () => {
    const { vault, settings } = await newVault(home())
    await storeItems(vault, observation('o1', 1), observation('o1', 2))
    const read = await vault.records.read('Observation', 'o1', accessAll)
    assert.ok(read?.opened)
    const header = {
      suite: 'ed25519-sha256',
      genesisHash: settings.genesisHash,
      organisation: settings.organisationId,
      handle: read.handle,
      version: 2,
      previous: read.previous,
      kind: 'Observation',
      standardsSetHash: settings.standardsSetHash,
    } as const
    const { root, leafCount } = buildCommitment(nodeSuite, header, read.opened.content, read.opened.secret)
    assert.deepEqual([root, leafCount], [read.commitment, read.leafCount])
    const { provenance, resource } = read.opened
    assert.equal(read.opened.content, `{"provenance":${provenance},"resource":${resource}}`)
  })

  test('several versions of one record in one group are chained', async () => {
    const { vault } = await newVault(home())
    const outcomes = await storeItems(vault, ...[1, 2, 3].map((value) => observation('o1', value)))
    assert.deepEqual(
      outcomes.map((one) => one.version),
      [1, 2, 3],
    )
    const history = await vault.records.history('Observation', 'o1', { count: 9 }, accessAll)
    const [third, second, first] = history?.items ?? []
    assert.deepEqual([third?.previous, second?.previous], [second?.commitment, first?.commitment])
    assert.deepEqual(third?.handle, first?.handle)
    assert.notDeepEqual(third?.opened?.secret, second?.opened?.secret)
  })

  test('unchanged content makes no new version', async () => {
    const { vault } = await newVault(home())
    await storeOne(vault, observation('o1', 1))
    const [again] = await storeItems(vault, observation('o1', 1))
    assert.deepEqual(again, { outcome: 'unchanged', type: 'Observation', id: 'o1', version: 1 })
  })

  test('an older message of the same source never overwrites', async () => {
    const { vault } = await newVault(home())
    await storeOne(vault, observation('o1', 2, saidAt('2026-03-02T10:00:00+08:00')))
    const [older] = await storeItems(vault, observation('o1', 1, saidAt('2026-03-02T01:59:59Z')))
    assert.equal(older?.outcome, 'older')
    const [newer] = await storeItems(vault, observation('o1', 3, saidAt('2026-03-02T10:00:01+08:00')))
    assert.equal(newer?.outcome, 'stored')
  })

  test('unchanged content said later still holds off what was said before it', async () => {
    const { vault } = await newVault(home())
    await storeOne(vault, observation('o1', 1, saidAt('2026-03-02T01:00:00Z')))
    await storeItems(vault, observation('o1', 1, saidAt('2026-03-02T03:00:00Z')))
    const [between] = await storeItems(vault, observation('o1', 2, saidAt('2026-03-02T02:00:00Z')))
    assert.equal(between?.outcome, 'older')
  })

  test('the times of two sources are not compared', async () => {
    const { vault } = await newVault(home())
    await storeOne(vault, observation('o1', 1, saidAt('2026-03-02T03:00:00Z')))
    const other = { ...saidAt('2026-03-02T01:00:00Z'), source: 'lis' }
    assert.equal((await storeItems(vault, observation('o1', 2, other)))[0]?.outcome, 'stored')
  })

  test('a create of an existing record is refused, and If-Match must match', async () => {
    const { vault } = await newVault(home())
    await storeOne(vault, observation('o1', 1))
    const [exists] = await storeItems(vault, observation('o1', 2, { operation: 'create' }))
    assert.deepEqual([exists?.outcome, 'code' in (exists ?? {}) && exists], ['refused', exists])
    assert.ok(exists?.outcome === 'refused' && exists.code === 'exists' && exists.version === 1)
    const [conflict] = await storeItems(vault, observation('o1', 2, { expectVersion: 2 }))
    assert.ok(conflict?.outcome === 'refused' && conflict.code === 'version-conflict')
    assert.equal((await storeItems(vault, observation('o1', 2, { expectVersion: 1 })))[0]?.outcome, 'stored')
  })

  test('a delivery is stored whole or not at all, and then goes on waiting', async () => {
    const { vault } = await newVault(home())
    await storeOne(vault, observation('o1', 1))
    const [bad, good] = [await receiveOne(vault, 'bad'), await receiveOne(vault, 'good')]
    const outcomes = await vault.records.store({
      items: [
        observation('o2', 1, { deliveryId: bad }),
        observation('o1', 2, { deliveryId: bad, operation: 'create' }),
        observation('o2', 5, { deliveryId: good }),
      ],
      finished: [{ deliveryId: bad }, { deliveryId: good }],
    })
    assert.deepEqual(
      outcomes.map((one) => ('code' in one ? one.code : one.outcome)),
      ['delivery-refused', 'exists', 'stored'],
    )
    assert.equal(outcomes[2]?.version, 1)
    assert.deepEqual(
      (await vault.inbox.pending(9)).map((one) => one.deliveryId),
      [bad],
    )
  })

  test('a delete ends the record with a version that says so; a later update brings it back', async () => {
    const { vault } = await newVault(home())
    await storeOne(vault, observation('o1', 1))
    const [ended] = await storeItems(vault, observation('o1', 1, { operation: 'delete' }))
    assert.equal(ended?.version, 2)
    const read = await vault.records.read('Observation', 'o1', accessAll)
    assert.equal(read?.operation, 'delete')
    const request = { type: 'Observation', criteria: [], count: 9 }
    assert.deepEqual((await vault.records.search(request, accessAll))?.items, [])
    const repeat = observation('o1', 1, { operation: 'delete' })
    assert.equal((await storeItems(vault, repeat))[0]?.outcome, 'unchanged')
    assert.equal((await storeItems(vault, observation('o1', 1)))[0]?.version, 3)
  })

  test('groups that touch one record at the same time are stored one after another', async () => {
    const { vault, driver, settings } = await newVault(home())
    const other = await openVaultOn(driver, settings)
    const values = Array.from({ length: 12 }, (_, value) => value)
    await Promise.all(
      values.map((value) => storeItems(value % 2 === 0 ? vault : other, observation('o1', value))),
    )
    const history = await vault.records.history('Observation', 'o1', { count: 50 }, accessAll)
    assert.deepEqual(
      history?.items.map((one) => one.version),
      values.map((value) => 12 - value),
    )
    const { faults } = await vault.verify()
    assert.deepEqual(faults, [])
  })

  test('two organisations in one database have records of their own', async () => {
    const [one, two] = [await newVault(home()), await newVault(home())]
    await storeOne(one.vault, observation('o1', 1))
    assert.equal(await two.vault.records.read('Observation', 'o1', accessAll), undefined)
    assert.equal((await storeOne(two.vault, observation('o1', 2))).version, 1)
  })

  test('an empty group and a delivery without records are stored too', async () => {
    const { vault } = await newVault(home())
    assert.deepEqual(await storeItems(vault), [])
    const deliveryId = await receiveOne(vault, 'm1')
    await vault.records.store({ items: [], finished: [{ deliveryId }] })
    assert.deepEqual((await vault.inbox.get(deliveryId))?.records, [])
  })

  test('content and identifiers are nowhere in clear', async () => {
    const { vault, driver, settings } = await newVault(home())
    const text = canonicalTextOf({ resourceType: 'Patient', id: 'p1', name: 'MARK-1' })
    const search = [{ kind: 'identifier', param: 'identifier', system: 'urn:id', value: 'MARK-2' }] as const
    await storeOne(vault, observation('p1', 1, { type: 'Patient', text, search }))
    for (const table of ['records', 'record_versions', 'record_keys', 'outbox', 'search_values', 'tallies']) {
      const [row] = await driver.query<{ all: string }>(
        `SELECT string_agg(t::text, ' ') AS all FROM ${table} t WHERE organisation_id = $1`,
        [settings.organisationId],
      )
      assert.ok(row?.all)
      assert.doesNotMatch(row.all, /MARK|4d41524b/)
    }
  })
}
