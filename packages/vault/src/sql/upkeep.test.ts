/** Upkeep: when it works, and that its statements are ones the embedded home takes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { templateFolder } from '@meridian/testkit'
import type { SqlDriver } from './driver.ts'
import { migrate } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { createUpkeep } from './upkeep.ts'

/** A driver that only writes down what it is asked. */
function recordingDriver(home: SqlDriver['home']) {
  const asked: string[] = []
  const query: SqlDriver['query'] = async (sql) => {
    asked.push(sql.split(' ')[0] ?? '')
    return []
  }
  const driver: SqlDriver = { home, query, transaction: (work) => work({ query }), close: async () => {} }
  return { driver, asked }
}

/** Grows a store in steps, letting each piece of work end. */
async function grow(driver: SqlDriver, steps: number, rows: number): Promise<void> {
  const upkeep = createUpkeep(driver)
  for (let step = 0; step < steps; step++) {
    upkeep.grown(rows)
    await Promise.resolve().then(() => {})
  }
}

test('statistics are gathered each time the store has grown fourfold', async () => {
  const { driver, asked } = recordingDriver('postgres')
  await grow(driver, 400, 100)
  assert.deepEqual(asked, ['ANALYZE', 'ANALYZE', 'ANALYZE', 'ANALYZE'])
})

test('the embedded home is vacuumed as well, every ten thousand rows', async () => {
  const { driver, asked } = recordingDriver('pglite')
  await grow(driver, 400, 100)
  assert.equal(asked.filter((word) => word === 'VACUUM').length, 4)
})

test('PGlite takes both statements', async () => {
  const driver = await openDatabase('pglite:memory', { templateFolder })
  try {
    await migrate(driver, new Date('2026-03-02T08:00:00Z'))
    const answers: Promise<unknown>[] = []
    const query: SqlDriver['query'] = (sql) => {
      const answer = driver.query<never>(sql)
      answers.push(answer)
      return answer
    }
    const upkeep = createUpkeep({ ...driver, query })
    upkeep.grown(500)
    await Promise.all(answers)
    upkeep.grown(1_400)
    upkeep.grown(8_100)
    await Promise.all(answers)
    upkeep.grown(1)
    await Promise.all(answers)
    assert.equal(answers.length, 3)
  } finally {
    await driver.close()
  }
})
