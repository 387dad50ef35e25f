/** PostgreSQL stopped in the middle of a load: what was acknowledged waits, nothing is lost, the corridor resumes by itself. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { hasPostgres, startTemporaryPostgres } from '@meridian/testkit'
import { openDatabase } from '@meridian/vault'
import { folderFor } from '../meridian-process.ts'
import { assertVerifies, createMllpHome, distinct, recordsOf, startHome, untilAnchored } from './mllp-home.ts'
import { KEPT, messagesOf, sendAll } from './mllp-load.ts'

async function runSql(url: string, sql: string): Promise<void> {
  const driver = await openDatabase(url)
  await driver.query(sql)
  await driver.close()
}

test('messages acknowledged before PostgreSQL went away are stored when it is back, and none is lost', {
  skip: hasPostgres() ? false : 'no PostgreSQL on this machine',
  timeout: 280_000,
}, async (t) => {
  const postgres = await startTemporaryPostgres({ runSql, durable: true })
  t.after(() => postgres.close())
  const { server, url } = postgres
  if (server === null) return t.skip('the server is not ours to stop')
  const home = join(folderFor(t), 'home')
  const port = await createMllpHome(home, url)
  const node = await startHome(home, url)
  t.after(() => node.kill('SIGKILL'))
  const all = messagesOf(7, 120)
  const kept = new Set<string>()
  const notKept = new Set<string>()
  let away: Promise<void> | undefined
  const note = (code: string, controlId: string) => {
    ;(code === KEPT ? kept : notKept).add(controlId)
    if (kept.size === 40) away ??= server.stop()
  }
  await sendAll(port, all, note, () => notKept.size >= 2)
  await away
  assert.ok(kept.size >= 40 && kept.size < all.length, 'the server was away for a part of the load')
  assert.ok(notKept.size > 0, 'the doors say that a message cannot be kept')
  await server.start()
  const again = new Map<string, string>()
  await sendAll(port, all, (code, controlId) => void again.set(controlId, code))
  assert.deepEqual(
    [...again.values()].filter((code) => code !== KEPT),
    [],
  )
  const status = await untilAnchored(home, all.length)
  assert.equal(distinct(status), all.length)
  const results = await recordsOf(home, 'Observation')
  assert.equal(results.length, all.length * 2)
  assert.ok(results.every(({ version, state }) => version === 1 && state === 'final'))
  node.kill('SIGTERM')
  assert.equal((await node.finished).code, 0)
  await assertVerifies(home, url)
})
