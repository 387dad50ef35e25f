// Rules over several records, the scene and use profiles, templates, and the vectors of every package of them that ships.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8 } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import fc from 'fast-check'
import { readerFor } from '../artefacts/readers.ts'
import { runVectors } from '../artefacts/run-vectors.ts'
import { readShippedPackages } from '../artefacts/shipped-packages.ts'
import { contentOf, readShipped } from '../data-files.ts'
import { createValidator, type ProfileName } from '../validator.ts'
import { instantsInOrder } from './instants-in-order.ts'
import { rulesOf } from './read-rules.ts'
import type { Rule } from './rule.ts'
import { sceneCheckOf } from './scene-check.ts'
import { instantiate, type Template } from './template.ts'

const validator = createValidator()
const subject = { reference: 'Patient/p1' }
const icd10 = 'http://hl7.org/fhir/sid/icd-10'
const idType = { coding: [{ system: 'urn:oid:2.16.156.10011.2.3.1.1', code: '01' }] }

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [{ type: idType, value: '11010519491231002X' }],
  name: [{ text: '李梅' }],
  gender: 'female',
  birthDate: '1949-12-31',
}
const condition = (code: string, more: object = {}) => ({
  resourceType: 'Condition',
  subject,
  code: { text: '诊断', coding: [{ system: icd10, code }] },
  ...more,
})
const inpatient = (more: object = {}) => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
  identifier: [{ value: 'ZY1' }],
  serviceType: { text: '肝胆外科' },
  subject,
  period: { start: '2024-05-20T09:00:00+08:00', end: '2024-05-31T10:00:00+08:00' },
  hospitalization: {
    dischargeDisposition: { coding: [{ system: 'urn:meridian:cs:discharge-way', code: '1' }] },
  },
  ...more,
})
const procedure = (code: string) => ({
  resourceType: 'Procedure',
  status: 'completed',
  subject,
  performedDateTime: '2024-05-23',
  code: { coding: [{ system: 'urn:meridian:cs:icd-9-cm-3-cn-insurance', code }] },
})

/** `code path` of every finding about the records together. */
function check(records: readonly object[], profile: ProfileName = 'cn-inpatient'): string[] {
  const given = records.map((resource) => ({ resource }))
  return validator
    .checkRecords(given, profile)
    .flatMap((own) => own.map(({ code, path }) => `${code} ${path}`))
}

test('a plausible stay has no finding', () => {
  assert.deepEqual(check([patient, inpatient(), condition('C22.0'), procedure('50.2200')]), [])
})

test('a scene goes by the packages in force: rules, data sets and elements, not by what ships', () => {
  const withFile = (id: string, file: string, content: unknown) =>
    createValidator(contentOf(new Map([[id, { files: new Map([[file, utf8(JSON.stringify(content))]]) }]])))
  const codes = (judge: ReturnType<typeof createValidator>, records: readonly object[]) =>
    judge
      .checkRecords(
        records.map((resource) => ({ resource })),
        'cn-inpatient',
      )
      .flatMap((own) => own.map(({ code }) => code))
  const lenient = withFile('meridian.rules.plausibility', 'rules.json', { rules: [] })
  assert.deepEqual(codes(lenient, [patient, condition('C61')]), [])
  const set = readShipped('meridian.dataset.identity', 'data-set.json') as { elements: object[] }
  const elements = [...set.elements, { id: 'MER.PATIENT.CONTACT-PHONE', obligation: 'M' }]
  const stricter = withFile('meridian.dataset.identity', 'data-set.json', { ...set, elements })
  assert.ok(codes(stricter, [patient]).length > codes(validator, [patient]).length)
})

test('sex against diagnosis: C61 in a woman and O80 in a man are errors, unknown sex says nothing', () => {
  assert.deepEqual(check([patient, condition('C61')]), ['rule.sex Condition.code.coding[0].code'])
  const man = { ...patient, gender: 'male', identifier: [{ type: idType, value: '440524188001010014' }] }
  assert.deepEqual(check([{ ...man, birthDate: '1880-01-01' }, condition('O80')]), [
    'rule.sex Condition.code.coding[0].code',
  ])
  assert.deepEqual(
    check([{ ...patient, gender: 'unknown' }, condition('C61')]).filter((f) => f.startsWith('rule')),
    [],
  )
})

test('birth before visit, admission before discharge, onset before diagnosis, death last', () => {
  const early = inpatient({ period: { start: '1948-01-01', end: '1948-01-02' } })
  assert.deepEqual(
    check([patient, early]).filter((f) => f.startsWith('rule')),
    ['rule.order Encounter.period.start'],
  )
  const back = inpatient({ period: { start: '2024-05-31T10:00:00+08:00', end: '2024-05-20T09:00:00+08:00' } })
  assert.deepEqual(check([patient, back]), [
    'r4.invariant Encounter.period',
    'rule.order Encounter.period.end',
  ])
  const late = condition('C22.0', { onsetDateTime: '2024-06-01', recordedDate: '2024-05-01' })
  assert.deepEqual(check([patient, late]), ['rule.order Condition.recordedDate'])
  const dead = { ...patient, deceasedDateTime: '2020-01-01T00:00:00+08:00' }
  assert.deepEqual(check([dead, inpatient()]), ['rule.order Patient.deceasedDateTime'])
})

