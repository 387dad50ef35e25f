/** What the client makes of answers: values, refusals and failures are never mixed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal, refuse, utf8 } from '@meridian/protocol'
import { refusalForm } from './documents/refusal-document.ts'
import { createLedgerClient, encodeJson } from './ledger-client.ts'
import { createInProcessTransport, type LedgerRequest } from './transport.ts'

const answering = (status: number, text: string, seen: LedgerRequest[] = []) =>
  createLedgerClient(
    createInProcessTransport(async (request) => {
      seen.push(request)
      return { status, body: utf8(text) }
    }),
  )

const refusal = refuse('ledger', 'statement.expired', { limit: 5 })

test('a refusal comes back as the value it was', async () => {
  const answer = await answering(422, encodeJson(refusalForm, refusal)).submit(new Uint8Array([1]))
  assert.deepEqual(answer, refusal)
})

test('a refusal with a code that this release does not know is unreadable, not a refusal', async () => {
  const text = encodeJson(refusalForm, refusal).replace('statement.expired', 'statement.made-up')
  await assert.rejects(answering(422, text).submit(new Uint8Array()), { code: 'client.unreadable' })
})

test('an answer of another form is unreadable', async () => {
  for (const text of ['', 'null', '[]', '{"chainId":1}', '<html>']) {
    await assert.rejects(answering(200, text).status(), { code: 'client.unreadable' })
  }
})

test('a full queue is a failure that is tried again; so is a node that fails', async () => {
  const busy = encodeJson(refusalForm, refuse('engine', 'statement.queue-full', { limit: 1 }))
  await assert.rejects(answering(503, busy).submit(new Uint8Array()), {
    code: 'client.node-failed',
    status: 503,
  })
  await assert.rejects(answering(500, '{}').status(), { code: 'client.node-failed' })
})

test('nobody is let in without being allowed', async () => {
  await assert.rejects(answering(401, '{}').status(), { code: 'client.not-allowed', status: 401 })
})

test('what is not there is undefined, and a key is asked for in hex', async () => {
  const seen: LedgerRequest[] = []
  const client = answering(404, encodeJson(refusalForm, refuse('engine', 'engine.height-unknown')), seen)
  assert.equal(await client.block(7n), undefined)
  assert.equal(await client.locate(new Uint8Array([0xab])), undefined)
  const proof = await client.prove('evidence', new Uint8Array([1, 2]), 9n)
  assert.ok(isRefusal(proof))
  assert.deepEqual(
    seen.map(({ path }) => path),
    ['/ledger/v1/blocks/7', '/ledger/v1/statements/ab', '/ledger/v1/proofs/evidence/0102?height=9'],
  )
})

test('following ends with its signal, not with a failure', async () => {
  const stop = new AbortController()
  const client = createLedgerClient(
    createInProcessTransport(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('aborted')))
          stop.abort()
        }),
    ),
  )
  for await (const _ of client.follow(1n, stop.signal)) assert.fail('there was no block')
})
