/** What a refusal is answered as. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refuse } from '@meridian/protocol'
import { refused } from './ledger-route.ts'

test('who sends too much is answered 429 with the seconds after which to come again', () => {
  const answer = refused(refuse('engine', 'statement.too-many', { retryAfterSeconds: 3 }))
  assert.deepEqual([answer.status, answer.retryAfterSeconds], [429, 3])
})

test('what the rules refuse is 422 and no use to repeat', () => {
  const answer = refused(refuse('ledger', 'statement.expired'))
  assert.deepEqual([answer.status, answer.retryAfterSeconds], [422, undefined])
})
