/** Contract of large sealed bytes: kept in the blob store, named by their row, reached by reading, erasing and verifying. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { canonicalTextOf } from '@meridian/protocol'
import { accessAll } from '../access-rule.ts'
import { openVaultOn } from '../open-vault.ts'
import type { StoreItem } from '../records/store-item.ts'
import type { SqlSession } from '../sql/driver.ts'
import {
  type ContractHome,
  type ContractVault,
  delivery,
  newVault,
  observation,
  storeOne,
} from './contract-vault.ts'
import { createMemoryBlobs, type MemoryBlobs } from './memory-blobs.ts'

const FROM_BYTES = 2000
const LARGE = randomBytes(FROM_BYTES)

interface BlobVault extends ContractVault {
  readonly blobs: MemoryBlobs
}

async function newBlobVault(home: ContractHome): Promise<BlobVault> {
  const blobs = createMemoryBlobs()
  return { ...(await newVault(home(), { blobs: { store: blobs, fromBytes: FROM_BYTES } })), blobs }
}

function large(controlId: string, bytes: Uint8Array = LARGE) {
  return delivery(controlId, '', { bytes: new Uint8Array(bytes) })
}

/** A FHIR Binary whose data make it large. */
function binary(id: string, more: Partial<StoreItem> = {}): StoreItem {
  const text = canonicalTextOf({
    resourceType: 'Binary',
    id,
    contentType: 'application/pdf',
    data: LARGE.toString('base64'),
  })
  return observation(id, 1, { type: 'Binary', text, search: [], ...more })
}

async function columns({ driver, settings }: ContractVault, table: string) {
  return driver.query<{ sealed: Uint8Array | null; blob: Uint8Array | null }>(
    `SELECT sealed, blob FROM ${table} WHERE organisation_id = $1`,
    [settings.organisationId],
  )
}

async function received({ vault }: BlobVault, controlId = 'm1'): Promise<string> {
  const [reception] = await vault.inbox.receive([large(controlId)])
  return reception?.deliveryId ?? assert.fail('no reception')
}

