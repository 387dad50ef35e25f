/** As kill.test.ts, often. */
import { test } from 'node:test'
import { killRounds } from '../fixtures/kill-rounds.ts'

test('killed fifty times under load, the engine keeps every acknowledged statement and its chain verifies', async () => {
  await killRounds(50, () => 1 + Math.floor(Math.random() * 200))
})
