/** Contract of the status: the numbers of the console's picture. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openVaultOn } from '../open-vault.ts'
import { foldTallies } from '../tallies.ts'
import {
  type ContractHome,
  delivery,
  newVault,
  observation,
  receiveOne,
  storeItems,
} from './contract-vault.ts'
import { anchorAll } from './signed-batch.ts'

/** Registers the tests. */
export function statusContract(home: ContractHome): void {
  test('the status counts what came, what waits, what was refused and how far versions are', async () => {
    const contract = await newVault(home())
    const { vault } = contract
    const [one, two] = [await receiveOne(vault, 'm1'), await receiveOne(vault, 'm2')]
    await vault.inbox.receive([delivery('m1', 'text of m1'), delivery('m3', 'C')])
    await vault.records.store({
      items: [observation('a', 1, { deliveryId: one }), observation('a', 2, { deliveryId: one })],
      finished: [{ deliveryId: one }],
    })
    await vault.quarantine.put([{ deliveryId: two, room: 'validate', code: 'c', detail: 1, findings: [] }])
    await anchorAll(contract)
    await storeItems(vault, observation('b', 1))
    const expected = {
      received: 4,
      duplicates: 1,
      pending: 1,
      quarantined: 1,
      quarantinedByRoom: { validate: 1 },
      records: 2,
      versions: { sealed: 1, submitted: 0, final: 2, erased: 0 },
      batches: { open: 0, submitted: 0, final: 1 },
    }
    assert.deepEqual(await vault.status(), expected)
    await foldTallies(contract.driver, contract.settings.organisationId)
    assert.deepEqual(await vault.status(), expected)
    assert.deepEqual(await (await openVaultOn(contract.driver, contract.settings)).status(), expected)
  })
}
