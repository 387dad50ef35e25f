// The profiles cn-national and cn-national-strict, by the golden values of the domain and rule by rule.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '../finding.ts'
import { createValidator, type ProfileName } from '../validator.ts'
import {
  absentReasonExtension,
  ethnicGroupExtension,
  frontPageMarks,
  nationalSystems,
  sexCodeExtension,
} from './national-codes.ts'

const validator = createValidator()
const options = { today: '2026-01-01' }
const check = (resource: unknown, profile: ProfileName = 'cn-national') =>
  validator
    .checkResource(resource, profile, options)
    .map(({ code, path, severity }: Finding) => `${code} ${path} ${severity}`)

const citizen = { system: nationalSystems.residentId, value: '11010519491231002X' }
const patient = {
  resourceType: 'Patient',
  name: [{ text: '王芳' }],
  gender: 'female',
  birthDate: '1949-12-31',
  identifier: [citizen],
}
const sexCode = (code: string) => ({
  extension: [{ url: sexCodeExtension, valueCoding: { system: nationalSystems.sex, code } }],
})
const absent = (code: string) => ({ extension: [{ url: absentReasonExtension, valueCode: code }] })
const documentType = (code: string) => ({ coding: [{ system: nationalSystems.idDocumentType, code }] })

test('a woman with a good identity number has no findings in either profile', () => {
  assert.deepEqual(check(patient), [])
  assert.deepEqual(check(patient, 'cn-national-strict'), [])
})

test('what the national profile asks is not asked under r4', () => {
  assert.deepEqual(check({ resourceType: 'Patient' }, 'r4'), [])
})

test('sex 3 is refused in both profiles, as code and as gender', () => {
  for (const profile of ['cn-national', 'cn-national-strict'] as const) {
    const coded = { ...patient, gender: 'unknown', _gender: sexCode('3') }
    assert.deepEqual(check(coded, profile), ['cn.sex-code Patient.gender error'])
    assert.deepEqual(check({ ...patient, gender: '3' }, profile), [
      'r4.code-not-allowed Patient.gender error',
    ])
  }
})

test('sex 0 and 9 are accepted in the national profile and refused in the strict one', () => {
  const people = [
    { ...patient, gender: 'unknown' },
    { ...patient, gender: 'other' },
    { ...patient, gender: 'unknown', _gender: sexCode('0') },
    { ...patient, gender: 'unknown', _gender: sexCode('9') },
    { ...patient, gender: 'other', _gender: sexCode('9') },
  ]
  for (const person of people) {
    assert.deepEqual(check(person), [])
    assert.deepEqual(check(person, 'cn-national-strict'), ['cn.sex-code-strict Patient.gender error'])
  }
})

test('sex 1 and 2 agree with male and female', () => {
  const number = { system: nationalSystems.residentId, value: '440524188001010014' }
  const man = {
    ...patient,
    gender: 'male',
    birthDate: '1880-01-01',
    identifier: [number],
    _gender: sexCode('1'),
  }
  assert.deepEqual(check(man, 'cn-national-strict'), [])
  assert.deepEqual(check({ ...patient, _gender: sexCode('1') }), ['cn.sex-differs Patient.gender error'])
  assert.deepEqual(check({ ...patient, gender: 'other', _gender: sexCode('0') }), [
    'cn.sex-differs Patient.gender error',
  ])
})

test('a missing sex is a warning, and refused in the strict profile', () => {
  const { gender: _, ...person } = patient
  assert.deepEqual(check(person), ['cn.sex-missing Patient.gender warning'])
  assert.deepEqual(check(person, 'cn-national-strict'), ['cn.sex-code-strict Patient.gender error'])
})

test('an identity number with a wrong length or check character is refused', () => {
  const withNumber = (value: string) => ({ ...patient, identifier: [{ ...citizen, value }] })
  assert.deepEqual(check(withNumber('110105194912310021')), [
    'cn.id-number-check-character Patient.identifier[0].value error',
  ])
  assert.deepEqual(check(withNumber('1101051949123100')), [
    'cn.id-number-form Patient.identifier[0].value error',
  ])
  assert.deepEqual(check(withNumber('110105491231002')), [])
})

test('what an identity number says against the record is a warning', () => {
  const place = 'Patient.identifier[0].value warning'
  assert.deepEqual(check({ ...patient, gender: 'male' }), [`cn.id-number-sex ${place}`])
  assert.deepEqual(check({ ...patient, birthDate: '1950-01-01' }), [
    `cn.id-number-birth-date-differs ${place}`,
  ])
  assert.deepEqual(check({ ...patient, birthDate: '1949' }), [])
  const withNumber = (value: string) => ({
    ...patient,
    birthDate: undefined,
    identifier: [{ ...citizen, value }],
  })
  assert.deepEqual(check(withNumber('000105194912310024')), [`cn.id-number-region ${place}`])
  assert.deepEqual(check(withNumber('110105203001010028')), [`cn.id-number-future ${place}`])
  assert.deepEqual(check(withNumber('110105194902300020')), [`cn.id-number-birth-date ${place}`])
})

