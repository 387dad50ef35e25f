/** The embedded database without room for its log: a failure that says so and no hang, and when there is room it goes on by itself. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { mountSmallDisk, noSmallDisk } from '@meridian/testkit'
import type { SqlDriver } from './driver.ts'
import { openDatabase } from './open-database.ts'

/** Changes one row again and again: the table stays as it is and the log grows. */
async function changeUntilFull(driver: SqlDriver): Promise<{ kept: number; failure: unknown }> {
  for (let n = 1; ; n++) {
    try {
      await driver.transaction((session) =>
        session.query('UPDATE kept SET n = $1, filling = $2', [n, randomBytes(1500)]),
      )
    } catch (failure) {
      return { kept: n - 1, failure }
    }
  }
}

test('a log that cannot be written ends the database, not the vault: disk-full, then again as before', {
  timeout: 120_000,
}, async (t) => {
  const disk = mountSmallDisk(100)
  if (disk === undefined) return t.skip(noSmallDisk)
  t.after(() => disk.remove())
  const database = `pglite:${join(disk.folder, 'db')}`
  const driver = await openDatabase(database)
  await driver.query('CREATE TABLE kept (n int, filling bytea)')
  await driver.query('INSERT INTO kept VALUES (0, NULL)')
  disk.fill()
  const { kept, failure } = await changeUntilFull(driver)
  assert.equal((failure as { code: string }).code, 'disk-full')
  await assert.rejects(driver.query('SELECT 1'), { code: 'disk-full' }, 'it cannot recover without room')
  await assert.rejects(driver.query('SELECT 1'), { code: 'disk-full' }, 'nor is it tried every time')
  disk.empty()
  const rows = await untilBack(() => driver.query<{ n: number }>('SELECT n FROM kept'))
  assert.deepEqual(rows, [{ n: kept }])
  await driver.transaction((session) => session.query('UPDATE kept SET n = -1'))
  await driver.close()
  const again = await openDatabase(database)
  assert.deepEqual(await again.query('SELECT n FROM kept'), [{ n: -1 }])
  await again.close()
})

/** Asks until it is answered: a start that failed is not tried again within a second. */
async function untilBack<T>(ask: () => Promise<T>): Promise<T> {
  const untilMs = performance.now() + 10_000
  for (;;) {
    try {
      return await ask()
    } catch (failure) {
      if (performance.now() > untilMs) throw failure
    }
  }
}
