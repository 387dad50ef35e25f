/** What the admin door promises before any route: the session cookie, how often one may call, what a body may be. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { adminPassword, openAdminDoor } from '../../../fixtures/admin-door.ts'
import { defaultDoorLimits } from '../door-limits.ts'

let nowMs = 1_000_000

function signIn(app: FastifyInstance, password = adminPassword, name = 'admin') {
  return app.inject({ method: 'POST', url: '/api/session', payload: { name, password } })
}

describe('behind TLS, with tight limits', () => {
  let door: Awaited<ReturnType<typeof openAdminDoor>>
  before(async () => {
    const limits = { ...defaultDoorLimits, requestsPerSecond: 1, burst: 3 }
    door = await openAdminDoor({ secureCookie: true, limits, nowMs: () => nowMs })
  })
  after(() => door.close())

  test('the session cookie is HttpOnly, SameSite=Strict and Secure, and only for the API', async () => {
    const cookie = String((await signIn(door.app)).headers['set-cookie'])
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/api'])
      assert.match(cookie, new RegExp(`; ${attribute}(;|$)`))
  })

  test('a person who asks too often waits as long as Retry-After says', async () => {
    const cookie = String((await signIn(door.app)).headers['set-cookie']).split(';')[0] ?? ''
    const get = () => door.app.inject({ method: 'GET', url: '/api/session', headers: { cookie } })
    assert.deepEqual(
      [(await get()).statusCode, (await get()).statusCode, (await get()).statusCode],
      [200, 200, 200],
    )
    const refused = await get()
    assert.deepEqual(
      [refused.statusCode, refused.headers['retry-after'], refused.json().code],
      [429, '1', 'door.too-many-requests'],
    )
    nowMs += 1000
    assert.equal((await get()).statusCode, 200)
  })

  test('strangers share the limit of their address, and are refused before a password is tried', async () => {
    nowMs += 3_600_000
    const statuses: number[] = []
    for (let i = 0; i < 31; i++)
      statuses.push((await door.app.inject({ method: 'GET', url: '/api/session' })).statusCode)
    assert.deepEqual(new Set(statuses.slice(0, 30)), new Set([401]))
    assert.equal(statuses[30], 429)
    assert.equal((await signIn(door.app)).statusCode, 429)
  })
})

describe('on loopback', () => {
  let door: Awaited<ReturnType<typeof openAdminDoor>>
  before(async () => {
    door = await openAdminDoor()
  })
  after(() => door.close())

  test('without TLS the cookie is not Secure, else no browser would send it back', async () => {
    assert.doesNotMatch(String((await signIn(door.app)).headers['set-cookie']), /Secure/)
  })

  test('a body with a member twice, a deep one and a huge one are refused with a code', async () => {
    const send = (payload: string) =>
      door.app.inject({
        method: 'POST',
        url: '/api/session',
        headers: { 'content-type': 'application/json' },
        payload,
      })
    const codes = []
    for (const payload of [
      `{"name":"admin","password":"x","name":"other"}`,
      `{"name":${'['.repeat(5000)}`,
      `{"name":"${'x'.repeat(3_000_000)}"}`,
      '{"name":"admin"}',
    ]) {
      const reply = await send(payload)
      codes.push([reply.statusCode, reply.json().code])
    }
    assert.deepEqual(codes, [
      [400, 'door.malformed-body'],
      [413, 'door.too-large'],
      [413, 'door.too-large'],
      [400, 'request.invalid'],
    ])
  })

  test('a name that is locked says for how long', async () => {
    for (let i = 0; i < 5; i++) assert.equal((await signIn(door.app, 'wrong password')).statusCode, 401)
    const locked = await signIn(door.app)
    assert.deepEqual([locked.statusCode, locked.headers['retry-after']], [429, '900'])
    assert.equal(locked.json().code, 'session.locked')
  })

  test('a hundred attempts at once are as few tries as thirty one after another, and success costs none', async () => {
    const all = await Promise.all(
      Array.from({ length: 100 }, (_, i) => signIn(door.app, 'wrong password', `n${i}`)),
    )
    const tried = all.filter((reply) => reply.json().code === 'session.wrong-credentials')
    assert.ok(tried.length <= 30)
    const paused = all.find((reply) => reply.json().code === 'session.too-many-attempts')
    assert.deepEqual([paused?.statusCode, paused?.headers['retry-after']], [429, '60'])
  })
})
