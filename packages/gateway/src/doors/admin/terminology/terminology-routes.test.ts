/** The terminology routes over what is shipped: found as people type, shown with what is above and below, only suggested. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { adminPassword, openAdminDoor } from '../../../../fixtures/admin-door.ts'

let door: Awaited<ReturnType<typeof openAdminDoor>>
let headers: Record<string, string>

before(async () => {
  door = await openAdminDoor()
  const payload = { name: 'admin', password: adminPassword }
  const signedIn = await door.app.inject({ method: 'POST', url: '/api/session', payload })
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
  headers = { cookie, 'x-csrf-token': signedIn.json().csrf }
})
after(() => door.close())

const system = 'http://hl7.org/fhir/sid/icd-10'
const get = (path: string, query: Record<string, string> = {}) =>
  door.app.inject({ method: 'GET', url: `/api/terminology${path}`, query, headers })

test('every release is listed, and which of them answers today', async () => {
  const { items } = (await get('')).json()
  const notifiable = items.filter((one: { system: string }) => one.system.endsWith(':notifiable-diseases'))
  assert.ok(notifiable.length > 1)
  assert.equal(notifiable.filter((one: { answersToday: boolean }) => one.answersToday).length, 1)
})

for (const [how, text] of [
  ['Chinese', '肝细胞癌'],
  ['English', 'liver cell'],
  ['pinyin initials', 'gxba'],
  ['a synonym', '原发性肝癌'],
  ['the code', 'c22.0'],
] as const)
  test(`a concept is found by ${how}`, async () => {
    const { items } = (await get('/search', { system, text })).json()
    assert.equal(items[0].code, 'C22.0')
    assert.equal(items[0].display, '肝细胞癌')
  })

test('a concept comes with its names, and with what is above and below it in that release', async () => {
  const first = (await get('/concept', { system, code: 'C22.0' })).json()
  assert.ok(first.concept.designations.some((one: { value: string }) => one.value === 'Liver cell carcinoma'))
  assert.equal(first.release.version, 'meridian-subset-1')
  const notifiable = 'urn:meridian:cs:notifiable-diseases'
  const below = (
    await get('/concept', { system: notifiable, code: 'viral-hepatitis', version: '2026-06-01' })
  ).json()
  assert.ok(below.children.length > 0 && below.parents.length === 0)
  const { code } = below.children[0]
  const above = (await get('/concept', { system: notifiable, code, version: '2026-06-01' })).json()
  assert.deepEqual(
    above.parents.map((one: { code: string }) => one.code),
    ['viral-hepatitis'],
  )
})

test('a free text is answered with candidates, what each rests on and how sure it is', async () => {
  const suggest = (payload: object) =>
    door.app.inject({ method: 'POST', url: '/api/terminology/suggest', headers, payload })
  const { items } = (await suggest({ system, text: '急性心肌梗塞' })).json()
  assert.deepEqual([items[0].code, items[0].basis], ['I21.9', 'similar'])
  assert.ok(items[0].confidence > 0.6 && items[0].confidence < 0.85)
  assert.equal((await suggest({ system: 'urn:none', text: 'x' })).json().parameter, 'system')
})

test('what is not there is refused in words, by the parameter that is wrong', async () => {
  const asked = async (query: Record<string, string>) => {
    const { statusCode, json } = await get('/concept', query)
    return [statusCode, json().code, json().parameter]
  }
  assert.deepEqual(await asked({ system, code: 'X99' }), [404, 'terminology.code-unknown', 'code'])
  const release = 'terminology.release-unknown'
  assert.deepEqual(await asked({ system: 'urn:none', code: 'X99' }), [404, release, 'system'])
  assert.deepEqual(await asked({ system, version: '1', code: 'C22.0' }), [404, release, 'version'])
  assert.equal((await get('/search', { system })).statusCode, 400)
  assert.equal((await door.app.inject({ url: '/api/terminology' })).statusCode, 401)
})
