/** Contract of `vault verify`: a value changed, a row removed, or an older state put back with SQL is named. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openVaultOn } from '../open-vault.ts'
import type { Vault } from '../vault.ts'
import type { AnchoredBatch, Fault, FaultKind } from '../verify/fault.ts'
import {
  type ContractHome,
  type ContractVault,
  newVault,
  observation,
  receiveOne,
  storeItems,
  storeOne,
} from './contract-vault.ts'
import { anchorAll } from './signed-batch.ts'

/** Everything a vault can hold, so that every table has rows; users only where they matter, since hashing takes long. */
async function filled(home: ContractHome, table = ''): Promise<ContractVault> {
  const contract = await newVault(home())
  const { vault } = contract
  const [stored, refused] = [await receiveOne(vault, 'm1'), await receiveOne(vault, 'm2')]
  await receiveOne(vault, 'm3')
  const finished = [{ deliveryId: stored, answer: Buffer.from('AA') }]
  const first = observation('a', 1, {
    deliveryId: stored,
    times: {
      received: '2026-03-02T07:00:00Z',
      clinical: '2026-03-01T07:00:00Z',
      message: '2026-03-02T06:00:00Z',
    },
  })
  await vault.records.store({
    items: [first, observation('a', 2), observation('b', 1), observation('c', 1)],
    finished,
  })
  await anchorAll(contract)
  await storeOne(vault, observation('a', 3))
  await vault.quarantine.put([{ deliveryId: refused, room: 'validate', code: 'c', detail: 1, findings: [] }])
  await vault.quarantine.replaceBytes(refused, Buffer.from('mended'), 'wang')
  if (table.startsWith('user')) await addUser(vault)
  await vault.erase.setRetention({ type: 'Patient', minimumDays: 9 })
  await vault.erase.placeHold({ kind: 'patient', patientId: 'p9' }, 'case', 'zhao')
  const request = await vault.erase.request({ kind: 'record', type: 'Observation', id: 'c' }, 'r', 'wang')
  if ('requestId' in request) await vault.erase.confirm(request.requestId, 'li')
  await vault.outbox.markDayRecorded('2026-03-01', new Uint8Array(32))
  return contract
}

async function addUser({ users }: Vault): Promise<void> {
  await users.create({ name: 'wang', displayName: '王', role: 'clerk', password: 'correct horse 1' })
  await users.signIn('wang', 'correct horse 1')
}

/** SQL run behind the vault's back; `$1` is the organisation. */
function behindItsBack({ driver, settings }: ContractVault, sql: string): Promise<unknown> {
  return driver.query(sql, [settings.organisationId])
}

/** One tampering, and what must be named. */
interface Tampering {
  readonly sql: string
  readonly names: readonly [FaultKind, string]
}

const OF_A = `record = (SELECT record FROM records WHERE organisation_id = $1 AND id = 'a')`
const FLIP = (column: string) =>
  `set_byte(${column}, length(${column}) / 2, get_byte(${column}, length(${column}) / 2) # 1)`
const ONLY = 'WHERE organisation_id = $1'
const HEAD = `${ONLY} AND ${OF_A} AND version = 3`
const STORED = `${ONLY} AND conflict_with IS NULL AND delivery_id = (SELECT delivery_id FROM delivery_answers ${ONLY} AND records IS NOT NULL)`

