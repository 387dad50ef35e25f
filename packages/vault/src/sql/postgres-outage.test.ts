/** PostgreSQL away and back: failures say unreachable, and the same vault goes on without being opened again. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hasPostgres, startTemporaryPostgres, type TemporaryPostgres } from '@meridian/testkit'
import { delivery, newVault } from '../contract/contract-vault.ts'
import { runOnce } from '../contract/run-once.ts'
import { openDatabase } from './open-database.ts'

const skip = hasPostgres() ? false : 'no PostgreSQL on this machine'
let postgres: TemporaryPostgres | undefined

before(async () => {
  if (skip === false) postgres = await startTemporaryPostgres({ runSql: runOnce })
})
after(() => postgres?.close())

test('a database that goes away loses nothing acknowledged and is used again when it is back', {
  skip,
}, async (t) => {
  const server = postgres?.server
  if (postgres === undefined || server == null) return t.skip('the server is not ours to stop')
  const driver = await openDatabase(postgres.url)
  const { vault } = await newVault(driver)
  await vault.inbox.receive([delivery('m1', 'A')])
  await server.stop()
  await assert.rejects(vault.inbox.receive([delivery('m2', 'B')]), { code: 'unreachable' })
  await assert.rejects(vault.inbox.pending(9), { code: 'unreachable' })
  await server.start()
  const again = await vault.inbox.receive([delivery('m1', 'A'), delivery('m2', 'B')])
  assert.deepEqual(
    again.map((one) => one.outcome),
    ['duplicate', 'new'],
  )
  assert.equal((await vault.inbox.pending(9)).length, 2)
  await vault.close()
})
