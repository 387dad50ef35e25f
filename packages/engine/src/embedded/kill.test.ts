/** A crash at any moment loses no acknowledged statement. */
import { test } from 'node:test'
import { killRounds } from '../fixtures/kill-rounds.ts'

test('killed five times under load, the engine keeps every acknowledged statement and its chain verifies', async () => {
  await killRounds(5, () => 1 + Math.floor(Math.random() * 400))
})