const changed: Record<string, readonly string[]> = {
  records: [
    `head = 2 ${ONLY} AND id = 'a'`,
    `handle = ${FLIP('handle')} ${ONLY} AND id = 'a'`,
    `patient_id = 'p2' ${ONLY} AND id = 'a'`,
    `id = 'z' ${ONLY} AND id = 'a'`,
    `head_commitment = ${FLIP('head_commitment')} ${ONLY} AND id = 'a'`,
    `deleted = true ${ONLY} AND id = 'a'`,
    `source = 'lis' ${ONLY} AND id = 'a'`,
    `content_digest = NULL ${ONLY} AND id = 'a'`,
    `message_time = NULL ${ONLY} AND id = 'a'`,
  ],
  record_versions: [
    `sealed = ${FLIP('sealed')} ${HEAD}`,
    `commitment = ${FLIP('commitment')} ${HEAD}`,
    `previous = ${FLIP('previous')} ${HEAD}`,
    `leaf_count = leaf_count + 1 ${HEAD}`,
    `context = 77 ${HEAD}`,
    `operation = 'delete' ${HEAD}`,
    `patient_id = 'p2' ${HEAD}`,
    `source = 'lis' ${HEAD}`,
    `capture_method = 'manual' ${HEAD}`,
    `care_stage = 'emergency' ${HEAD}`,
    `delivery_id = NULL ${ONLY} AND ${OF_A} AND version = 1`,
    `clinical_time = NULL ${ONLY} AND ${OF_A} AND version = 1`,
    `message_time = message_time + interval '1 second' ${ONLY} AND ${OF_A} AND version = 1`,
    `received_time = received_time + interval '1 second' ${HEAD}`,
    `stored_time = stored_time + interval '1 second' ${HEAD}`,
    `sealed = NULL, erased_time = now() ${HEAD}`,
  ],
  record_keys: [`wrapped = ${FLIP('wrapped')} ${HEAD}`],
  outbox: [
    `commitment = ${FLIP('commitment')} ${HEAD}`,
    `version = 9 ${HEAD}`,
    `stored_time = stored_time - interval '1 day' ${HEAD}`,
  ],
  search_values: [
    `value = 'x' ${ONLY} AND ${OF_A} AND param = 'code'`,
    `system = NULL ${ONLY} AND ${OF_A} AND param = 'code'`,
  ],
  search_dates: [`to_time = to_time + interval '1 day' ${ONLY} AND ${OF_A}`],
  batches: [
    `root = ${FLIP('root')} ${ONLY}`,
    `leaves = ${FLIP('leaves')} ${ONLY}`,
    `count = count - 1 ${ONLY}`,
    `state = 'open' ${ONLY}`,
    `final_height = 8 ${ONLY}`,
    `day = day + 1 ${ONLY}`,
  ],
  batch_statements: [`bytes = ${FLIP('bytes')} ${ONLY}`, `expiry = expiry + 1 ${ONLY}`],
  deliveries: [
    `sealed = ${FLIP('sealed')} ${STORED}`,
    `source = 'lis' ${STORED}`,
    `form = 'fhir' ${STORED}`,
    `received_time = received_time + interval '1 second' ${STORED}`,
    `bytes_digest = ${FLIP('bytes_digest')} ${STORED}`,
    `control_digest = ${FLIP('control_digest')} ${STORED}`,
    `sealed = NULL, erased_time = now() ${STORED}`,
  ],
  delivery_keys: [`wrapped = ${FLIP('wrapped')} ${ONLY}`],
  delivery_answers: [
    `records = '[]' ${ONLY} AND records IS NOT NULL`,
    `answer = ${FLIP('answer')} ${ONLY} AND answer IS NOT NULL`,
  ],
  mended_deliveries: [`sealed = ${FLIP('sealed')} ${ONLY}`],
  quarantine_items: [
    `code = 'x' ${ONLY}`,
    `sealed = ${FLIP('sealed')} ${ONLY}`,
    `state = 'dismissed' ${ONLY}`,
    `attempts = 9 ${ONLY}`,
  ],
  waiting_deliveries: [`arrival = arrival + 1000 ${ONLY}`],
  tallies: [
    `amount = amount + 1 ${ONLY} AND dimension = 'kind'`,
    `amount = amount + 1 ${ONLY} AND dimension = 'delivery'`,
  ],
  commitment_contexts: [`genesis_hash = ${FLIP('genesis_hash')} ${ONLY}`],
  users: [`role = 'administrator' ${ONLY}`, `password_hash = 'x' ${ONLY}`],
  user_tokens: [`expires_time = expires_time + interval '1 year' ${ONLY}`],
  erase_requests: [`reason = 'x' ${ONLY}`, `requested_by = 'li' ${ONLY}`],
  erasures: [`entry = entry || '{"deliveries":["x"]}' ${ONLY}`],
  retention_rules: [`minimum_days = 0 ${ONLY}`],
  legal_holds: [`target = '{"kind":"patient","patientId":"p8"}' ${ONLY}`, `lifted_time = now() ${ONLY}`],
  recorded_days: [`statement_id = ${FLIP('statement_id')} ${ONLY}`],
}