test('an identity document may be of any type of CV02.01.101, or its equal in HL7 table 0203', () => {
  const table = (code: string) => ({
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code }],
  })
  for (const type of [documentType('03'), documentType('99'), table('PPN')])
    assert.deepEqual(check({ ...patient, identifier: [{ type, value: 'E12345678' }] }), [])
  assert.deepEqual(check({ ...patient, identifier: [{ type: documentType('08'), value: 'E1' }] }), [
    'cn.id-document-type Patient.identifier[0].type error',
  ])
  assert.deepEqual(check({ ...patient, identifier: [{ type: documentType('01'), value: 'E1' }] }), [
    'cn.id-number-form Patient.identifier[0].value error',
  ])
})

test('without an identifier a coded reason is required', () => {
  const { identifier: _, ...person } = patient
  assert.deepEqual(check(person), ['cn.identifier-missing Patient.identifier error'])
  const reasons = [
    { ...person, identifier: [{ type: documentType('01'), _value: absent('not-applicable') }] },
    { ...person, identifier: [{ _value: absent('unknown') }] },
    { ...person, identifier: [absent('asked-declined')] },
    { ...person, ...absent('temp-unknown') },
  ]
  for (const reasoned of reasons) assert.deepEqual(check(reasoned), [])
  assert.deepEqual(check({ ...person, identifier: [{ _value: absent('because') }] }), [
    'cn.absent-reason-code Patient.identifier[0] error',
  ])
})

test('a hospital number alone is taken in, with a warning', () => {
  const identifier = [{ system: 'urn:hospital', value: '000123' }]
  assert.deepEqual(check({ ...patient, identifier }), [
    'cn.identity-document-missing Patient.identifier warning',
  ])
})

test('the marital status, where it is national, is one of GB/T 2261.2', () => {
  const married = (code: string) => ({
    ...patient,
    maritalStatus: { coding: [{ system: nationalSystems.maritalStatus, code }] },
  })
  assert.deepEqual(check(married('20')), [])
  assert.deepEqual(check(married('70')), ['cn.marital-status-code Patient.maritalStatus error'])
})

test('the ethnic group, where it is national, is one of GB/T 3304', () => {
  const of = (code: string) => ({
    ...patient,
    extension: [
      {
        url: ethnicGroupExtension,
        valueCodeableConcept: { coding: [{ system: nationalSystems.ethnicGroup, code }] },
      },
    ],
  })
  assert.deepEqual(check(of('01')), [])
  assert.deepEqual(check(of('57')), ['cn.ethnic-group-code Patient.extension error'])
})

const ucum = (value: number, code: string) => ({
  value,
  code,
  unit: code,
  system: 'http://unitsofmeasure.org',
})
const temperature = (valueQuantity: object, system = 'http://loinc.org', code = '8310-5') => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system, code }] },
  valueQuantity,
})

test('body temperature: 29.9 and 45.1 are refused, 30.0 and 45.0 are accepted', () => {
  const place = 'Observation.valueQuantity error'
  assert.deepEqual(check(temperature(ucum(29.9, 'Cel'))), [`cn.value-range ${place}`])
  assert.deepEqual(check(temperature(ucum(45.1, 'Cel'))), [`cn.value-range ${place}`])
  assert.deepEqual(check(temperature(ucum(30, 'Cel'))), [])
  assert.deepEqual(check(temperature(ucum(45, 'Cel'))), [])
})

test('body temperature is judged in Celsius whatever its unit', () => {
  assert.deepEqual(check(temperature(ucum(113, '[degF]'))), [])
  assert.deepEqual(check(temperature(ucum(113.2, '[degF]'))), [
    'cn.value-range Observation.valueQuantity error',
  ])
  assert.deepEqual(check(temperature({ value: 36.5, unit: '℃' })), [])
  assert.deepEqual(check(temperature(ucum(36.5, 'kg'))), ['cn.value-unit Observation.valueQuantity error'])
  assert.deepEqual(check(temperature({ value: 36.5 })), ['cn.quantity-unit Observation.valueQuantity error'])
})

test('the national data element of body temperature is known as well', () => {
  assert.deepEqual(check(temperature(ucum(50, 'Cel'), nationalSystems.dataElement, 'DE04.10.186.00')), [
    'cn.value-range Observation.valueQuantity error',
  ])
})

