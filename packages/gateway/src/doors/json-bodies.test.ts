/** JSON bodies of the doors: read strictly, bounded, and with the member names that were sent. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import { doorRefusal, sendDoorRefusal } from './door-refusals.ts'
import { readJsonBodies, requestRefusal } from './json-bodies.ts'

function echo(limits: Partial<Parameters<typeof readJsonBodies>[1]> = {}): FastifyInstance {
  const app = Fastify({ bodyLimit: 200_000_000 })
  readJsonBodies(app, { maxBodyBytes: 1_000_000, maxDepth: 32, maxMembers: 1000, ...limits })
  app.setErrorHandler<FastifyError>((error, _request, reply) =>
    sendDoorRefusal(reply, requestRefusal(error) ?? doorRefusal('door.failed')),
  )
  app.post('/', async ({ body }) => ({ names: Object.keys((body ?? {}) as object) }))
  return app
}

async function post(app: FastifyInstance, payload: string | Buffer, type = 'application/json') {
  const reply = await app.inject({ method: 'POST', url: '/', headers: { 'content-type': type }, payload })
  return { status: reply.statusCode, text: reply.payload, body: reply.json() }
}

test('an escaped member name is read as it was sent, whatever was read before', async () => {
  const app = echo()
  await post(app, String.raw`{"x":1,"\\":1}`)
  for (const name of ['\n', '\u0001', '"', '\\n', 'é'])
    assert.deepEqual((await post(app, JSON.stringify({ x: 1, [name]: 1 }))).body.names, ['x', name].sort())
  assert.deepEqual((await post(app, String.raw`{"passwor\u0064":1}`)).body.names, ['password'])
})

test('a member given twice is refused with its place, also when one is written with escapes', async () => {
  for (const twice of ['{"role":"clerk","role":"administrator"}', String.raw`{"role":1,"r\u006fle":2}`]) {
    const { status, body, text } = await post(echo(), twice)
    assert.deepEqual([status, body.code, body.cause.code], [400, 'door.malformed-body', 'text.duplicate-key'])
    assert.match(body.cause.en, /line 1, column \d+/)
    assert.match(body.cause.zh, /第 1 行/)
    assert.doesNotMatch(text, /clerk|administrator/)
  }
})

test('a body that is too deep, too wide or too large costs a 413 with a code', async () => {
  const depth = 100_000
  const cases = [
    ['['.repeat(depth) + ']'.repeat(depth), 'text.too-deep'],
    [`[${'1,'.repeat(2000)}1]`, 'text.too-many-members'],
  ] as const
  for (const [payload, cause] of cases) {
    const { status, body } = await post(echo(), payload)
    assert.deepEqual([status, body.code, body.cause.code], [413, 'door.too-large', cause])
    assert.ok(body.message.zh && body.hint.zh && body.hint.en)
  }
  const { status, body } = await post(echo(), Buffer.alloc(100_000_000, 0x20))
  assert.deepEqual([status, body.code], [413, 'door.too-large'])
})

test('what is not JSON, not UTF-8 or of another type is refused and not repeated', async () => {
  const secret = '张三丰13800001111'
  for (const wrong of [`{"name":"${secret}"`, `{'${secret}'}`, Buffer.from([0x7b, 0xff, 0x7d])]) {
    const { status, body, text } = await post(echo(), wrong)
    assert.deepEqual([status, body.code], [400, 'door.malformed-body'])
    assert.doesNotMatch(text, /张三|1380000/)
  }
  const { status, body } = await post(echo(), '<a/>', 'text/xml')
  assert.deepEqual([status, body.code], [415, 'door.content-type'])
})

test('nobody reaches a prototype through a body', async () => {
  for (const payload of ['{"__proto__":{"role":"x"}}', String.raw`{"a":{"\u005f_proto__":1}}`]) {
    const { status, body } = await post(echo(), payload)
    assert.deepEqual([status, body.code], [400, 'door.reserved-name'])
  }
  assert.equal((await post(echo(), '{"a":"\\"__proto__\\":"}')).status, 200)
})

test('an empty body is no body', async () => {
  assert.deepEqual((await post(echo(), '')).body.names, [])
})
