/** How often one may ask the FHIR door: callers by name, strangers by address. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callers, openTestDoor, type TestDoor } from '../../../fixtures/fhir-door.ts'
import { defaultFhirDoorLimits } from './needs.ts'

let door: TestDoor
let nowMs = 1_000_000
let lookedUp = 0
before(async () => {
  door = await openTestDoor({
    clock: { now: () => new Date(nowMs) },
    limits: {
      ...defaultFhirDoorLimits,
      requestsPerSecond: 1,
      burst: 2,
      strangers: { requestsPerSecond: 1, burst: 3 },
    },
    authenticate: async ({ headers }) => {
      lookedUp++
      const token = headers.authorization?.slice('Bearer '.length) ?? ''
      return callers[token] ?? { refusedAccess: 'rest.unauthenticated' }
    },
  })
})
after(() => door.close())

const read = (token: string) =>
  door.send('GET', '/Patient/none', undefined, { authorization: `Bearer ${token}` })

test('a caller beyond the rate gets 429, Retry-After and a bilingual OperationOutcome; others go on', async () => {
  assert.deepEqual([(await read('all')).status, (await read('all')).status], [404, 404])
  const refused = await read('all')
  assert.deepEqual([refused.status, refused.headers['retry-after']], [429, '1'])
  const [issue] = refused.body.issue
  assert.equal(issue.code, 'throttled')
  assert.equal(issue.details.coding[0].code, 'rest.too-many-requests')
  assert.ok(issue.details.text && issue.details._text.extension)
  assert.equal((await read('reader')).status, 404)
  nowMs += 1000
  assert.equal((await read('all')).status, 404)
})

test('who keeps bringing bad tokens is not looked up any more until some time has passed', async () => {
  const statuses = []
  for (let i = 0; i < 4; i++) statuses.push((await read('wrong')).status)
  assert.deepEqual(statuses, [401, 401, 401, 429])
  const before = lookedUp
  assert.equal((await read('wrong')).status, 429)
  assert.equal(lookedUp, before)
  nowMs += 1000
  assert.equal((await read('wrong')).status, 401)
})

test('the CapabilityStatement, which needs no token, is limited as strangers are', async () => {
  nowMs += 60_000
  const statuses = []
  for (let i = 0; i < 4; i++) statuses.push((await door.send('GET', '/metadata')).status)
  assert.deepEqual(statuses, [200, 200, 200, 429])
})
