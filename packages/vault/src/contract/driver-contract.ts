/** Contract of the SQL port: both homes give the same values back and fail alike. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bytesArray, numberArray, textArray } from '../sql/array-literal.ts'
import { migrate } from '../sql/migrate.ts'
import { VaultFailure } from '../sql/vault-failure.ts'
import { type ContractHome, createTestClock } from './contract-vault.ts'

/** Text that a PostgreSQL `text` can hold: any but NUL. */
const text = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', ''))

/** Registers the tests. */
export function driverContract(home: ContractHome): void {
  test('values come back as the port says', async () => {
    const [row] = await home().query(
      `SELECT 1::int AS i, 9007199254740993::bigint AS b, '\\x00ff'::bytea AS bytes, true AS yes,
         '2026-03-02 08:00:00.123+08'::timestamptz AS at, '2026-03-02'::date AS day, '{"a":[1]}'::jsonb AS doc,
         NULL::text AS nothing`,
    )
    assert.deepEqual(row, {
      i: 1,
      b: 9007199254740993n,
      bytes: new Uint8Array([0, 255]),
      yes: true,
      at: '2026-03-02T00:00:00.123Z',
      day: '2026-03-02',
      doc: { a: [1] },
      nothing: null,
    })
  })

  test('any array goes in and comes out the same', async () => {
    const rows = fc.array(
      fc.record({
        t: fc.option(text),
        n: fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }),
        b: fc.uint8Array(),
      }),
    )
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const found = await home().query(
          'SELECT * FROM unnest($1::text::text[], $2::text::bigint[], $3::text::bytea[]) AS given (t, n, b)',
          [
            textArray(given.map((row) => row.t)),
            numberArray(given.map((row) => row.n)),
            bytesArray(given.map((row) => row.b)),
          ],
        )
        assert.deepEqual(
          found.map((row) => ({ ...(row as object) })),
          given.map((row) => ({ ...row, b: new Uint8Array(row.b) })),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('a transaction whose work rejects leaves nothing, and the reason passes through', async () => {
    const driver = home()
    await driver.query('CREATE TABLE IF NOT EXISTS contract_scratch (n int)')
    const reason = new Error('a reason of ours')
    const failing = driver.transaction(async (session) => {
      await session.query('INSERT INTO contract_scratch VALUES (1)')
      throw reason
    })
    await assert.rejects(failing, reason)
    assert.deepEqual(await driver.query('SELECT n FROM contract_scratch'), [])
  })

  test('transactions that run at the same time do not see each other unfinished', async () => {
    const driver = home()
    await driver.query('CREATE TABLE IF NOT EXISTS contract_counter (n int)')
    await driver.query('INSERT INTO contract_counter VALUES (0)')
    const addOne = () =>
      driver.transaction(async (session) => {
        const [row] = await session.query<{ n: number }>('SELECT n FROM contract_counter FOR UPDATE')
        await session.query('UPDATE contract_counter SET n = $1', [(row?.n ?? 0) + 1])
      })
    await Promise.all(Array.from({ length: 9 }, addOne))
    assert.deepEqual(await driver.query('SELECT n FROM contract_counter'), [{ n: 9 }])
  })

  test('a refused statement is a failure with its SQLSTATE, and quotes no value outside', async () => {
    await assert.rejects(home().query('SELECT $1::text::int', ['MARK']), (thrown: unknown) => {
      assert.ok(thrown instanceof VaultFailure)
      assert.deepEqual([thrown.code, thrown.detail.sqlState], ['failed', '22P02'])
      assert.doesNotMatch(`${thrown.message}${JSON.stringify(thrown.detail)}`, /MARK/)
      return true
    })
    assert.deepEqual(await home().query('SELECT 1 AS n'), [{ n: 1 }])
  })

  test('migrations that were applied are not applied again, and an edited one is refused', async () => {
    const driver = home()
    const clock = createTestClock()
    await migrate(driver, clock.now())
    const applied = () => driver.query('SELECT number, applied_time FROM schema_migrations ORDER BY number')
    const before = await applied()
    clock.advance(1000)
    await Promise.all([migrate(driver, clock.now()), migrate(driver, clock.now())])
    assert.deepEqual(await applied(), before)
    await driver.query(`UPDATE schema_migrations SET hash = 'x' || hash WHERE number = 2`)
    await assert.rejects(migrate(driver, clock.now()), { code: 'failed', detail: { migration: 2 } })
    await driver.query(`UPDATE schema_migrations SET hash = substr(hash, 2) WHERE number = 2`)
  })
}
