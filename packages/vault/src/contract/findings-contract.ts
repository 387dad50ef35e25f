/** Contract of findings: a version keeps how it was judged when it was taken in, sealed, and loses it when it is erased. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessAll } from '../access-rule.ts'
import { judgementOf, type KeptFinding } from '../findings/judgement.ts'
import { openVaultOn } from '../open-vault.ts'
import type { Vault } from '../vault.ts'
import { type ContractHome, newVault, observation, storeItems, storeOne } from './contract-vault.ts'

const warning: KeptFinding = { code: 'r4.mark', path: 'Observation.value', severity: 'warning' }
const remark: KeptFinding = { code: 'hl7v2.mark', path: 'PID-8', severity: 'information' }

async function judgementOn(vault: Vault, id: string, version: number) {
  return (await vault.records.vread('Observation', id, version, accessAll))?.opened?.judgement
}

/** Registers the tests. */
export function findingsContract(home: ContractHome): void {
  test('a version keeps the findings and the profile it was judged by, and the standards set of its commitment', async () => {
    const contract = await newVault(home())
    const { vault, driver, settings } = contract
    const judgement = judgementOf('cn-national', [warning], [remark])
    await storeOne(vault, observation('a', 1, { judgement }))
    const later = await openVaultOn(driver, { ...settings, standardsSetHash: new Uint8Array(32).fill(7) })
    await storeOne(later, observation('a', 2, { judgement: judgementOf('r4', [], []) }))
    const first = await later.records.vread('Observation', 'a', 1, accessAll)
    assert.deepEqual(first?.opened?.judgement, {
      profile: 'cn-national',
      findings: [warning],
      conversion: [remark],
      left: 0,
    })
    assert.deepEqual(first?.standardsSetHash, new Uint8Array(32).fill(2))
    assert.deepEqual(await judgementOn(later, 'a', 2), {
      profile: 'r4',
      findings: [],
      conversion: [],
      left: 0,
    })
    assert.deepEqual((await later.verify()).faults, [])
  })

  test('a version stored without a judgement says so, and content is the same to the last digit with one', async () => {
    const { vault } = await newVault(home())
    await storeItems(
      vault,
      observation('a', 1),
      observation('b', 1, { judgement: judgementOf('r4', [warning], []) }),
    )
    const [a, b] = [
      await vault.records.read('Observation', 'a', accessAll),
      await vault.records.read('Observation', 'b', accessAll),
    ]
    assert.equal(a?.opened?.judgement, null)
    assert.equal(b?.opened?.content, a?.opened?.content.replace('"id":"a"', '"id":"b"'))
  })

  test('too many findings are counted, not kept', async () => {
    const { vault } = await newVault(home())
    const many = Array.from({ length: 70 }, (_, n) => ({ ...warning, path: `Observation.value[${n}]` }))
    await storeOne(vault, observation('a', 1, { judgement: judgementOf('r4', many, many.slice(0, 51)) }))
    const kept = await judgementOn(vault, 'a', 1)
    assert.deepEqual([kept?.findings.length, kept?.conversion.length, kept?.left], [50, 50, 21])
  })

  test('findings are nowhere in clear, and go with an erasure', async () => {
    const { vault, driver, settings } = await newVault(home())
    await storeOne(vault, observation('a', 1, { judgement: judgementOf('r4', [warning], [remark]) }))
    const [row] = await driver.query<{ sealed: Uint8Array }>(
      'SELECT sealed FROM record_versions WHERE organisation_id = $1',
      [settings.organisationId],
    )
    assert.equal(Buffer.from(row?.sealed ?? []).includes('r4.mark'), false)
    const asked = await vault.erase.request({ kind: 'patient', patientId: 'p1' }, 'r', 'wang')
    await vault.erase.confirm('requestId' in asked ? asked.requestId : assert.fail(asked.code), 'li')
    const erased = await vault.records.vread('Observation', 'a', 1, accessAll)
    assert.equal(erased?.opened, null)
    const rows = await driver.query('SELECT 1 FROM record_keys WHERE organisation_id = $1', [
      settings.organisationId,
    ])
    assert.equal(rows.length, 0)
  })
}
