// The terminology operations of R4 at the door: $lookup, $validate-code, $subsumes, $expand (S30).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestDoor, type TestDoor } from '../../../../fixtures/fhir-door.ts'

let door: TestDoor
before(async () => {
  door = await openTestDoor()
})
after(() => door.close())

const icd10 = 'http://hl7.org/fhir/sid/icd-10'
const query = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString()

interface Parameter {
  readonly name: string
  readonly valueBoolean?: boolean
  readonly valueString?: string
  readonly valueCode?: string
}

const get = (path: string, parameters: Record<string, string>) =>
  door.send('GET', `/${path}?${query(parameters)}`)
const named = (body: unknown, name: string) =>
  (body as { parameter: readonly Parameter[] }).parameter.find((one) => one.name === name)

test('$lookup answers in Chinese, and in English when asked', async () => {
  const zh = await get('CodeSystem/$lookup', { system: icd10, code: 'E11.9' })
  assert.equal(named(zh.body, 'display')?.valueString, '2型糖尿病不伴有并发症')
  const en = await get('CodeSystem/$lookup', { system: icd10, code: 'E11.9', displayLanguage: 'en' })
  assert.equal(named(en.body, 'display')?.valueString, 'Type 2 diabetes mellitus without complications')
})

test('$validate-code says true and false, by GET and by POST of Parameters', async () => {
  const good = await get('CodeSystem/$validate-code', { url: icd10, code: 'I10' })
  assert.equal(named(good.body, 'result')?.valueBoolean, true)
  const coding = { system: icd10, code: 'I10.99' }
  const bad = await door.send('POST', '/CodeSystem/$validate-code', {
    resourceType: 'Parameters',
    parameter: [{ name: 'coding', valueCoding: coding }],
  })
  assert.equal(named(bad.body, 'result')?.valueBoolean, false)
  const inSet = await get('ValueSet/$validate-code', {
    url: `${icd10}?fhir_vs=isa/E11`,
    system: icd10,
    code: 'I10',
  })
  assert.equal(named(inSet.body, 'result')?.valueBoolean, false)
})

test('$subsumes follows the hierarchy', async () => {
  const { body } = await get('CodeSystem/$subsumes', { system: icd10, codeA: 'E11', codeB: 'E11.9' })
  assert.equal(named(body, 'outcome')?.valueCode, 'subsumes')
})

test('$expand filters by pinyin initials and pages', async () => {
  const url = `${icd10}?fhir_vs`
  const found = await get('ValueSet/$expand', { url, filter: 'tnb' })
  const { expansion } = found.body as { expansion: { total: number; contains: { code: string }[] } }
  assert.ok(expansion.contains.some(({ code }) => code === 'E11.9'))
  const page = await get('ValueSet/$expand', { url, offset: '2', count: '3' })
  assert.equal((page.body as { expansion: { contains: unknown[] } }).expansion.contains.length, 3)
})

test('what cannot be answered is an OperationOutcome in both languages', async () => {
  const wrong = [
    await get('CodeSystem/$lookup', { system: 'urn:no:such', code: '1' }),
    await get('CodeSystem/$lookup', { system: icd10, code: 'Z99.99' }),
    await get('CodeSystem/$lookup', { system: icd10 }),
    await get('ValueSet/$expand', { url: 'urn:no:such' }),
    await get('ValueSet/$expand', { url: `${icd10}?fhir_vs`, count: '-1' }),
    await door.send('POST', '/CodeSystem/$lookup', { resourceType: 'Patient' }),
  ]
  assert.deepEqual(
    wrong.map(({ status }) => status),
    [404, 404, 400, 404, 400, 400],
  )
  for (const { body } of wrong)
    assert.match(JSON.stringify(body), /OperationOutcome.*[\u4e00-\u9fff].*"lang","valueCode":"en"/)
})

test('the capability documents name the operations and the systems', async () => {
  const { body } = await door.send('GET', '/metadata?mode=terminology')
  const { codeSystem } = body as { codeSystem: { uri: string }[] }
  assert.ok(codeSystem.some(({ uri }) => uri === 'urn:meridian:cs:notifiable-diseases'))
  const statement = JSON.stringify((await door.send('GET', '/metadata')).body)
  for (const name of ['lookup', 'validate-code', 'subsumes', 'expand', 'translate'])
    assert.ok(statement.includes(`"name":"${name}"`))
})
