/** PGlite in a directory: fsync is real, a kill -9 loses nothing acknowledged, two processes never share it. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { openDatabase } from './open-database.ts'

const folder = mkdtempSync(join(tmpdir(), 'meridian-durability-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const DATABASE = `pglite:${join(folder, 'db')}`

const WRITER = `
  import { openDatabase } from ${JSON.stringify(new URL('./open-database.ts', import.meta.url).href)}
  const driver = await openDatabase(process.argv[1])
  await driver.query('CREATE TABLE IF NOT EXISTS kept (n int)')
  for (let n = 1; ; n++) {
    await driver.transaction((session) => session.query('INSERT INTO kept VALUES ($1)', [n]))
    console.log(n)
  }`

function startWriter(database: string): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '-e', WRITER, database], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Kills the writer as soon as it has acknowledged `count`, and gives what it acknowledged last. */
async function killAfter(writer: ChildProcess, count: number): Promise<number> {
  let acknowledged = 0
  const exited = once(writer, 'exit')
  for await (const line of createInterface({ input: writer.stdout ?? assert.fail() })) {
    acknowledged = Number(line)
    if (acknowledged === count) writer.kill('SIGKILL')
  }
  await exited
  return acknowledged
}

/** Opens, asks, and closes whatever the answer. */
async function queryOnce<Row>(database: string, sql: string): Promise<Row[]> {
  const driver = await openDatabase(database)
  try {
    return await driver.query<Row>(sql)
  } finally {
    await driver.close()
  }
}

test('after kill -9 the lock is free and every acknowledged transaction is there, in a gapless run', async () => {
  const acknowledged = await killAfter(startWriter(DATABASE), 40)
  const rows = await queryOnce<{ n: number }>(DATABASE, 'SELECT n FROM kept ORDER BY n')
  assert.ok(rows.length >= acknowledged)
  assert.deepEqual(
    rows.map((row) => row.n),
    rows.map((_, place) => place + 1),
  )
})

test('a commit waits for the disk: fsync is on and synced by a call this build does not stub out', async () => {
  const settings = await queryOnce(
    DATABASE,
    `SELECT name, setting FROM pg_settings
     WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method') ORDER BY name`,
  )
  assert.deepEqual(settings, [
    { name: 'fsync', setting: 'on' },
    { name: 'full_page_writes', setting: 'on' },
    { name: 'synchronous_commit', setting: 'on' },
    { name: 'wal_sync_method', setting: 'fsync' },
  ])
})

test('a directory in use is refused, and free again after close', async () => {
  const driver = await openDatabase(DATABASE)
  await assert.rejects(openDatabase(DATABASE), { code: 'locked' })
  await driver.close()
  await assert.rejects(driver.query('SELECT 1'), { code: 'unreachable' })
  assert.deepEqual(await queryOnce(DATABASE, 'SELECT 1 AS n'), [{ n: 1 }])
})

test('an unwritable folder is a failure that says so', async () => {
  writeFileSync(join(folder, 'file'), '')
  await assert.rejects(openDatabase(`pglite:${join(folder, 'file', 'db')}`), { code: 'failed' })
})

test('a home made from a prepared database is one of its own', async () => {
  const templateFolder = join(folder, 'templates')
  for (const name of ['first', 'second']) {
    const driver = await openDatabase(`pglite:${join(folder, name)}`, { templateFolder })
    await driver.query('CREATE TABLE own (n int)')
    await driver.close()
  }
  assert.deepEqual(await queryOnce(`pglite:${join(folder, 'second')}`, 'SELECT n FROM own'), [])
})