const removed: readonly Tampering[] = [
  {
    sql: `DELETE FROM record_versions ${ONLY} AND ${OF_A} AND version = 2`,
    names: ['missing', 'record_versions'],
  },
  { sql: `DELETE FROM record_versions ${HEAD}`, names: ['missing', 'record_versions'] },
  { sql: `DELETE FROM record_keys ${HEAD}`, names: ['missing', 'record_keys'] },
  { sql: `UPDATE record_versions SET sealed = NULL ${HEAD}`, names: ['missing', 'record_versions'] },
  { sql: `DELETE FROM records ${ONLY} AND id = 'b'`, names: ['missing', 'records'] },
  { sql: `DELETE FROM outbox ${HEAD}`, names: ['missing', 'outbox'] },
  { sql: `DELETE FROM outbox ${ONLY} AND ${OF_A} AND version = 1`, names: ['missing', 'outbox'] },
  { sql: `DELETE FROM search_values ${ONLY} AND ${OF_A}`, names: ['altered', 'search_values'] },
  { sql: `DELETE FROM batch_statements ${ONLY}`, names: ['missing', 'batch_statements'] },
  { sql: `DELETE FROM deliveries ${STORED}`, names: ['missing', 'deliveries'] },
  { sql: `UPDATE deliveries SET sealed = NULL ${STORED}`, names: ['missing', 'deliveries'] },
  { sql: `DELETE FROM delivery_keys ${ONLY}`, names: ['missing', 'delivery_keys'] },
  { sql: `DELETE FROM tallies ${ONLY}`, names: ['altered', 'tallies'] },
  { sql: `DELETE FROM erasures ${ONLY}`, names: ['missing', 'record_versions'] },
]

function names(faults: readonly Fault[], kinds: readonly FaultKind[], table: string): boolean {
  return faults.some((fault) => kinds.includes(fault.kind) && fault.table === table)
}

