/** The routes of concept maps: what there is, a code by its rules, and refusals in words. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { conceptMapOf, type MapRow } from '@meridian/standards'
import { adminPassword, openAdminDoor } from '../../../../fixtures/admin-door.ts'
import type { KnownMap } from './maps-need.ts'

const row = (
  code: string,
  target: string,
  priority: number,
  rule: MapRow['rule'],
  ruleText: string,
): MapRow => ({
  code,
  group: 1,
  priority,
  rule,
  ruleText,
  target,
  equivalence: 'wider',
})
const young = 'IFA 445518008 | Age at onset | < 28.0 days'
const head = { source: 'urn:a', target: 'urn:b' }
const known = (version: string, release: string, rows: readonly MapRow[]): KnownMap => ({
  id: 'test.map',
  version,
  titles: { zh: '试', en: 'Test' },
  map: conceptMapOf({ ...head, release }, rows),
})
const maps = [
  known('1.0.0', 'old', [row('A', 'X', 1, { when: 'always' }, 'TRUE')]),
  known('1.1.0', 'new', [
    row('A', 'X', 1, { when: 'age', is: '<', days: 28 }, young),
    row('A', 'Y', 2, { when: 'otherwise' }, 'OTHERWISE TRUE'),
  ]),
]

let door: Awaited<ReturnType<typeof openAdminDoor>>
let headers: Record<string, string>

before(async () => {
  door = await openAdminDoor({ maps: { list: () => maps } })
  const payload = { name: 'admin', password: adminPassword }
  const signedIn = await door.app.inject({ method: 'POST', url: '/api/session', payload })
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
  headers = { cookie, 'x-csrf-token': signedIn.json().csrf }
})
after(() => door.close())

const ask = (payload: object) =>
  door.app.inject({ method: 'POST', url: '/api/maps/translate', headers, payload })

test('the maps are listed with their systems, release, size and codes to begin with', async () => {
  assert.equal((await door.app.inject({ method: 'GET', url: '/api/maps' })).statusCode, 401)
  const listed = await door.app.inject({ method: 'GET', url: '/api/maps', headers })
  const item = { id: 'test.map', titles: { zh: '试', en: 'Test' }, ...head, codes: 1, samples: ['A'] }
  assert.deepEqual(listed.json(), {
    items: [
      { ...item, version: '1.0.0', release: 'old' },
      { ...item, version: '1.1.0', release: 'new' },
    ],
  })
})

test('the newest version answers: the target by what is known, the others with why they do not count', async () => {
  const told = async (context: object) => {
    const answer = (await ask({ map: 'test.map', code: 'A', ...context })).json()
    const others = answer.otherwise.map((one: { code: string; because: string }) => [one.code, one.because])
    return [answer.map.version, answer.release, answer.targets[0].code, answer.targets[0].rule, ...others]
  }
  assert.deepEqual(await told({ ageDays: 3 }), ['1.1.0', 'new', 'X', young, ['Y', 'earlier-row']])
  assert.deepEqual(await told({ ageDays: 28 }), ['1.1.0', 'new', 'Y', 'OTHERWISE TRUE', ['X', 'not-met']])
  assert.deepEqual(await told({}), ['1.1.0', 'new', 'Y', 'OTHERWISE TRUE', ['X', 'unknown']])
})

test('a code that the map has not is said to be unknown; a map that there is not is refused', async () => {
  const unknown = (await ask({ map: 'test.map', code: 'B' })).json()
  assert.deepEqual([unknown.known, unknown.result, unknown.targets], [false, false, []])
  const refused = await ask({ map: 'no.map', code: 'A' })
  assert.deepEqual([refused.statusCode, refused.json().code], [404, 'standard.unknown'])
  assert.equal((await ask({ map: 'test.map', code: 'A', ageDays: -1 })).json().parameter, 'ageDays')
  assert.equal((await ask({ map: 'test.map' })).statusCode, 400)
})
