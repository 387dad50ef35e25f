/** One address that asks too often is told when to come back; nobody else notices. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import Fastify from 'fastify'
import { limitCalls } from './limit-calls.ts'
import { createRateLimit } from './rate-limit.ts'

test('the door answers 429 with Retry-After and a code in both languages, before it reads the body', async () => {
  let nowMs = 0
  const app = Fastify({ trustProxy: true })
  limitCalls(app, { requestsPerSecond: 0.5, burst: 2 }, () => nowMs)
  let handled = 0
  app.post('/', async () => ({ handled: ++handled }))
  const call = (address: string) =>
    app.inject({ method: 'POST', url: '/', headers: { 'x-forwarded-for': address }, payload: { a: 1 } })
  assert.deepEqual([(await call('10.0.0.1')).statusCode, (await call('10.0.0.1')).statusCode], [200, 200])
  const refused = await call('10.0.0.1')
  assert.equal(refused.statusCode, 429)
  assert.equal(refused.headers['retry-after'], '2')
  const { code, message, hint } = refused.json()
  assert.equal(code, 'door.too-many-requests')
  assert.ok(message.zh && message.en && hint.zh && hint.en)
  assert.equal((await call('10.0.0.2')).statusCode, 200)
  nowMs = 2000
  assert.equal((await call('10.0.0.1')).statusCode, 200)
  assert.equal(handled, 4)
})

test('over any time no name gets more than its burst and its rate allow', () => {
  const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 3000 })), {
    maxLength: 200,
  })
  fc.assert(
    fc.property(steps, (calls) => {
      let nowMs = 0
      const rates = createRateLimit({ requestsPerSecond: 2, burst: 5 }, () => nowMs)
      const taken = { a: 0, b: 0 }
      for (const [name, laterMs] of calls) {
        nowMs += laterMs
        const waits = rates.waitMs(name) > 0
        assert.equal(rates.take(name) > 0, waits)
        if (!waits) taken[name as 'a' | 'b']++
        assert.ok(taken[name as 'a' | 'b'] <= 5 + (nowMs / 1000) * 2)
      }
    }),
  )
})

test('a hundred thousand addresses are forgotten one by one, not swept through each time', () => {
  const rates = createRateLimit({ requestsPerSecond: 1, burst: 1 }, () => 0)
  for (let i = 0; i < 100_000; i++) assert.equal(rates.take(`address ${i}`), 0)
  assert.ok(rates.take('address 99999') > 0)
})
