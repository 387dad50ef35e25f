// Each class of defect of FHIR R4 is caught once, with its code and its place.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CanonicalText, canonicalTextOf } from '@meridian/protocol'
import type { Finding } from '../finding.ts'
import { createValidator } from '../validator.ts'

const validator = createValidator()
const patient = {
  resourceType: 'Patient',
  id: 'p1',
  name: [{ family: '李', given: ['雷'] }],
  gender: 'male',
  birthDate: '1980-05-17',
}
const observation = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] },
  subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2024-05-31T08:30:00+08:00',
  valueQuantity: { value: 132, unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L' },
}
const xhtml = (inside: string) => `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>`

const placed = (findings: readonly Finding[]) => findings.map(({ code, path }) => `${code} ${path}`)
const check = (resource: unknown) => placed(validator.checkResource(resource, 'r4'))

test('good records have no findings', () => {
  assert.deepEqual(check(patient), [])
  assert.deepEqual(check(observation), [])
})

const defects: readonly [name: string, resource: unknown, expected: readonly string[]][] = [
  ['not an object', 'Patient', ['r4.object-expected Resource']],
  ['null', null, ['r4.object-expected Resource']],
  ['a list', [patient], ['r4.object-expected Resource']],
  ['no resourceType', { id: 'a' }, ['r4.not-a-resource Resource']],
  ['a resourceType of no release', { resourceType: 'Hospital' }, ['r4.unknown-type Resource']],
  ['a resourceType of another release', { resourceType: 'SubscriptionStatus' }, ['r4.unknown-type Resource']],
  ['an abstract resourceType', { resourceType: 'DomainResource' }, ['r4.unknown-type Resource']],
  ['a data type as resource', { resourceType: 'HumanName' }, ['r4.unknown-type Resource']],
  ['an unknown element', { ...patient, colour: 'red' }, ['r4.unknown-element Patient.colour']],
  [
    'an unknown element inside',
    { ...patient, name: [{ surname: '李' }] },
    ['r4.unknown-element Patient.name[0].surname'],
  ],
  [
    'an element of R5',
    { resourceType: 'ResearchStudy', status: 'active', label: [] },
    ['r4.unknown-element ResearchStudy.label'],
  ],
  ['a member whose name may be data', { ...patient, '李雷 110105': 1 }, ['r4.unknown-element Patient.(?)']],
  ['a missing element', { ...observation, status: undefined }, ['r4.missing-element Observation.status']],
  [
    'a missing element inside',
    { ...patient, communication: [{ preferred: true }] },
    ['r4.missing-element Patient.communication[0].language'],
  ],
  [
    'a missing choice',
    { resourceType: 'MedicationStatement', status: 'active', subject: { display: 'x' } },
    ['r4.missing-element MedicationStatement.medication'],
  ],
  ['one where a list belongs', { ...patient, name: { family: '李' } }, ['r4.list-expected Patient.name']],
  ['a list where one belongs', { ...patient, gender: ['male'] }, ['r4.single-expected Patient.gender']],
  ['an empty list', { ...patient, name: [] }, ['r4.empty-list Patient.name']],
  ['an empty object', { ...patient, maritalStatus: {} }, ['r4.empty-element Patient.maritalStatus']],
  [
    'an object with an id only',
    { ...patient, maritalStatus: { id: 'a' } },
    ['r4.empty-element Patient.maritalStatus'],
  ],
  ['a null', { ...patient, birthDate: null }, ['r4.null-value Patient.birthDate']],
  ['a null object', { ...patient, maritalStatus: null }, ['r4.null-value Patient.maritalStatus']],
  ['a null in a list', { ...patient, name: [null] }, ['r4.null-value Patient.name[0]']],
  [
    'text where an object belongs',
    { ...patient, maritalStatus: 'M' },
    ['r4.object-expected Patient.maritalStatus'],
  ],
  ['an object where text belongs', { ...patient, birthDate: {} }, ['r4.primitive-form Patient.birthDate']],
  [
    'a date that does not exist',
    { ...patient, birthDate: '1980-02-30' },
    ['r4.primitive-form Patient.birthDate'],
  ],
  [
    'a number as text',
    { ...observation, valueQuantity: { value: '132', unit: 'g/L' } },
    ['r4.primitive-form Observation.valueQuantity.value'],
  ],
  ['an id with a space', { ...patient, id: 'p 1' }, ['r4.primitive-form Patient.id']],
  ['an empty text', { ...patient, name: [{ family: '' }] }, ['r4.primitive-form Patient.name[0].family']],
  ['two forms of a choice', { ...observation, valueString: '132' }, ['r4.two-choices Observation.value[x]']],
  [
    'a choice in a type it does not allow',
    { ...observation, valueQuantity: undefined, valueAddress: { text: 'x' } },
    ['r4.unknown-element Observation.valueAddress'],
  ],
  [
    'a value and a reason for its absence',
    { ...observation, dataAbsentReason: { text: 'x' } },
    ['r4.invariant Observation'],
  ],
  [
    'a period that ends before it starts',
    { ...patient, name: [{ family: '李', period: { start: '2024-02-01', end: '2024-01-31' } }] },
    ['r4.invariant Patient.name[0].period'],
  ],
  [
    'a unit code without a system',
    { ...observation, valueQuantity: { value: 1, code: 'g/L' } },
    ['r4.invariant Observation.valueQuantity'],
  ],
  [
    'a comparator in a reference range',
    { ...observation, referenceRange: [{ low: { value: 1, comparator: '<' } }] },
    ['r4.invariant Observation.referenceRange[0].low'],
  ],
  ['an empty contact', { ...patient, contact: [{ gender: 'male' }] }, ['r4.invariant Patient.contact[0]']],
  [
    'a code that a code system defines twice, at whatever depth',
    {
      resourceType: 'CodeSystem',
      status: 'draft',
      content: 'complete',
      concept: [{ code: 'a', concept: [{ code: 'b' }] }, { code: 'b' }],
    },
    ['r4.invariant CodeSystem'],
  ],
  [
    'an extension with nothing',
    { ...patient, extension: [{ url: 'urn:a' }] },
    ['r4.invariant Patient.extension[0]'],
  ],
  [
    'an extension with both',
    {
      ...patient,
      extension: [{ url: 'urn:a', valueCode: 'b', extension: [{ url: 'urn:c', valueCode: 'd' }] }],
    },
    ['r4.invariant Patient.extension[0]'],
  ],
  [
    'an extension without url',
    { ...patient, extension: [{ valueCode: 'b' }] },
    ['r4.missing-element Patient.extension[0].url'],
  ],
  [
    'a code outside a required value set',
    { ...patient, gender: '3' },
    ['r4.code-not-allowed Patient.gender'],
  ],
  [
    'a status outside its value set',
    { ...observation, status: 'done' },
    ['r4.code-not-allowed Observation.status'],
  ],
  [
    'a code outside it in a concept',
    {
      resourceType: 'Condition',
      subject: { display: 'x' },
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'ill' }],
      },
    },
    ['r4.code-not-allowed Condition.clinicalStatus'],
  ],
  [
    'the right code of the wrong system',
    {
      resourceType: 'Condition',
      subject: { display: 'x' },
      clinicalStatus: { coding: [{ system: 'urn:own', code: 'active' }] },
    },
    ['r4.code-not-allowed Condition.clinicalStatus'],
  ],
  [
    'text alone where a code is required',
    { resourceType: 'Condition', subject: { display: 'x' }, clinicalStatus: { text: '活动' } },
    ['r4.code-missing Condition.clinicalStatus'],
  ],
  ['no language tag', { ...patient, language: '中文' }, ['r4.code-form Patient.language']],
  [
    'no media type',
    { ...patient, photo: [{ contentType: 'picture', url: 'urn:a' }] },
    ['r4.code-form Patient.photo[0].contentType'],
  ],
  [
    'no currency',
    { resourceType: 'Invoice', status: 'issued', totalNet: { value: 1, currency: 'RMB' } },
    ['r4.code-form Invoice.totalNet.currency'],
  ],
  [
    'a reference to the wrong type',
    { ...observation, subject: { reference: 'Practitioner/1' } },
    ['r4.reference-type Observation.subject'],
  ],
  [
    'a reference that is none',
    { ...observation, subject: { reference: '李雷' } },
    ['r4.reference-form Observation.subject'],
  ],
  [
    'a reference that contradicts its type',
    { ...observation, subject: { reference: 'Patient/1', type: 'Group' } },
    ['r4.reference-type-mismatch Observation.subject'],
  ],
  [
    'a local reference to nothing',
    { ...observation, subject: { reference: '#p' } },
    ['r4.invariant Observation.subject'],
  ],
  [
    'a local reference to the wrong type',
    { ...observation, contained: [{ resourceType: 'Practitioner', id: 'p' }], subject: { reference: '#p' } },
    ['r4.reference-type Observation.subject'],
  ],
  [
    'a contained resource nobody refers to',
    { ...observation, contained: [{ resourceType: 'Patient', id: 'p' }] },
    ['r4.invariant Observation'],
  ],
  [
    'contained in contained',
    {
      ...observation,
      subject: { reference: '#p' },
      contained: [
        {
          resourceType: 'Patient',
          id: 'p',
          contained: [{ resourceType: 'Patient', id: 'q' }],
          link: [{ other: { reference: '#q' }, type: 'refer' }],
        },
      ],
    },
    ['r4.invariant Observation', 'r4.invariant Observation.contained[0].link[0].other'],
  ],
  [
    'a version in a contained resource',
    {
      ...observation,
      subject: { reference: '#p' },
      contained: [{ resourceType: 'Patient', id: 'p', meta: { versionId: '1' } }],
    },
    ['r4.invariant Observation'],
  ],
  [
    'two contained with one id',
    {
      ...observation,
      subject: { reference: '#p' },
      contained: [
        { resourceType: 'Patient', id: 'p' },
        { resourceType: 'Patient', id: 'p' },
      ],
    },
    ['r4.contained-id Observation.contained[1]'],
  ],
  [
    'script in the narrative',
    { ...patient, text: { status: 'generated', div: xhtml('<script>1</script>') } },
    ['r4.narrative Patient.text.div'],
  ],
  [
    'a narrative without text',
    { ...patient, text: { status: 'generated', div: xhtml(' ') } },
    ['r4.narrative Patient.text.div'],
  ],
  [
    'a holder for a complex element',
    { ...patient, _name: [{ id: 'a' }] },
    ['r4.unknown-element Patient._name'],
  ],
  ['an empty holder', { ...patient, _birthDate: {} }, ['r4.empty-element Patient.birthDate']],
]