test('records of another person are not held against this one', () => {
  const other = { ...condition('C61'), subject: { reference: 'Patient/p2' } }
  assert.deepEqual(check([patient, other]), [])
})

test('main diagnosis against procedure: a liver resection without a disease of the liver is a warning', () => {
  assert.deepEqual(check([patient, condition('J18.9'), procedure('50.2200')]), [
    'rule.diagnosis-procedure Procedure.code.coding[0].code',
  ])
})

test('the same procedure at the same time twice is an error at the second', () => {
  assert.deepEqual(check([patient, condition('C22.0'), procedure('50.2200'), procedure('50.2200')]), [
    'rule.duplicate Procedure',
  ])
})

test('inpatient: a finished stay needs a way of discharge; a coded reason stands for a missing name', () => {
  assert.deepEqual(check([patient, inpatient({ hospitalization: undefined })]), [
    'element.missing Encounter.hospitalization',
  ])
  const reason = [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }]
  assert.deepEqual(check([{ ...patient, name: undefined }]), ['element.missing Patient.name.text'])
  assert.deepEqual(check([{ ...patient, name: [{ _text: { extension: reason } }] }]), [])
})

test('scenes differ: an outpatient visit needs its number only in the outpatient profile', () => {
  const visit = inpatient({ class: { code: 'AMB' }, identifier: undefined })
  assert.deepEqual(
    check([patient, visit], 'cn-outpatient').filter((f) => f.startsWith('element')),
    ['element.missing Encounter.identifier'],
  )
  assert.deepEqual(check([patient, visit], 'cn-inpatient'), [])
})

test('a finding names the element and its standard, and says how to mend it in both languages', () => {
  const [finding] = validator.checkResource({ ...patient, name: undefined }, 'cn-outpatient')
  assert.deepEqual(finding?.element, { id: 'DE02.01.039.00', standard: 'WS 445-2014' })
  assert.ok(finding.hint.zh !== '' && finding.hint.en !== '')
})

test('a finding of a rule names the data element it is about', () => {
  const given = [patient, condition('C61')].map((resource) => ({ resource }))
  const [finding] = validator.checkRecords(given, 'cn-inpatient').flat()
  assert.equal(finding?.element?.id, 'DE05.01.024.00')
})

test('in a Bundle the records are judged together and a path leads to the entry', () => {
  const entry = [patient, condition('C61')].map((resource) => ({ resource }))
  const bundle = { resourceType: 'Bundle', type: 'collection', entry }
  assert.deepEqual(check([bundle]), ['rule.sex Bundle.entry[1].resource.code.coding[0].code'])
})

test('uses ask for more: decision support for a dose and the allergies, drug research for ATC', () => {
  const order = {
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    subject,
    medicationCodeableConcept: { text: '恩替卡韦' },
  }
  const path = 'MedicationRequest'
  assert.deepEqual(check([patient, order], 'quality-cds'), [`rule.required ${path}`, `rule.required ${path}`])
  assert.deepEqual(check([patient, order], 'quality-drug-research').length, 2)
  assert.deepEqual(check([patient, order], 'cn-national'), [])
})

const template = readShipped('meridian.template.collection', 'template.json') as Template

test('the collection template: 18 characters by default, another length by parameter, nonsense refused', () => {
  const card = { ...patient, identifier: [{ type: idType, value: '110105491231002' }] }
  const broken = (given: Record<string, string | number>) => {
    const made = instantiate(template, given)
    assert.ok('rules' in made)
    const scene = sceneCheckOf([], new Map(), made.rules)
    return scene([{ resource: card, index: 0, prefix: '' }]).map(({ finding }) => finding.code)
  }
  assert.deepEqual(broken({}), ['rule.format'])
  assert.deepEqual(broken({ idCardLength: 15 }), [])
  const wrong = instantiate(template, { idCardLength: 40, colour: 'red' })
  assert.ok(Array.isArray(wrong))
  assert.deepEqual(
    wrong.map(({ code }) => code),
    ['template.parameter-unknown', 'template.parameter-value'],
  )
})

test('every vector of the packages of elements, sets, rules, profiles and templates passes', () => {
  const ours = readShippedPackages(nodeSuite).filter(({ manifest }) =>
    /^meridian\.(elements|dataset|rules|profile|template)\./.test(manifest.id),
  )
  assert.equal(ours.length, 24)
  for (const one of ours) {
    const result = runVectors(nodeSuite, one, readerFor(one))
    assert.ok(
      'passed' in result && result.passed,
      `${one.manifest.id} ${JSON.stringify(result).slice(0, 300)}`,
    )
  }
})

test('dates of different precision are compared by what both say', () => {
  assert.ok(instantsInOrder('2024', '2024-05-01'))
  assert.ok(!instantsInOrder('2024-06', '2024-05-31T10:00:00Z'))
  assert.ok(instantsInOrder('2024-05-31T23:00:00-05:00', '2024-06-01T05:00:00+01:00'))
})

test('any rule set from outside is understood or refused, and any record survives the rules', () => {
  const { rules } = readShipped('meridian.rules.plausibility', 'rules.json') as { rules: Rule[] }
  const scene = sceneCheckOf([], new Map(), rules)
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...rules), (value, rule) => {
      rulesOf(value)
      rulesOf({ rules: [value, { ...rule, first: value }] })
      const resource = { resourceType: 'Condition', code: value, subject: value } as never
      scene([{ resource, index: 0, prefix: '' }])
    }),
  )
})