test('other quantities need a unit, and UCUM where they say so', () => {
  const other = (valueQuantity: object) => temperature(valueQuantity, 'http://loinc.org', '718-7')
  assert.deepEqual(check(other(ucum(132, 'g/L'))), [])
  assert.deepEqual(check(other({ value: 7.4 })), ['cn.quantity-unit Observation.valueQuantity error'])
  assert.deepEqual(check(other(ucum(132, 'G/DL'))), ['cn.quantity-ucum Observation.valueQuantity.code error'])
  const component = [{ code: { text: '收缩压' }, valueQuantity: { value: 120 } }]
  assert.deepEqual(check({ ...temperature({}), valueQuantity: undefined, component }), [
    'cn.quantity-unit Observation.component[0].valueQuantity error',
  ])
})

const frontPage = (status: string, section: unknown[]) => ({
  resourceType: 'Composition',
  status,
  type: { coding: [frontPageMarks.documentType] },
  date: '2024-05-31',
  author: [{ display: '医生' }],
  title: '住院病案首页',
  section,
})
const mainSection = (...references: string[]) => ({
  code: { coding: [frontPageMarks.mainDiagnosis] },
  entry: references.map((reference) => ({ reference })),
})
const otherSection = {
  title: '手术',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">无</div>' },
}

test('a final front page has exactly one main diagnosis; a preliminary one need not', () => {
  assert.deepEqual(check(frontPage('final', [mainSection('Condition/a'), otherSection])), [])
  assert.deepEqual(check(frontPage('final', [otherSection])), [
    'cn.main-diagnosis-missing Composition.section error',
  ])
  assert.deepEqual(check(frontPage('amended', [otherSection])), [
    'cn.main-diagnosis-missing Composition.section error',
  ])
  assert.deepEqual(check(frontPage('preliminary', [otherSection])), [])
  assert.deepEqual(check(frontPage('final', [mainSection('Condition/a', 'Condition/b')])), [
    'cn.main-diagnosis-several Composition.section error',
  ])
  const nested = { title: '诊断', section: [mainSection('Condition/a')] }
  assert.deepEqual(check(frontPage('final', [nested])), [])
})

test('a Composition that is no front page needs no main diagnosis', () => {
  assert.deepEqual(check({ ...frontPage('final', [otherSection]), type: { text: '出院小结' } }), [])
})

const condition = (code: object) => ({ resourceType: 'Condition', subject: { reference: 'Patient/1' }, code })
const icd = { coding: [{ system: nationalSystems.icd10, code: 'K74.600x003' }] }

test('in a document the main diagnosis must carry a code', () => {
  const document = (code: object) => ({
    resourceType: 'Bundle',
    type: 'document',
    identifier: { system: 'urn:a', value: '1' },
    timestamp: '2024-05-31T08:30:00+08:00',
    entry: [
      {
        fullUrl: 'urn:uuid:0b7e0f5e-5d0c-4c39-9f0e-2f5b7f0c1a02',
        resource: frontPage('final', [mainSection('urn:uuid:0b7e0f5e-5d0c-4c39-9f0e-2f5b7f0c1a03')]),
      },
      { fullUrl: 'urn:uuid:0b7e0f5e-5d0c-4c39-9f0e-2f5b7f0c1a03', resource: condition(code) },
    ],
  })
  assert.deepEqual(check(document(icd)), [])
  assert.deepEqual(check(document({ text: '肝硬化' })), [
    'cn.main-diagnosis-code Bundle.entry[0].resource.section error',
  ])
})

test('an Encounter that is the front page has one discharge diagnosis of rank 1 when finished', () => {
  const discharge = {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/diagnosis-role', code: 'DD' }],
  }
  const encounter = (status: string, diagnosis: unknown[]) => ({
    resourceType: 'Encounter',
    status,
    meta: { profile: [frontPageMarks.encounterProfile] },
    class: { code: 'IMP' },
    ...(diagnosis.length > 0 ? { diagnosis } : {}),
  })
  const main = { condition: { reference: 'Condition/a' }, use: discharge, rank: 1 }
  assert.deepEqual(check(encounter('finished', [main, { ...main, rank: 2 }])), [])
  assert.deepEqual(check(encounter('finished', [{ ...main, rank: 2 }])), [
    'cn.main-diagnosis-missing Encounter.diagnosis error',
  ])
  assert.deepEqual(check(encounter('in-progress', [])), [])
  assert.deepEqual(check({ ...encounter('finished', []), meta: undefined }), [])
})

test('the national rules look into the entries of a Bundle', () => {
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ resource: patient }, { resource: temperature({ value: 36.5 }) }],
  }
  assert.deepEqual(check(bundle), ['cn.quantity-unit Bundle.entry[1].resource.valueQuantity error'])
})