/** Registers the tests. */
export function blobsContract(home: ContractHome): void {
  test('a large delivery lies in the blob store, encrypted, and comes out as it came', async () => {
    const contract = await newBlobVault(home)
    const deliveryId = await received(contract)
    assert.deepEqual((await columns(contract, 'deliveries'))[0]?.sealed, null)
    const [held] = [...contract.blobs.held.values()]
    assert.equal(Buffer.from(held ?? []).includes(LARGE.subarray(100, 132)), false)
    assert.deepEqual(Buffer.from((await contract.vault.inbox.original(deliveryId)) ?? []), LARGE)
    assert.deepEqual(Buffer.from((await contract.vault.inbox.pending(9))[0]?.bytes ?? []), LARGE)
    assert.equal((await contract.vault.inbox.get(deliveryId))?.controlId, 'm1')
  })

  test('a small delivery stays in its row', async () => {
    const contract = await newBlobVault(home)
    await contract.vault.inbox.receive([delivery('m1', 'small')])
    assert.equal(contract.blobs.held.size, 0)
    assert.equal((await columns(contract, 'deliveries'))[0]?.blob, null)
  })

  test('a repeat of a large delivery leaves no second blob; other bytes under its id do', async () => {
    const contract = await newBlobVault(home)
    await received(contract)
    const other = large('m1', randomBytes(FROM_BYTES))
    const receptions = await contract.vault.inbox.receive([large('m1'), other])
    assert.deepEqual(
      receptions.map((one) => one.outcome),
      ['duplicate', 'conflict'],
    )
    assert.equal(contract.blobs.held.size, 2)
  })

  test('a large version is read, searched and shown in its history like any other', async () => {
    const contract = await newBlobVault(home)
    const { vault } = contract
    await storeOne(vault, binary('x'))
    await storeOne(vault, binary('x', { text: canonicalTextOf({ resourceType: 'Binary', id: 'x' }) }))
    const [first, second] = await columns(contract, 'record_versions')
    assert.deepEqual([first?.sealed, first?.blob?.length, second?.blob], [null, 16, null])
    const data = LARGE.toString('base64')
    assert.ok((await vault.records.vread('Binary', 'x', 1, accessAll))?.opened?.resource.includes(data))
    const history = await vault.records.history('Binary', 'x', { count: 9 }, accessAll)
    assert.deepEqual(
      history?.items.map((item) => item.opened?.resource.includes(data)),
      [false, true],
    )
    await storeOne(vault, binary('y'))
    const found = await vault.records.search({ type: 'Binary', criteria: [], count: 9 }, accessAll)
    assert.deepEqual(
      found?.items.map((item) => item.opened?.resource.includes(data)),
      [false, true],
    )
    assert.deepEqual((await vault.verify()).faults, [])
  })

  test('a large refused delivery is listed with its control id, and mended', async () => {
    const contract = await newBlobVault(home)
    const { vault } = contract
    const deliveryId = await received(contract)
    await vault.quarantine.put([{ deliveryId, room: 'validate', code: 'c', detail: 1, findings: [] }])
    assert.equal((await vault.quarantine.list({ count: 9 }))?.items[0]?.controlId, 'm1')
    await vault.quarantine.replaceBytes(deliveryId, Buffer.from('mended'), 'wang')
    await vault.quarantine.retry(deliveryId, 'wang')
    assert.equal(Buffer.from((await vault.inbox.pending(9))[0]?.bytes ?? []).toString(), 'mended')
  })

  test('an erasure takes the blobs of what it reaches, and no other', async () => {
    const contract = await newBlobVault(home)
    const { vault, blobs } = contract
    const deliveryId = await received(contract)
    await vault.records.store({ items: [binary('x', { deliveryId })], finished: [{ deliveryId }] })
    await storeOne(vault, binary('y', { patientId: 'p2' }))
    assert.equal(blobs.held.size, 3)
    const asked = await vault.erase.request({ kind: 'patient', patientId: 'p1' }, 'r', 'wang')
    await vault.erase.confirm('requestId' in asked ? asked.requestId : assert.fail(asked.code), 'li')
    assert.equal(blobs.held.size, 1)
    assert.ok((await vault.records.read('Binary', 'y', accessAll))?.opened)
    assert.equal((await vault.records.read('Binary', 'x', accessAll))?.opened, null)
    assert.deepEqual((await vault.verify()).faults, [])
  })

  test('a blob that was altered, is missing, or was put in the place of another is named by verify', async () => {
    const contract = await newBlobVault(home)
    const { vault, blobs } = contract
    const deliveryId = await received(contract)
    for (const id of ['x', 'y', 'z']) await storeOne(vault, binary(id))
    const nameOf = async (id: string) => {
      const [row] = await contract.driver.query<{ name: string }>(
        `SELECT encode(v.blob, 'hex') AS name FROM record_versions v JOIN records r USING (organisation_id, record)
         WHERE r.organisation_id = $1 AND r.id = $2`,
        [contract.settings.organisationId, id],
      )
      return row?.name ?? assert.fail('no blob')
    }
    const [x, y, z] = [await nameOf('x'), await nameOf('y'), await nameOf('z')]
    const altered = Buffer.from(blobs.held.get(x) ?? [])
    altered[40] = (altered[40] ?? 0) ^ 1
    blobs.held.set(x, altered)
    blobs.held.set(z, blobs.held.get(y) ?? new Uint8Array(0))
    blobs.held.delete(y)
    const [ofDelivery] = (await columns(contract, 'deliveries')).map((row) =>
      Buffer.from(row.blob ?? []).toString('hex'),
    )
    blobs.held.delete(ofDelivery ?? '')
    const { faults } = await vault.verify()
    assert.deepEqual(
      faults.map(({ kind, table, where }) => [kind, table, where.id ?? where.deliveryId]),
      [
        ['altered', 'blob store', 'x'],
        ['missing', 'blob store', 'y'],
        ['altered', 'blob store', 'z'],
        ['missing', 'blob store', deliveryId],
      ],
    )
    await assert.rejects(vault.records.read('Binary', 'y', accessAll), { code: 'damaged' })
    await assert.rejects(vault.inbox.get(deliveryId), { code: 'damaged' })
  })

  test('a blob that is erased while verify is under way is no fault', async () => {
    const contract = await newBlobVault(home)
    const { vault, blobs, settings, driver } = contract
    await storeOne(vault, binary('x'))
    const get: typeof blobs.get = async (name) => {
      const asked = await vault.erase.request({ kind: 'patient', patientId: 'p1' }, 'r', 'wang')
      if ('requestId' in asked) await vault.erase.confirm(asked.requestId, 'li')
      return blobs.get(name)
    }
    const watching = { store: { ...blobs, get }, fromBytes: FROM_BYTES }
    const verifying = await openVaultOn(driver, { ...settings, blobs: watching })
    assert.deepEqual((await verifying.verify()).faults, [])
    assert.equal(blobs.held.size, 0)
  })

  test('what no row names is swept when the vault is opened, and what is named stays', async () => {
    const contract = await newBlobVault(home)
    const { blobs, settings, driver } = contract
    await received(contract)
    await storeOne(contract.vault, binary('x'))
    const orphan = randomBytes(16).toString('hex')
    await blobs.put(orphan, LARGE)
    await openVaultOn(driver, settings)
    assert.deepEqual([blobs.held.has(orphan), blobs.held.size], [false, 2])
  })

  test('a database that names nothing of the store sweeps nothing: it is not the one the store belongs to', async () => {
    const contract = await newBlobVault(home)
    await received(contract)
    const { blobs } = contract.settings
    await newVault(home(), blobs === undefined ? {} : { blobs })
    assert.equal(contract.blobs.held.size, 1)
  })

  test('a blob is in the store before its row is written, and goes when the transaction fails', async () => {
    const contract = await newBlobVault(home)
    const { blobs, settings, driver } = contract
    let heldAtInsert = -1
    const failing = {
      ...driver,
      transaction: <T>(work: (session: SqlSession) => Promise<T>) =>
        driver.transaction((session) =>
          work({
            query: (sql, parameters) => {
              if (sql.includes('INSERT INTO record_versions')) {
                heldAtInsert = blobs.held.size
                return session.query('SELECT no_such_column')
              }
              return session.query(sql, parameters)
            },
          }),
        ),
    }
    const broken = await openVaultOn(failing, settings)
    await assert.rejects(storeOne(broken, binary('x')), { name: 'VaultFailure' })
    assert.deepEqual([heldAtInsert, blobs.held.size], [1, 0])
  })

  test('a blob store that fails keeps the delivery from being taken in, and nothing else is written', async () => {
    const contract = await newBlobVault(home)
    const { settings, driver, blobs } = contract
    const full = {
      ...blobs,
      put: () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
    }
    const vault = await openVaultOn(driver, { ...settings, blobs: { store: full, fromBytes: FROM_BYTES } })
    await assert.rejects(vault.inbox.receive([large('m1')]))
    assert.deepEqual(await contract.vault.inbox.pending(9), [])
  })
}
