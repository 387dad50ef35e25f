/** The hand of the sweep: what expired leaves, what counts stays, and the memory stays bounded. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { batchBody, createTestChain, GENESIS_SECONDS, say } from '../fixtures/chain.ts'
import { FIRST_KEY, scanExpiries } from './state.ts'

const LIFE = 60n

test('expired ids leave the state as the hand goes round, and the memory stays within a factor of what counts', () => {
  const chain = createTestChain()
  let most = 0
  for (let i = 0; i < 300; i++) {
    const expirySeconds = chain.timeSeconds + LIFE
    chain.block(say('hospital', 'anchor-batch', batchBody(), { expirySeconds }))
    most = Math.max(most, scanExpiries(chain.view, FIRST_KEY, 1_000).length)
  }
  assert.ok(most >= Number(LIFE) - 1 && most <= 3 * Number(LIFE), `at most ${most} remembered`)
})

test('an id that still counts is never swept', () => {
  const chain = createTestChain()
  const kept = say('hospital', 'anchor-batch', batchBody(), { expirySeconds: GENESIS_SECONDS + 3_600n })
  chain.block(kept)
  for (let i = 0; i < 100; i++) {
    chain.block(say('hospital', 'anchor-batch', batchBody(), { expirySeconds: chain.timeSeconds + 5n }))
  }
  assert.equal(chain.tell(kept), 'statement.repeated')
})
