/** `kill -9` five times during a load of 200 messages; the long form is `kill.slow.test.ts`. */
import { test } from 'node:test'
import { killRounds } from './kill-rounds.ts'

const seed = Number(process.env.MERIDIAN_SEED ?? Date.now() % 1_000_000)

test(
  'after kill -9 in the middle of a load every acknowledged message is stored and anchored once',
  {
    timeout: 280_000,
  },
  (t) => killRounds(t, { rounds: 5, messages: 200, seed }),
)
