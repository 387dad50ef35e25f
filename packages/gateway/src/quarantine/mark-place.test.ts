// The place a refusal names is found in the text as it came, for all three forms.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { markPlace } from './mark-place.ts'

const hl7 = [
  'MSH|^~\\&|LIS|H|M|H|20260302||ORU^R01|1|P|2.5.1',
  'PID|1||A^^^HIS~B^^^ID||张^伟||1980|3',
  'OBX|1|NM|8310-5^体温||36.5||||||F',
  'OBX|2|NM|718-7^血红蛋白||131|g/L',
].join('\n')

const csv = '2026-03-02,"王,芳",36.5'
const context = { headings: '["日期","姓名","体温"]', delimiter: ',' }

const marked = (text: string, form: 'hl7v2' | 'fhir' | 'csv-row', place: string, more = {}) => {
  const mark = markPlace(text, form, { place }, more)
  return mark === undefined ? undefined : text.slice(mark.from, mark.to)
}

test('an HL7 v2 place names segment, occurrence, field, repetition and component', () => {
  assert.equal(marked(hl7, 'hl7v2', 'PID-8'), '3')
  assert.equal(marked(hl7, 'hl7v2', 'OBX[2]-5'), '131')
  assert.equal(marked(hl7, 'hl7v2', 'PID-3[2].4'), 'ID')
  assert.equal(marked(hl7, 'hl7v2', 'PID-5.2'), '伟')
  assert.equal(marked(hl7, 'hl7v2', 'MSH-9'), 'ORU^R01')
})

test('an empty HL7 v2 field is marked with its separator and a missing segment not at all', () => {
  assert.equal(marked(hl7, 'hl7v2', 'OBX-6'), '|')
  assert.equal(marked(hl7, 'hl7v2', 'PV1-2'), undefined)
})

test('a field beyond the end of its segment marks the segment', () => {
  assert.equal(marked(hl7, 'hl7v2', 'OBX[2]-14'), hl7.split('\n')[3])
})

test('a FHIR path is found by names and indexes, in a resource and inside a Bundle', () => {
  const patient = '{"resourceType":"Patient","name":[{"text":"甲"},{"family":"李\\"四"}],"gender":"男"}'
  const bundle = `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Encounter"}},{"resource":${patient}}]}`
  assert.equal(marked(patient, 'fhir', 'Patient.gender'), '"男"')
  assert.equal(marked(patient, 'fhir', 'Patient.name[1].family'), '"李\\"四"')
  assert.equal(marked(patient, 'fhir', '/name/0/text'), '"甲"')
  assert.equal(marked(bundle, 'fhir', 'Patient.gender'), '"男"')
  assert.equal(marked(bundle, 'fhir', 'Bundle.entry[0].resource.resourceType'), '"Encounter"')
})

test('a missing FHIR element marks the brace of what should hold it', () => {
  assert.equal(marked('{"resourceType":"Patient","contact":[{}]}', 'fhir', 'Patient.contact[0].name'), '{')
})

test('a CSV column is found by heading or number, quotes included', () => {
  assert.equal(marked(csv, 'csv-row', 'column "体温"', context), '36.5')
  assert.equal(marked(csv, 'csv-row', 'column "姓名"', context), '"王,芳"')
  assert.equal(marked(csv, 'csv-row', 'column 1', context), '2026-03-02')
  assert.equal(marked(csv, 'csv-row', 'column "无"', context), undefined)
})

test('a finding on the converted record marks the field it came from', () => {
  assert.equal(marked(hl7, 'hl7v2', 'Patient.gender'), '3')
  assert.equal(marked(hl7, 'hl7v2', 'Patient.identifier[1].value'), 'B^^^ID')
  assert.equal(marked(hl7, 'hl7v2', 'Observation.valueQuantity'), undefined)
})

test('a place may be a line, or a line and a column', () => {
  assert.equal(marked('ab\ncd', 'fhir', 'line 2'), 'cd')
  assert.equal(marked('ab\ncd', 'fhir', 'line 2, column 2'), 'd')
})

test('a line of a table is the row that is shown, and a column of it one cell', () => {
  assert.equal(marked(csv, 'csv-row', 'line 7', context), csv)
  assert.equal(marked(csv, 'csv-row', 'line 7, column 2', context), '"王,芳"')
  assert.equal(marked(csv, 'csv-row', 'column "体温" (Observation.valueQuantity)', context), '36.5')
})

test('line and column win over a place, and never leave the text', () => {
  assert.deepEqual(markPlace('ab\ncd', 'fhir', { line: 2, column: 2 }), { from: 4, to: 5 })
  assert.deepEqual(markPlace('ab\ncd', 'fhir', { line: 2 }), { from: 3, to: 5 })
  assert.equal(markPlace('ab', 'fhir', { line: 9 }), undefined)
})

test('any text and any place give a mark inside the text or none', () => {
  const form = fc.constantFrom('hl7v2' as const, 'fhir' as const, 'csv-row' as const)
  const place = fc.oneof(
    fc.string(),
    fc.constantFrom('PID-3[2].1', 'MSH-2', 'Patient.name[0].family', '/a/0/b', 'column 2', 'column "x"'),
  )
  const text = fc.oneof(fc.string({ maxLength: 200 }), fc.json(), fc.constant(hl7), fc.constant('{"a":[1,'))
  fc.assert(
    fc.property(text, form, place, (t, f, p) => {
      const mark = markPlace(t, f, { place: p }, { headings: 'a,b,x' })
      assert.ok(mark === undefined || (mark.from >= 0 && mark.from <= mark.to && mark.to <= t.length))
    }),
  )
})
