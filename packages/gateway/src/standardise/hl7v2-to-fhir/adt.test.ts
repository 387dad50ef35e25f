/** ADT messages become patients, visits and what belongs to them (v2-to-FHIR: ADT_A01 and its kin). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import iconv from 'iconv-lite'
import {
  fixture,
  message,
  type Opened,
  refused,
  resource,
  resources,
  segment,
  standardised,
} from './test-conversion.ts'

const pid = 'PID|1||0012345^^^HIS^MR||张^三||19491231|1'
const evn = 'EVN||20260301075500||||20260301070000'
const pv1 = (more: Readonly<Record<number, string>> = {}) =>
  segment('PV1', { 2: 'I', 3: '心内科^302^05', 7: '1008^王^医生', 19: 'V1^^^HIS^VN', ...more })

test('a Chinese patient keeps family and given name, and the whole name in its one written form', () => {
  const patient = resource(fixture('adt-a01.hl7'), 'Patient')
  assert.deepEqual(patient.name, [{ family: '张', given: ['三'], text: '张三', use: 'official' }])
  assert.equal(patient.gender, 'male')
  assert.equal(patient.birthDate, '1949-12-31')
  assert.equal(patient.address[0].city, '青山县')
  assert.deepEqual(patient.telecom, [{ system: 'phone', use: 'mobile', value: '13800000000' }])
  assert.equal(patient.maritalStatus.coding[0].code, 'M')
  assert.equal(patient.communication[0].language.coding[0].code, 'zh')
})

test('the citizen number is known by its form and gets the system of FHIR, the record number its authority', () => {
  const patient = resource(fixture('adt-a01.hl7'), 'Patient')
  assert.deepEqual(
    patient.identifier.map((one: { system: string; value: string }) => [one.system, one.value]),
    [
      ['urn:meridian:hospital-a:authority:HIS', '0012345'],
      ['urn:oid:2.16.156.10011.1.3', '11010519491231029X'],
    ],
  )
  const inPid19 = resource(
    message('ADT^A31', segment('PID', { 3: '7^^^HIS^MR', 19: '11010519491231029x' })),
    'Patient',
  )
  assert.deepEqual(inPid19.identifier[1], {
    system: 'urn:oid:2.16.156.10011.1.3',
    type: { coding: [{ code: 'NI', system: 'http://terminology.hl7.org/CodeSystem/v2-0203' }] },
    value: '11010519491231029X',
  })
})

test('sex codes of HL7 and of GB/T 2261.1 are understood, and 3 is refused with its place', () => {
  const withSex = (code: string) => message('ADT^A31', `PID|1||7^^^HIS^MR||张^三|||${code}`)
  const expected = {
    M: 'male',
    F: 'female',
    '1': 'male',
    '2': 'female',
    '0': 'unknown',
    '9': 'unknown',
    男: 'male',
    m: 'male',
    O: 'other',
  }
  for (const [code, gender] of Object.entries(expected))
    assert.equal(resource(withSex(code), 'Patient').gender, gender)
  assert.deepEqual(refused(withSex('3')), ['hl7v2.sex-code', 'PID-8'])
})

test('national codes keep the national system: sex 9, ethnic group, document types, ICD-10', () => {
  const patient = resource(
    message('ADT^A31', segment('PID', { 3: '7^^^HIS^MR~E1234567^^^GAB^03', 8: '9', 22: '01^汉族' })),
    'Patient',
  )
  assert.equal(patient.gender, 'unknown')
  assert.equal(patient._gender.extension[0].valueCoding.code, '9')
  assert.equal(patient.identifier[1].type.coding[0].system, 'urn:oid:2.16.156.10011.2.3.1.1')
  assert.deepEqual(patient.extension[0].valueCodeableConcept.coding, [
    { code: '01', display: '汉族', system: 'urn:oid:2.16.156.10011.2.3.3.3' },
  ])
  const systemOf = (code: string) =>
    resource(message('ADT^A31', pid, `DG1|1||${code}^x^I10`), 'Condition').code.coding[0].system
  assert.equal(systemOf('K74.600x003'), 'urn:oid:2.16.156.10011.2.3.3.11')
  assert.equal(systemOf('K74.6'), 'http://hl7.org/fhir/sid/icd-10')
})

test('an admission makes patient, visit, diagnosis, allergy, relative and insurance that refer to one another', () => {
  const bytes = fixture('adt-a01.hl7')
  const patient = resource(bytes, 'Patient')
  const visit = resource(bytes, 'Encounter')
  const subject = { reference: `Patient/${patient.id}` }
  assert.deepEqual(visit.subject, subject)
  assert.equal(visit.class.code, 'IMP')
  assert.equal(visit.status, 'in-progress')
  assert.equal(visit.period.start, '2026-03-01T09:25:00+08:00')
  assert.deepEqual(visit.location[0].location.display, '青山县人民医院 心内科 302 05')
  assert.equal(visit.location[0].physicalType.coding[0].code, 'bd')
  const diagnosis = resource(bytes, 'Condition')
  assert.deepEqual(visit.diagnosis[0].condition, { reference: `Condition/${diagnosis.id}` })
  assert.deepEqual(diagnosis.code.coding[0], {
    code: 'I10.x00',
    display: '原发性高血压',
    system: 'urn:oid:2.16.156.10011.2.3.3.11',
  })
  const allergy = resource(bytes, 'AllergyIntolerance')
  assert.deepEqual(
    [allergy.code.text, allergy.category, allergy.criticality],
    ['青霉素', ['medication'], 'high'],
  )
  assert.deepEqual(allergy.reaction, [{ manifestation: [{ text: '皮疹' }], severity: 'severe' }])
  assert.equal(resource(bytes, 'RelatedPerson').relationship[0].coding[0].code, 'SPS')
  const coverage = resource(bytes, 'Coverage')
  assert.deepEqual([coverage.payor[0].display, coverage.subscriber], ['青山县医疗保障局', subject])
})

test('staff is reference data: a doctor is named by number and name inside the record', () => {
  const [attender] = resource(fixture('adt-a01.hl7'), 'Encounter').participant
  assert.deepEqual(attender.individual, {
    display: '王医生',
    identifier: { system: 'urn:meridian:hospital-a:authority:HIS', value: '1008' },
    type: 'Practitioner',
  })
  assert.deepEqual(resources(fixture('adt-a01.hl7'), 'Practitioner'), [])
})

test('the status of a visit follows its events', () => {
  const statusOf = (event: string, more = {}) =>
    resource(message(`ADT^${event}`, evn, pid, pv1(more)), 'Encounter').status
  const discharged = { 45: '20260305143000' }
  assert.deepEqual(
    ['A01', 'A02', 'A04', 'A05', 'A06', 'A07', 'A11', 'A12', 'A13'].map((event) => statusOf(event)),
    [
      'in-progress',
      'in-progress',
      'in-progress',
      'planned',
      'in-progress',
      'in-progress',
      'cancelled',
      'in-progress',
      'in-progress',
    ],
  )
  assert.equal(statusOf('A03', discharged), 'finished')
  assert.equal(statusOf('A08', discharged), 'finished')
})

test('a discharge reaches the visit that the admission made, and ends it', () => {
  const admitted = resource(fixture('adt-a01.hl7'), 'Encounter')
  const discharged = resource(fixture('adt-a03.hl7'), 'Encounter')
  assert.equal(discharged.id, admitted.id)
  assert.equal(discharged.status, 'finished')
  assert.equal(discharged.period.end, '2026-03-05T14:30:00+08:00')
})

test('a visit without a number is known by patient and admission, and without either a finding says so', () => {
  const visit = (more: Readonly<Record<number, string>>) =>
    standardised(message('ADT^A01', evn, pid, segment('PV1', { 2: 'O', ...more })))
  const admitted = { 44: '20260301070000' }
  const idOf = (result: ReturnType<typeof visit>) =>
    result.records.find((record) => record.type === 'Encounter')?.id
  assert.equal(idOf(visit(admitted)), idOf(visit(admitted)))
  assert.deepEqual(visit(admitted).findings, [])
  assert.deepEqual(
    visit({}).findings.map((finding) => [finding.code, finding.path, finding.severity]),
    [['hl7v2.visit-number', 'PV1-19', 'information']],
  )
})

test('registration without a visit makes no visit', () => {
  for (const event of ['A28', 'A31']) {
    assert.deepEqual(resources(message(`ADT^${event}`, evn, pid, 'PV1|1|N'), 'Encounter'), [])
  }
  assert.deepEqual(refused(message('ADT^A01', evn, pid)), ['hl7v2.segment-missing', 'PV1'])
  assert.deepEqual(refused(message('ADT^A01', evn)), ['hl7v2.segment-missing', 'PID'])
})

test('a patient is known by the record number, wherever it stands among the numbers', () => {
  const idOf = (numbers: string) => resource(message('ADT^A31', `PID|1||${numbers}`), 'Patient').id
  const id = idOf('7^^^HIS^MR')
  assert.equal(idOf('110105194912310021^^^GAB^NI~7^^^HIS^MR'), id)
  assert.equal(idOf('7^^^HIS'), id)
  assert.notEqual(idOf('8^^^HIS^MR'), id)
  assert.notEqual(idOf('7^^^OTHER^MR'), id)
  assert.deepEqual(refused(message('ADT^A31', 'PID|1||||张^三')), ['hl7v2.patient-id', 'PID-3'])
})

test('a newborn is linked to its mother, an employer is a contact and not a relative', () => {
  const bytes = message(
    'ADT^A31',
    segment('PID', { 3: '0012345^^^HIS^MR', 5: '张^三', 21: '99^^^HIS^MR' }),
    'NK1|1|李^四|MTH',
    segment('NK1', { 3: 'EMR', 5: '010-1234', 13: '青山矿业' }),
  )
  const relatives = resources(bytes, 'RelatedPerson')
  assert.deepEqual(
    relatives.map((one) => [one.relationship[0].coding[0].code, one.identifier?.[0].value]),
    [
      ['MTH', undefined],
      ['MTH', '99'],
    ],
  )
  assert.equal(resource(bytes, 'Patient').contact[0].organization.display, '青山矿业')
})

test('a Provenance names operator, doctor, sender, reason, map and the three times', () => {
  const { records } = standardised(fixture('adt-a01.hl7'))
  const visit = records.find((record) => record.type === 'Encounter')
  assert.ok(visit)
  const provenance = JSON.parse(visit.provenance)
  assert.deepEqual(
    provenance.agent.map((agent: Opened) => [
      agent.type.coding[0].code,
      agent.who.display ?? agent.who.identifier.value,
    ]),
    [
      ['author', '王医生'],
      ['enterer', '李护士'],
      ['author', '青山县人民医院'],
      ['assembler', 'hospital-a'],
    ],
  )
  assert.equal(provenance.reason[0].coding[0].code, 'TREAT')
  assert.equal(provenance.entity[1].what.display, 'HIS')
  assert.equal(provenance.activity.coding[0].code, 'CREATE')
  assert.match(provenance.policy[0], /^urn:meridian:map:hl7v2-adt-a01:/)
  assert.deepEqual(visit.times, {
    clinical: '2026-03-01T09:25:00+08:00',
    message: '2026-03-01T09:30:00+08:00',
    received: '2026-03-01T00:00:01.000Z',
  })
})

test('the same bytes and received time give the same bytes, in UTF-8 and in GB18030', () => {
  const texts = (bytes: Uint8Array) =>
    standardised(bytes).records.map((record) => [record.text, record.provenance])
  assert.deepEqual(texts(fixture('adt-a01.hl7')), texts(fixture('adt-a01.hl7')))
  assert.deepEqual(texts(fixture('adt-a01-gb18030.hl7')), texts(fixture('adt-a01.hl7')))
})

test('a source that leaves MSH-18 empty is read in the character set it is configured with', () => {
  const bytes = iconv.encode(`MSH|^~\\&|HIS|院|||20260301||ADT^A31|C1|P|2.4\r${pid}`, 'gb18030')
  assert.deepEqual(refused(bytes), ['hl7v2.charset-mismatch', 'MSH-18'])
  assert.equal(resource(bytes, 'Patient', { source: { charset: 'GBK' } }).name[0].text, '张三')
})

test('every other kind is refused by name, and a message of another sender by place', () => {
  const result = refused(message('ORM^O01^ORM_O01', pid))
  assert.deepEqual(result, ['hl7v2.unsupported-message', 'MSH-9'])
  assert.deepEqual(refused(message('ADT^A31', pid), { source: { sendingApplication: 'LIS' } }), [
    'hl7v2.unexpected-sender',
    'MSH-3',
  ])
  assert.deepEqual(refused(message('ADT^A31', pid), { source: { sendingFacility: '他院' } }), [
    'hl7v2.unexpected-sender',
    'MSH-4',
  ])
  assert.equal(
    resources(message('ADT^A31', pid), 'Patient', {
      source: { sendingApplication: 'HIS', sendingFacility: '院' },
    }).length,
    1,
  )
})

test('a source that opted for it gets the record without the bad value, and a finding', () => {
  const bytes = message('ADT^A31', 'PID|1||7^^^HIS^MR||张^三||19491399|3')
  assert.deepEqual(refused(bytes), ['hl7v2.time', 'PID-7'])
  const { records, findings } = standardised(bytes, { source: { onBadValue: 'absent' } })
  const patient = JSON.parse(records[0]?.text ?? '')
  assert.deepEqual([patient.gender, patient.birthDate], [undefined, undefined])
  assert.deepEqual(findings.map((finding) => [finding.code, finding.path, finding.severity]).sort(), [
    ['hl7v2.sex-code', 'PID-8', 'warning'],
    ['hl7v2.time', 'PID-7', 'warning'],
  ])
})