for (const [name, resource, expected] of defects) {
  test(`r4 refuses ${name}`, () => {
    const plain: unknown = JSON.parse(JSON.stringify(resource))
    assert.deepEqual(check(plain).sort(), [...expected].sort())
  })
}

const accepted: readonly [name: string, resource: unknown][] = [
  [
    'a required element that only has an extension',
    { ...observation, status: undefined, _status: { extension: [{ url: 'urn:a', valueCode: 'b' }] } },
  ],
  [
    'a list with holes and their extensions',
    {
      ...patient,
      name: [{ given: [null, '雷'], _given: [{ extension: [{ url: 'urn:a', valueCode: 'b' }] }, null] }],
    },
  ],
  ['a conditional reference', { ...observation, subject: { reference: 'Patient?identifier=urn:a|1' } }],
  [
    'a reference by identifier alone',
    { ...observation, subject: { identifier: { value: '1' }, type: 'Patient' } },
  ],
  [
    'a contained resource that is used',
    { ...observation, contained: [{ resourceType: 'Patient', id: 'p' }], subject: { reference: '#p' } },
  ],
  [
    'a period whose ends have different precision',
    { ...patient, name: [{ family: '李', period: { start: '2024-02', end: '2024' } }] },
  ],
  [
    'a SimpleQuantity under the name of Quantity',
    {
      resourceType: 'MedicationAdministration',
      status: 'completed',
      medicationReference: { display: 'x' },
      subject: { display: 'y' },
      effectiveDateTime: '2024',
      dosage: { rateQuantity: { value: 1 } },
    },
  ],
]

for (const [name, resource] of accepted) {
  test(`r4 accepts ${name}`, () => {
    assert.deepEqual(check(JSON.parse(JSON.stringify(resource))), [])
  })
}

test('with the canonical text an integer written 1.0 is refused', () => {
  const source = '{"birthDate":"1980","multipleBirthInteger":2.0,"resourceType":"Patient"}'
  const options = { text: source as CanonicalText }
  assert.deepEqual(placed(validator.checkResource(JSON.parse(source), 'r4', options)), [
    'r4.primitive-form Patient.multipleBirthInteger',
  ])
  const good = canonicalTextOf({ ...observation, valueQuantity: { value: 1.5, unit: 'a' } })
  assert.deepEqual(validator.checkResource(JSON.parse(good), 'r4', { text: good }), [])
})

test('findings are summed up after a hundred', () => {
  const many = { ...patient, name: Array.from({ length: 500 }, () => ({ x: 1 })) }
  const findings = validator.checkResource(many, 'r4')
  assert.equal(findings.length, 101)
  assert.equal(findings.at(-1)?.code, 'r4.more-findings')
})
