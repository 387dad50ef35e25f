/** The quality routes: counts for everybody, records for whoever may read records, and one's own threshold. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openAdminDoor } from '../../../../fixtures/admin-door.ts'

let door: Awaited<ReturnType<typeof openAdminDoor>>
let headers: Record<string, string>

before(async () => {
  door = await openAdminDoor()
  const signedIn = await door.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { name: 'admin', password: 'correct horse battery staple' },
  })
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
  headers = { cookie, 'x-csrf-token': signedIn.json().csrf }
})
after(() => door.close())

const get = (url: string) => door.app.inject({ method: 'GET', url, headers })

test('nobody reads quality without a session, and a run that is none is refused in words', async () => {
  assert.equal((await door.app.inject({ method: 'GET', url: '/api/quality/runs' })).statusCode, 401)
  assert.deepEqual((await get('/api/quality/runs')).json(), { items: [] })
  const unknown = await get('/api/quality/runs/7')
  assert.deepEqual([unknown.statusCode, unknown.json().code], [404, 'quality.unknown'])
  assert.equal((await get('/api/quality/runs/7/csv')).statusCode, 404)
  assert.deepEqual((await get('/api/quality/runs/7/failures?check=a')).json(), { items: [] })
  assert.equal((await get('/api/quality/runs/7/failures')).statusCode, 400)
})

test('a threshold is set for a check that there is, and a malformed day is named', async () => {
  const post = (url: string, payload: object) => door.app.inject({ method: 'POST', url, headers, payload })
  const set = (check: string) => post('/api/quality/thresholds', { check, percent: 3 })
  assert.equal((await set('encounter.main-diagnosis')).statusCode, 204)
  assert.equal((await set('no-such')).json().parameter, 'check')
  assert.equal((await post('/api/quality/runs', { from: '2026-99-99' })).json().parameter, 'from')
})
