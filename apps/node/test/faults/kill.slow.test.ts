/** `kill -9` fifty times during a load of 5,000 messages. */
import { test } from 'node:test'
import { killRounds } from './kill-rounds.ts'

const seed = Number(process.env.MERIDIAN_SEED ?? Date.now() % 1_000_000)

test(
  'after fifty kill -9 during 5,000 messages every acknowledged one is stored and anchored once',
  {
    timeout: 3_500_000,
  },
  (t) => killRounds(t, { rounds: 50, messages: 5_000, seed }),
)
