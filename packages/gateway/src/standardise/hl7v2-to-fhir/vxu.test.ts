/** VXU^V04 messages become vaccinations (v2-to-FHIR: VXU_V04). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  fixture,
  message,
  type Opened,
  refused,
  resource,
  resources,
  standardised,
} from './test-conversion.ts'

const pid = 'PID|1||ET556^^^JZ^MR||王^小宝||20250910|2'
const orc = 'ORC|RE||JZ18'
const rxa = (more: string) => `RXA|0|1|20260310085500||08^乙肝疫苗^CVX|${more}`

test('a vaccination has its vaccine, dose, lot, route, site and who gave it', () => {
  const shot = resource(fixture('vxu-v04.hl7'), 'Immunization')
  assert.equal(shot.status, 'completed')
  assert.deepEqual(shot.vaccineCode.coding[0], {
    code: '08',
    display: '乙肝疫苗',
    system: 'http://hl7.org/fhir/sid/cvx',
  })
  assert.deepEqual([shot.doseQuantity.value, shot.doseQuantity.code], [0.5, 'mL'])
  assert.deepEqual(
    [shot.lotNumber, shot.expirationDate, shot.manufacturer.display],
    ['202511A23', '2027-11-30', '北京某生物'],
  )
  assert.deepEqual([shot.route.coding[0].display, shot.site.coding[0].display], ['肌内注射', '左上臂'])
  assert.deepEqual(
    shot.performer.map((one: Opened) => [one.function.coding[0].code, one.actor.display]),
    [
      ['OP', '陈医生'],
      ['AP', '刘护士'],
    ],
  )
  assert.equal(shot.primarySource, true)
  assert.deepEqual(shot.protocolApplied, [{ doseNumberPositiveInt: 3 }])
  assert.equal(shot.occurrenceDateTime, '2026-03-10T08:55:00+08:00')
})

test('observations about a vaccination are part of it', () => {
  const bytes = fixture('vxu-v04.hl7')
  const shot = resource(bytes, 'Immunization')
  const about = resource(bytes, 'Observation')
  assert.deepEqual(about.partOf, [{ reference: `Immunization/${shot.id}` }])
  assert.equal(about.valueQuantity.code, '1')
})

test('the giver is the author of the record', () => {
  const record = standardised(fixture('vxu-v04.hl7')).records.find((one) => one.type === 'Immunization')
  const agents = JSON.parse(record?.provenance ?? '').agent
  assert.deepEqual([agents[0].type.coding[0].code, agents[0].who.display], ['author', '刘护士'])
})

test('refused, not given, partly given and withdrawn vaccinations keep their status', () => {
  const statusOf = (completion: string, action = 'A') =>
    resource(message('VXU^V04', pid, orc, rxa(`0.5|mL|||||||||||||${completion}|${action}`)), 'Immunization')
      .status
  assert.deepEqual(
    [statusOf('CP'), statusOf('RE'), statusOf('NA'), statusOf('PA'), statusOf(''), statusOf('CP', 'D')],
    ['completed', 'not-done', 'not-done', 'completed', 'completed', 'entered-in-error'],
  )
})

test('an amount nobody knows is no dose, and an amount without a unit is refused', () => {
  assert.equal(resource(message('VXU^V04', pid, orc, rxa('999')), 'Immunization').doseQuantity, undefined)
  assert.deepEqual(refused(message('VXU^V04', pid, orc, rxa('0.5'))), ['hl7v2.unit-missing', 'RXA-7'])
})

test('an update reaches the vaccination it updates, and two shots stay two', () => {
  const shots = (...segments: string[]) =>
    resources(message('VXU^V04', pid, ...segments), 'Immunization').map((one) => one.id)
  const [first] = shots(orc, rxa('0.5|mL'))
  assert.deepEqual(shots(orc, rxa('1.0|mL')), [first])
  assert.equal(new Set(shots(orc, rxa('0.5|mL'), orc, rxa('0.5|mL').replace('20260310', '20260410'))).size, 2)
})

test('a message without a vaccination, or a vaccination without vaccine or day, is refused', () => {
  assert.deepEqual(refused(message('VXU^V04', pid)), ['hl7v2.segment-missing', 'RXA'])
  assert.deepEqual(refused(message('VXU^V04', pid, 'RXA|0|1|20260310||')), ['hl7v2.field-missing', 'RXA-5'])
  assert.deepEqual(refused(message('VXU^V04', pid, 'RXA|0|1|||08^x^CVX')), ['hl7v2.field-missing', 'RXA-3'])
})