/** Registers the tests. */
export function tamperContract(home: ContractHome): void {
  test('an untouched vault has no faults, and everything in it was looked at', async () => {
    const contract = await filled(home)
    const report = await contract.vault.verify({ anchored: await anchoredOf(contract) })
    assert.deepEqual(report, { versions: 5, erased: 1, deliveries: 3, batches: 1, faultCount: 0, faults: [] })
  })

  for (const [table, sets] of Object.entries(changed)) {
    test(`a value changed in ${table} is named`, async () => {
      for (const set of sets) {
        const contract = await filled(home, table)
        await behindItsBack(contract, `UPDATE ${table} SET ${set}`)
        const { faults } = await contract.vault.verify({ anchored: await anchoredOf(contract) })
        const found = names(faults, ['altered', 'rolled-back', 'missing'], table)
        assert.ok(found, `${set}\n${JSON.stringify(faults)}`)
      }
    })
  }

  test('a row that was removed is named', async () => {
    for (const {
      sql,
      names: [kind, table],
    } of removed) {
      const contract = await filled(home)
      await behindItsBack(contract, sql)
      const { faults } = await contract.vault.verify()
      assert.ok(names(faults, [kind], table), `${sql}\n${JSON.stringify(faults)}`)
    }
  })

  test('the place is named by ids of ours', async () => {
    const contract = await filled(home)
    await behindItsBack(contract, `UPDATE record_versions SET sealed = ${FLIP('sealed')} ${HEAD}`)
    assert.deepEqual((await contract.vault.verify()).faults, [
      {
        kind: 'altered',
        table: 'record_versions',
        where: { type: 'Observation', id: 'a', version: 3 },
        what: 'its sealed content does not open',
      },
    ])
  })

  test('a record put back to an older version, its row and all, is named', async () => {
    const contract = await filled(home)
    const { driver, settings } = contract
    const keep = [settings.organisationId]
    const [old] = await driver.query<Record<string, string>>(
      `SELECT record::text FROM records ${ONLY} AND id = 'b'`,
      keep,
    )
    const before = await driver.query<{
      row_seal: Uint8Array
      head_commitment: Uint8Array
      content_digest: Uint8Array
    }>(`SELECT row_seal, head_commitment, content_digest FROM records ${ONLY} AND id = 'b'`, keep)
    await storeOne(contract.vault, observation('b', 2))
    await driver.query(
      `UPDATE records SET head = 1, row_seal = $2, head_commitment = $3, content_digest = $4 ${ONLY} AND id = 'b'`,
      [
        settings.organisationId,
        before[0]?.row_seal ?? null,
        before[0]?.head_commitment ?? null,
        before[0]?.content_digest ?? null,
      ],
    )
    const where = { type: 'Observation', id: 'b', version: 1 }
    const { faults } = await contract.vault.verify()
    assert.ok(
      faults.some(
        (fault) => fault.kind === 'rolled-back' && JSON.stringify(fault.where) === JSON.stringify(where),
      ),
    )
    for (const table of ['record_versions', 'record_keys']) {
      await driver.query(`DELETE FROM ${table} ${ONLY} AND record = $2 AND version = 2`, [
        settings.organisationId,
        old?.record ?? '',
      ])
    }
    assert.ok(names((await contract.vault.verify()).faults, ['rolled-back'], 'record_versions'))
  })

  test('a vault rolled back as a whole is named by the ledger', async () => {
    const contract = await filled(home)
    const anchored = await anchoredOf(contract)
    for (const table of [
      'batches',
      'batch_statements',
      'outbox',
      'record_versions',
      'record_keys',
      'records',
    ]) {
      await behindItsBack(contract, `DELETE FROM ${table} ${ONLY}`)
    }
    for (const table of [
      'search_values',
      'search_dates',
      'tallies',
      'deliveries',
      'delivery_keys',
      'delivery_answers',
      'waiting_deliveries',
      'quarantine_items',
      'mended_deliveries',
    ]) {
      await behindItsBack(contract, `DELETE FROM ${table} ${ONLY}`)
    }
    assert.deepEqual((await contract.vault.verify()).faults, [])
    const { faults } = await contract.vault.verify({ anchored })
    assert.deepEqual(
      faults.map(({ kind, table }) => [kind, table]),
      [['rolled-back', 'batches']],
    )
  })

  test('a batch of another root than the ledger has, and one it has not, are named', async () => {
    const contract = await filled(home)
    const [batch] = await anchoredOf(contract)
    assert.ok(batch)
    const other = await contract.vault.verify({ anchored: [{ ...batch, root: new Uint8Array(32) }] })
    assert.ok(names(other.faults, ['altered'], 'batches'))
    assert.ok(names((await contract.vault.verify({ anchored: [] })).faults, ['altered'], 'batches'))
  })

  test('the keys of another organisation open nothing', async () => {
    const [one, two] = [await filled(home), await newVault(home())]
    const stranger = await openVaultOn(one.driver, { ...one.settings, keyring: two.settings.keyring })
    const { faults, versions } = await stranger.verify()
    assert.equal(versions, 5)
    assert.ok(faults.length >= 5)
  })

  test('more faults than are kept are still counted', async () => {
    const contract = await newVault(home())
    const items = Array.from({ length: 1100 }, (_, n) => observation(`o${n}`, n, { search: [] }))
    await storeItems(contract.vault, ...items)
    await behindItsBack(contract, `DELETE FROM record_keys ${ONLY}`)
    const report = await contract.vault.verify()
    assert.deepEqual([report.faultCount, report.faults.length], [1100, 1000])
  })
}

async function anchoredOf({ vault }: ContractVault): Promise<AnchoredBatch[]> {
  const batches = await vault.outbox.newest(10)
  return batches
    .filter((batch) => batch.state === 'final')
    .map(({ batchId, root, size }) => ({ batchId, root, size }))
}
