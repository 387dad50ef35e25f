// What a researcher sees of a record: no direct identifiers, no free text, the year instead of a day; numbers untouched.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalTextOf, elementsOf } from '@meridian/protocol'
import { minimise } from './minimise.ts'

const mark = '张三丰'
const patient = elementsOf(
  canonicalTextOf({
    resourceType: 'Patient',
    id: 'a1',
    text: { status: 'generated', div: `<div>${mark}</div>` },
    identifier: [{ value: '11010519491231002X' }],
    name: [{ text: mark, family: '张' }],
    telecom: [{ value: '13800138000' }],
    address: [{ text: `北京 ${mark}` }],
    contact: [{ name: { text: mark } }],
    photo: [{ data: 'AAAA', title: mark }],
    gender: 'male',
    birthDate: '1949-12-31',
    deceasedDateTime: '2020-01-02T03:04:05+08:00',
    contained: [{ resourceType: 'Practitioner', name: [{ text: mark }] }],
    extension: [
      { url: 'x', valueString: mark },
      { url: 'y', valueCode: 'HA' },
    ],
    generalPractitioner: [{ reference: 'Practitioner/1', display: mark }],
    link: [{ other: { reference: `Patient?identifier=11010519491231002X` } }],
  }),
)

const observation = elementsOf(
  canonicalTextOf({
    resourceType: 'Observation',
    code: { coding: [{ code: '8310-5', display: '体温' }], text: mark },
    subject: { reference: 'Patient/a1', display: mark },
    valueQuantity: { value: 36.5, code: 'Cel' },
    note: [{ text: `${mark} 诉头痛` }],
    component: [{ valueString: mark }, { valueQuantity: { code: '13912345678' } }],
  }),
)

const at = (elements: typeof patient, path: string) =>
  minimise(elements, 'researcher').find((e) => e.path === path)?.value

test('a researcher finds no name, number, contact or free text anywhere', () => {
  const left = JSON.stringify([...minimise(patient, 'researcher'), ...minimise(observation, 'researcher')])
  for (const secret of [mark, '张', '1949123100', '13800138000', '13912345678', '北京'])
    assert.ok(!left.includes(secret), `${secret} is left`)
})

test('a researcher keeps codes, values, states and pseudonymous references', () => {
  assert.equal(at(patient, '/gender'), '"male"')
  assert.equal(at(patient, '/extension/1/valueCode'), '"HA"')
  assert.equal(at(observation, '/code/coding/0/display'), '"体温"')
  assert.equal(at(observation, '/valueQuantity/value'), '36.5')
  assert.equal(at(observation, '/subject/reference'), '"Patient/a1"')
})

test('a day of birth or death becomes its year', () => {
  assert.equal(at(patient, '/birthDate'), '"1949"')
  assert.equal(at(patient, '/deceasedDateTime'), '"2020"')
})

test('administrators and clerks see everything', () => {
  assert.equal(minimise(patient, 'clerk'), patient)
  assert.equal(minimise(patient, 'administrator'), patient)
})
