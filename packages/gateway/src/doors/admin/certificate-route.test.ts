/** The membership certificate at the admin door: for whoever signed in, byte for byte, and the ledger's words when there is none. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { adminPassword, aloneOnLedger, openAdminDoor } from '../../../fixtures/admin-door.ts'

const file = '{"format":"meridian-membership/1","names":"示例"}'
let door: Awaited<ReturnType<typeof openAdminDoor>>
let cookie: string

before(async () => {
  door = await openAdminDoor({
    consortium: {
      ...aloneOnLedger,
      certificate: async (organisation) =>
        organisation === 'hospital'
          ? { text: file }
          : { refusedByLedger: 'members-unknown', message: { zh: '没有', en: 'none' } },
    },
  })
  const payload = { name: 'admin', password: adminPassword }
  const answer = await door.app.inject({ method: 'POST', url: '/api/session', payload })
  cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
})
after(() => door.close())

const get = (organisation: string, headers: Record<string, string> = { cookie }) =>
  door.app.inject({ method: 'GET', url: `/api/members/${organisation}/certificate`, headers })

test('its bytes are sent as they are', async () => {
  const { statusCode, rawPayload } = await get('hospital')
  assert.equal(statusCode, 200)
  assert.equal(rawPayload.toString('utf8'), file)
})

test('without a session there is none', async () => {
  assert.equal((await get('hospital', {})).statusCode, 401)
})

test('for an organisation that the ledger does not know the answer is its words', async () => {
  const answer = await get('nobody')
  const { code, parameter, message } = answer.json()
  assert.deepEqual([answer.statusCode, code, parameter], [409, 'ledger.refused', 'members-unknown'])
  assert.deepEqual(message, { zh: '没有', en: 'none' })
})

test('what is no id of an organisation does not reach the ledger', async () => {
  assert.equal((await get('No%20Id')).json().code, 'request.invalid')
})
