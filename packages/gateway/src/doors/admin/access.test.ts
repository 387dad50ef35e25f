// The access table and the routes are the same list, and every error says what to do in both languages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessAll, accessNone } from '@meridian/vault'
import { accessRules, recordsFor, whoMay } from './access.ts'
import { adminErrorCodes, refuseCall } from './admin-errors.ts'
import { adminRoutes } from './routes.ts'

test('every route has a rule and every rule a route', () => {
  const routes = adminRoutes.map((route) => `${route.method} ${route.path}`)
  assert.deepEqual(Object.keys(accessRules).sort(), routes.sort())
})

test('a route without a rule cannot be opened', () => {
  assert.throws(() => whoMay('GET', '/api/secrets'), /no access rule/)
})

test('only signing in needs no session', () => {
  const open = Object.entries(accessRules).filter(([, rule]) => rule === 'anyone')
  assert.deepEqual(
    open.map(([route]) => route),
    ['POST /api/session'],
  )
})

test('an auditor reads no record, whatever the route', () => {
  assert.equal(recordsFor('auditor'), accessNone)
  assert.equal(recordsFor('researcher'), accessAll)
})

test('every error has a status and speaks both languages', () => {
  for (const code of adminErrorCodes) {
    const { status, message, hint } = refuseCall(code)
    assert.ok(status >= 400 && status < 600)
    for (const text of [message, hint]) {
      assert.match(text.zh, /[\u4e00-\u9fff]/, code)
      assert.match(text.en, /^[\x20-\x7e’–]+$/, code)
    }
  }
})
