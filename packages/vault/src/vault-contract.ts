/** The contract suite of the vault: what every home must do alike. Run by `vault-pglite.test.ts` and `vault-postgres.test.ts`. */
import { after, before, describe } from 'node:test'
import { blobsContract } from './contract/blobs-contract.ts'
import { choicesContract } from './contract/choices-contract.ts'
import type { ContractHome } from './contract/contract-vault.ts'
import { driverContract } from './contract/driver-contract.ts'
import { eraseContract } from './contract/erase-contract.ts'
import { findingsContract } from './contract/findings-contract.ts'
import { inboxContract } from './contract/inbox-contract.ts'
import { listContract } from './contract/list-contract.ts'
import { outboxContract } from './contract/outbox-contract.ts'
import { qualityContract } from './contract/quality-contract.ts'
import { quarantineContract } from './contract/quarantine-contract.ts'
import { rewrapContract } from './contract/rewrap-contract.ts'
import { searchContract } from './contract/search-contract.ts'
import { statusContract } from './contract/status-contract.ts'
import { storeContract } from './contract/store-contract.ts'
import { tamperContract } from './contract/tamper-contract.ts'
import { usersContract } from './contract/users-contract.ts'
import type { SqlDriver } from './sql/driver.ts'

/** Opens the database under test, and closes what belongs to it. */
export interface HomeUnderTest {
  open(): Promise<SqlDriver>
  close(): Promise<void>
}

/** Registers the whole suite for one home; `skip` names why it cannot run here. */
export function vaultContract(
  name: string,
  home: HomeUnderTest,
  options: { readonly skip?: string } = {},
): void {
  describe(`the vault on ${name}`, options.skip === undefined ? {} : { skip: options.skip }, () => {
    let opened: SqlDriver | undefined
    const driver: ContractHome = () => {
      if (opened === undefined) throw new Error('the database of the suite is not open')
      return opened
    }
    before(async () => {
      opened = await home.open()
    })
    after(async () => {
      await opened?.close()
      await home.close()
    })
    describe('SQL port', () => driverContract(driver))
    describe('inbox', () => inboxContract(driver))
    describe('store', () => storeContract(driver))
    describe('search', () => searchContract(driver))
    describe('lists by state', () => listContract(driver))
    describe('findings', () => findingsContract(driver))
    describe('blobs', () => blobsContract(driver))
    describe('outbox', () => outboxContract(driver))
    describe('quarantine', () => quarantineContract(driver))
    describe('quality', () => qualityContract(driver))
    describe('choices', () => choicesContract(driver))
    describe('users', () => usersContract(driver))
    describe('erase', () => eraseContract(driver))
    describe('rewrap', () => rewrapContract(driver))
    describe('status', () => statusContract(driver))
    describe('verify', () => tamperContract(driver))
  })
}
