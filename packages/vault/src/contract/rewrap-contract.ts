/** A new wrapping key: every data key is wrapped anew, nothing is lost, and a stop in the middle goes on. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { accessAll } from '../access-rule.ts'
import { type KeyMaterial, keyringOf } from '../keys/keyring-of.ts'
import { openVaultOn } from '../open-vault.ts'
import type { Vault } from '../vault.ts'
import {
  type ContractHome,
  type ContractVault,
  newVault,
  observation,
  receiveOne,
  storeOne,
} from './contract-vault.ts'

const material = (): KeyMaterial => ({ wrappingKey: randomBytes(32), indexKey: randomBytes(32) })

/** A vault with two versions of one record, another record and two deliveries, and the keys it was made with. */
async function filled(home: ContractHome) {
  const old = material()
  const contract = await newVault(home(), { keyring: keyringOf(old) })
  await storeOne(contract.vault, observation('o1', 1))
  await storeOne(contract.vault, observation('o1', 2))
  await storeOne(contract.vault, observation('o2', 3))
  const delivered = [await receiveOne(contract.vault, 'C1'), await receiveOne(contract.vault, 'C2')]
  return { contract, old, delivered }
}

const reopened = ({ driver, settings }: ContractVault, keys: KeyMaterial): Promise<Vault> =>
  openVaultOn(driver, { ...settings, keyring: keyringOf(keys) })

async function opens(vault: Vault, delivered: readonly string[]): Promise<boolean> {
  const versions = await vault.records.history('Observation', 'o1', { count: 10 }, accessAll)
  const records = await Promise.all((versions?.items ?? []).map(async ({ version }) => version))
  const texts = await Promise.all(records.map((n) => vault.records.vread('Observation', 'o1', n, accessAll)))
  const bytes = await Promise.all(delivered.map((id) => vault.inbox.original(id)))
  return texts.every((text) => text?.opened != null) && bytes.every((each) => each !== undefined)
}

export function rewrapContract(home: ContractHome): void {
  test('with the new key beside the old everything opens; after one pass the old is needed no more', async () => {
    const { contract, old, delivered } = await filled(home)
    const next = { ...material(), indexKey: old.indexKey }
    const both = await reopened(contract, { ...next, formerWrappingKeys: [old.wrappingKey] })
    assert.ok(await opens(both, delivered))
    const progress: number[] = []
    assert.deepEqual(await both.rewrap((done) => progress.push(done)), { keys: 5, rewrapped: 5, unknown: 0 })
    assert.equal(progress.at(-1), 5)
    const alone = await reopened(contract, next)
    assert.ok(await opens(alone, delivered))
    assert.equal((await alone.verify()).faultCount, 0)
    assert.deepEqual(await alone.rewrap(), { keys: 5, rewrapped: 0, unknown: 0 })
  })

  test('a pass that was stopped goes on with what is left, and what came meanwhile is under the new key', async () => {
    const { contract, old, delivered } = await filled(home)
    const next = { ...material(), indexKey: old.indexKey }
    const both = await reopened(contract, { ...next, formerWrappingKeys: [old.wrappingKey] })
    const stopped = both.rewrap(() => {
      throw new Error('stopped')
    })
    await assert.rejects(stopped, /stopped/)
    await storeOne(both, observation('o3', 4))
    const report = await both.rewrap()
    assert.deepEqual([report.keys, report.rewrapped], [6, 2])
    assert.ok(await opens(await reopened(contract, next), delivered))
  })

  test('a wrapped key that was altered is counted and left as it is for verify to name', async () => {
    const { contract, old } = await filled(home)
    await contract.driver.query(
      `UPDATE record_keys SET wrapped = '\\x00' WHERE organisation_id = $1 AND version = 2`,
      [contract.settings.organisationId],
    )
    const next = { ...material(), indexKey: old.indexKey, formerWrappingKeys: [old.wrappingKey] }
    const both = await reopened(contract, next)
    assert.deepEqual(await both.rewrap(), { keys: 5, rewrapped: 4, unknown: 1 })
    assert.ok((await both.verify()).faultCount > 0)
  })
}
