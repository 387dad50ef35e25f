/** ConceptMap/$translate (R4): by query and by Parameters, with the rule that decided and what the map would have said otherwise. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { conceptMapOf, readMapRow } from '@meridian/standards'
import { openTestDoor, type TestDoor } from '../../../fixtures/fhir-door.ts'

const [snomed, icd10] = ['http://snomed.info/sct', 'http://hl7.org/fhir/sid/icd-10']
const rows = [
  { code: '1', target: 'E11.9', equivalence: 'wider' },
  {
    code: '2',
    target: 'P29.2',
    equivalence: 'wider',
    priority: 1,
    rule: 'IFA 445518008 | Age | < 28.0 days',
  },
  { code: '2', target: 'I10', equivalence: 'wider', priority: 2, rule: 'OTHERWISE TRUE' },
].flatMap((row) => readMapRow(row) ?? assert.fail('no row'))
const map = conceptMapOf({ source: snomed, target: icd10, release: 'r1' }, rows)

let door: TestDoor
before(async () => {
  door = await openTestDoor({ maps: () => [{ id: 'test.map', version: '1.0.0', map }] })
})
after(() => door.close())

interface Part {
  readonly name: string
  readonly valueBoolean?: boolean
  readonly valueCode?: string
  readonly valueCoding?: { readonly code: string }
  readonly part?: readonly Part[]
}

const translation = (body: { readonly parameter: readonly Part[] }) => {
  const concepts = (name: string) =>
    body.parameter
      .filter((one) => one.name === name)
      .map(({ part = [] }) => part.find((each) => each.name === 'concept')?.valueCoding?.code)
  const result = body.parameter.find(({ name }) => name === 'result')?.valueBoolean
  return { result, match: concepts('match'), otherwise: concepts('otherwise') }
}

test('a code by GET', async () => {
  const { status, body } = await door.send(
    'GET',
    `/ConceptMap/$translate?code=1&system=${snomed}&targetsystem=${icd10}`,
  )
  assert.equal(status, 200)
  assert.deepEqual(translation(body), { result: true, match: ['E11.9'], otherwise: [] })
})

test('a CodeableConcept by POST, with what its rules ask', async () => {
  const ask = (ageDays?: number) =>
    door.send('POST', '/ConceptMap/$translate', {
      resourceType: 'Parameters',
      parameter: [
        {
          name: 'codeableConcept',
          valueCodeableConcept: {
            coding: [
              { system: 'urn:x', code: '9' },
              { system: snomed, code: '2' },
            ],
          },
        },
        ...(ageDays === undefined ? [] : [{ name: 'ageDays', valueInteger: ageDays }]),
      ],
    })
  assert.deepEqual(translation((await ask(3)).body), { result: true, match: ['P29.2'], otherwise: ['I10'] })
  assert.deepEqual(translation((await ask()).body), { result: true, match: ['I10'], otherwise: ['P29.2'] })
})

test('a code that no map has is answered, a call without one is refused in both languages', async () => {
  const unknown = await door.send('GET', `/ConceptMap/$translate?code=77&system=${snomed}`)
  assert.deepEqual([unknown.status, translation(unknown.body).result], [200, false])
  const wrong = await door.send('GET', '/ConceptMap/$translate')
  assert.equal(wrong.status, 400)
  assert.match(wrong.text, /缺少参数/)
  assert.equal((await door.send('POST', '/ConceptMap/$translate', { resourceType: 'Patient' })).status, 400)
  assert.equal(
    (await door.send('GET', '/ConceptMap/$translate?code=1', undefined, { authorization: '' })).status,
    401,
  )
})
