/** The queue in front of CometBFT: nothing is handed over twice without reason, nothing is forgotten, everyone is answered once. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeStatement, isRefusal, refuse } from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import { claim } from '../fixtures/sayings.ts'
import { createPendingStatements, type Pending, type PendingStatements } from './pending-statements.ts'

function add(room: PendingStatements, n: number): Pending {
  const bytes = claim(n)
  const statement = decodeStatement(suite, bytes)
  assert.ok(!isRefusal(statement))
  const known = { bytes, statement, isVerified: true, passedAt: undefined }
  return room.add({ known, id: statement.id, issuer: statement.issuer })
}

const limits = { limit: 100, maxInFlight: 2, nowMs: 1_000, resendBeforeMs: 0 }

test('only so many are in flight; a block makes room for the next', () => {
  const room = createPendingStatements()
  const [first, second, third] = [1, 2, 3].map((n) => add(room, n))
  assert.deepEqual(room.take(limits), [first, second])
  assert.deepEqual(room.take(limits), [])
  assert.equal(room.ordered({ height: 5n, ids: [first?.id, undefined], results: [undefined, undefined] }), 1)
  assert.deepEqual(room.take(limits), [third])
})

test('what no block has taken is handed over again, also when as many as may be are in flight', () => {
  const room = createPendingStatements()
  const all = [1, 2].map((n) => add(room, n))
  room.take(limits)
  assert.deepEqual(room.take({ ...limits, nowMs: 6_000, resendBeforeMs: 2_000 }), all)
  assert.deepEqual(room.take({ ...limits, nowMs: 6_100, resendBeforeMs: 2_100 }), [])
})

test('when CometBFT was started anew everything is handed over again', () => {
  const room = createPendingStatements()
  const all = [1, 2].map((n) => add(room, n))
  room.take(limits)
  room.forgetSent()
  assert.deepEqual(room.take(limits), all)
})

test('a statement is answered when the header after its block is here, with the refusal its block records', async () => {
  const room = createPendingStatements()
  const [accepted, refused] = [add(room, 1), add(room, 2)]
  const refusal = refuse('claims', 'evidence.attestation-exists')
  room.ordered({ height: 5n, ids: [accepted.id, refused.id], results: [undefined, refusal] })
  assert.equal(room.size, 0)
  room.proved(5n)
  assert.ok(room.find(accepted.id) !== undefined, 'its own block proves nothing yet')
  room.proved(6n)
  assert.deepEqual(await accepted.answer, { statementId: accepted.id, height: 5n })
  assert.deepEqual(await refused.answer, refusal)
  assert.equal(room.find(accepted.id), undefined)
})

test('who waits is told when the node stops', async () => {
  const room = createPendingStatements()
  const waiting = add(room, 1)
  room.failAll(new Error('closed'))
  await assert.rejects(waiting.answer, { message: 'closed' })
  assert.equal(room.size, 0)
  assert.equal(room.sizeOf('hospital'), 0)
})

test('a refusal of the newest state ends the waiting, unless a block has the statement', async () => {
  const room = createPendingStatements()
  const [waiting, ordered] = [add(room, 1), add(room, 2)]
  const refusal = refuse('claims', 'statement.expired')
  room.ordered({ height: 5n, ids: [ordered.id], results: [undefined] })
  room.refuse(waiting.id, refusal)
  room.refuse(ordered.id, refusal)
  assert.deepEqual(await waiting.answer, refusal)
  room.proved(6n)
  assert.deepEqual(await ordered.answer, { statementId: ordered.id, height: 5n })
})
