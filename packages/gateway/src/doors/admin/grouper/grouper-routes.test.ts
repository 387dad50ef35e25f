/** The routes of groupers: who may ask, what reaches the node, and refusals in words. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { adminPassword, openAdminDoor } from '../../../../fixtures/admin-door.ts'
import { whoMay } from '../access.ts'
import type { GrouperQuestion } from './grouper-need.ts'

const items = [{ id: 'test.grouper', version: '1.0.0', isShipped: true, years: ['2026'] }]
const asked: GrouperQuestion[] = []

let door: Awaited<ReturnType<typeof openAdminDoor>>
let headers: Record<string, string>

before(async () => {
  door = await openAdminDoor({
    grouper: {
      list: async () => ({ items }),
      async group(question) {
        asked.push(question)
        return question.tables === 'no.grouper' ? 'wrong' : { group: 'HS25' }
      },
    },
  })
  const payload = { name: 'admin', password: adminPassword }
  const signedIn = await door.app.inject({ method: 'POST', url: '/api/session', payload })
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
  headers = { cookie, 'x-csrf-token': signedIn.json().csrf }
})
after(() => door.close())

const ask = (payload: object) =>
  door.app.inject({ method: 'POST', url: '/api/groupers/group', headers, payload })

test('the groupers are listed for whoever is signed in', async () => {
  assert.equal((await door.app.inject({ method: 'GET', url: '/api/groupers' })).statusCode, 401)
  assert.deepEqual((await door.app.inject({ method: 'GET', url: '/api/groupers', headers })).json(), {
    items,
  })
})

test('an encounter of the own records is grouped for those only who keep records', () => {
  assert.deepEqual(whoMay('POST', '/api/groupers/group'), ['administrator', 'clerk'])
})

test('a typed episode and an encounter reach the node as they were asked', async () => {
  const episode = {
    diagnoses: ['K74.600'],
    procedures: [],
    sex: 'male',
    ageDays: 20_000,
    ventilationHours: 0,
  }
  const questions = [{ tables: 'test.grouper', year: '2026', episode }, { encounter: 'abc-1' }]
  for (const question of questions) assert.deepEqual((await ask(question)).json(), { group: 'HS25' })
  assert.deepEqual(asked, questions)
})

test('an episode without a diagnosis is malformed; tables that there are not are refused', async () => {
  for (const episode of [{}, { diagnoses: [] }, { diagnoses: ['K74.600'], ageDays: -1 }])
    assert.equal((await ask({ episode })).statusCode, 400)
  const refused = await ask({ tables: 'no.grouper', episode: { diagnoses: ['K74.600'] } })
  assert.deepEqual([refused.statusCode, refused.json().code], [422, 'grouper.unknown'])
})
