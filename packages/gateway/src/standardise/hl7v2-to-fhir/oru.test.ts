/** ORU^R01 messages become results with their report, units and provenance (v2-to-FHIR: ORU_R01). */
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

const pid = 'PID|1||0012345^^^HIS^MR||张^三'
const obr = 'OBR|1|P7^HIS|F7^LIS|CBC^血常规^99LIS|||20260302081500|||||||||1008^王^医生||||||||HM|F'
const obx = (rest: string) => message('ORU^R01', pid, obr, `OBX|1|${rest}`)
const value = (rest: string, source = {}) => resource(obx(rest), 'Observation', { source })

test('a blood count becomes ten observations under one report, with order and patient', () => {
  const bytes = fixture('oru-r01.hl7')
  const results = resources(bytes, 'Observation')
  const report = resource(bytes, 'DiagnosticReport')
  assert.equal(results.length, 10)
  assert.deepEqual(
    report.result,
    results.map((result) => ({ reference: `Observation/${result.id}` })),
  )
  assert.deepEqual(report.basedOn, [{ reference: `ServiceRequest/${resource(bytes, 'ServiceRequest').id}` }])
  assert.equal(report.status, 'final')
  assert.equal(report.issued, '2026-03-02T10:25:00+08:00')
  assert.equal(report.code.text ?? report.code.coding[0].display, '血常规')
  assert.equal(report.category[0].coding[0].code, 'HM')
})

test('digits stay as they were written, comparators and arrows are understood', () => {
  const { records } = standardised(fixture('oru-r01.hl7'))
  const texts = records.filter((record) => record.type === 'Observation').map((record) => record.text)
  assert.match(texts[0] ?? '', /"value":6\.20\}/)
  assert.match(texts[8] ?? '', /"value":28\.00\}/)
  const platelets = JSON.parse(texts[6] ?? '')
  assert.deepEqual(platelets.valueQuantity, {
    code: '10*9/L',
    comparator: '<',
    system: 'http://unitsofmeasure.org',
    unit: '10^9/L',
    value: 10,
  })
  assert.equal(platelets.interpretation[0].coding[0].code, 'LL')
  assert.deepEqual(platelets.referenceRange, [{ text: '125-350' }])
})

test('a result leads to observer and equipment, and says that a device measured it', () => {
  const record = standardised(fixture('oru-r01.hl7')).records.find((one) => one.type === 'Observation')
  assert.ok(record)
  const provenance = JSON.parse(record.provenance)
  const who = provenance.agent.map((agent: Opened) => [agent.type.coding[0].code, agent.who.display])
  assert.deepEqual(who.slice(0, 2), [
    ['author', '赵检验师'],
    ['performer', 'XN1000'],
  ])
  assert.equal(provenance.extension[0].valueCode, 'device')
  assert.equal(record.times.clinical, '2026-03-02T10:01:00+08:00')
})

test('36.5 for a temperature without a unit anywhere is refused, naming OBX-6, as number and as text', () => {
  assert.deepEqual(refused(fixture('oru-r01-temperature.hl7')), ['hl7v2.unit-missing', 'OBX-6'])
  assert.deepEqual(refused(obx('ST|8310-5^Body temperature^LN||36.5||||||F')), [
    'hl7v2.unit-missing',
    'OBX-6',
  ])
  assert.deepEqual(refused(obx('NM|T^体温^99NIS||36.5||||||F')), ['hl7v2.unit-missing', 'OBX-6'])
})

test('36.5℃ and 97.7 °F become 36.5 Cel, wherever the unit stands', () => {
  const code = '8310-5^体温^LN'
  const cel = { code: 'Cel', system: 'http://unitsofmeasure.org', value: 36.5 }
  for (const rest of [
    `NM|${code}||36.5℃|`,
    `ST|${code}||36.5 ℃|`,
    `NM|${code}||36.5|℃`,
    `NM|${code}||36.5|Cel^^UCUM`,
    `ST|${code}||36.5|℃`,
  ]) {
    const { unit, ...quantity } = value(`${rest}|||||F`).valueQuantity
    assert.deepEqual(quantity, cel, rest)
    assert.ok(unit, rest)
  }
  for (const rest of [`NM|${code}||97.7 °F|`, `ST|${code}||97.7°F|`, `NM|${code}||97.7|[degF]`]) {
    const { extension, ...quantity } = value(`${rest}|||||F`).valueQuantity
    assert.deepEqual(quantity, { ...cel, unit: 'Cel' }, rest)
    assert.match(extension[0].valueString, /^97\.7/)
  }
})

test('the mapping of the source may say the unit of a code', () => {
  const quantity = value('NM|8310-5^体温^LN||36.5||||||F', { units: { '8310-5': '℃' } }).valueQuantity
  assert.deepEqual([quantity.code, quantity.value], ['Cel', 36.5])
})

test('what has no dimension gets UCUM 1, other numbers need a unit, and a unit nobody knows is kept as written', () => {
  assert.equal(value('NM|2746-6^pH^LN||7.40||||||F').valueQuantity.code, '1')
  assert.equal(value('NM|X1^国际标准化比值^99LIS||1.1||||||F').valueQuantity.code, '1')
  assert.deepEqual(refused(obx('NM|2345-7^Glucose^LN||5.6||||||F')), ['hl7v2.unit-missing', 'OBX-6'])
  const { findings } = standardised(obx('NM|X2^某项^99LIS||5.60|某单位||||||F'))
  assert.deepEqual(
    findings.map((finding) => [finding.code, finding.path]),
    [['hl7v2.unit-unknown', 'OBX-6']],
  )
  assert.deepEqual(value('NM|X2^某项^99LIS||5.60|某单位|||||F').valueQuantity, { unit: '某单位', value: 5.6 })
  assert.deepEqual(refused(obx('NM|2345-7^Glucose^LN||阴性|mmol/L|||||F')), ['hl7v2.number', 'OBX-5'])
})

test('a power of ten torn apart by its own sign is read whole', () => {
  for (const unit of ['10^9/L', '10\\S\\9/L', '×10^9/L', '10*9/L^^UCUM']) {
    assert.equal(value(`NM|6690-2^WBC^LN||6.20|${unit}|||||F`).valueQuantity.code, '10*9/L', unit)
  }
})

test('every value type of HL7 has its place in FHIR', () => {
  const cases: readonly [string, object][] = [
    ['ST|A^B||阴性||||||F', { valueString: '阴性' }],
    ['TX|A^B||  first\\.br\\  second~third||||||F', { valueString: '  first\n  second\nthird' }],
    [
      'CE|A^B||260373001^Detected^SCT||||||F',
      {
        valueCodeableConcept: {
          coding: [{ code: '260373001', display: 'Detected', system: 'http://snomed.info/sct' }],
        },
      },
    ],
    [
      'SN|A^B||>^10|mg/dL|||||F',
      {
        valueQuantity: {
          code: 'mg/dL',
          comparator: '>',
          system: 'http://unitsofmeasure.org',
          unit: 'mg/dL',
          value: 10,
        },
      },
    ],
    ['SN|A^B||^1^:^128||||||F', { valueRatio: { denominator: { value: 128 }, numerator: { value: 1 } } }],
    ['SN|A^B||^2^-^4||||||F', { valueRange: { high: { value: 4 }, low: { value: 2 } } }],
    ['SN|A^B||<>^5||||||F', { valueString: '<> 5' }],
    [
      'NR|A^B||1^2|g|||||F',
      {
        valueRange: {
          high: { code: 'g', system: 'http://unitsofmeasure.org', unit: 'g', value: 2 },
          low: { code: 'g', system: 'http://unitsofmeasure.org', unit: 'g', value: 1 },
        },
      },
    ],
    ['DT|A^B||20260301||||||F', { valueDateTime: '2026-03-01' }],
    ['TS|A^B||202603010830||||||F', { valueDateTime: '2026-03-01T08:30:00+08:00' }],
    ['TM|A^B||0830||||||F', { valueTime: '08:30:00' }],
    ['DR|A^B||20260301^20260302||||||F', { valuePeriod: { end: '2026-03-02', start: '2026-03-01' } }],
    ['ST|A^B||||||||F', {}],
  ]
  for (const [rest, expected] of cases) {
    const found = Object.entries(value(rest)).filter(([name]) => name.startsWith('value'))
    assert.deepEqual(Object.fromEntries(found), expected, rest)
  }
  assert.deepEqual(refused(obx('XX|A^B||1||||||F')), ['hl7v2.value-type', 'OBX-2'])
  assert.deepEqual(refused(obx('DT|A^B||昨天||||||F')), ['hl7v2.time', 'OBX-5'])
})

test('a document inside a message becomes an attachment, and one that is not what it says is refused', () => {
  const attached = value('ED|PDF^报告^99LIS||^Application^PDF^Base64^JVBERi0xLjQK||||||F').extension[0]
    .valueAttachment
  assert.deepEqual(attached, { contentType: 'application/pdf', data: 'JVBERi0xLjQK' })
  assert.deepEqual(refused(obx('ED|PDF^报告^99LIS||^Application^PDF^Base64^not base64!||||||F')), [
    'hl7v2.attachment',
    'OBX-5',
  ])
  const pointed = value('RP|IMG^影像^99PACS||https://pacs.example/1^^image^jpeg||||||F').extension[0]
    .valueAttachment
  assert.deepEqual(pointed, { contentType: 'image/jpeg', url: 'https://pacs.example/1' })
})

test('a repeated OBX-5 becomes components of one observation', () => {
  const found = value('NM|A^B||27~25|g|||||F')
  assert.deepEqual(
    found.component.map((one: { valueQuantity: { value: number } }) => one.valueQuantity.value),
    [27, 25],
  )
  assert.equal(found.valueQuantity, undefined)
})

test('a corrected result reaches the record it corrects, also when a line was added before it', () => {
  const sent = (status: string, ...extra: string[]) =>
    resources(
      message('ORU^R01', pid, obr, ...extra, `OBX|9|NM|718-7^Hb^LN||128|g/L|||||${status}`),
      'Observation',
    )
  const [first] = sent('F')
  const [, corrected] = sent('C', 'OBX|1|ST|X^Y||note||||||F')
  assert.equal(corrected.id, first.id)
  assert.deepEqual([first.status, corrected.status], ['final', 'corrected'])
})

test('the same test twice in one order stays two results', () => {
  const line = 'OBX|1|NM|718-7^Hb^LN||128|g/L|||||F'
  const ids = resources(message('ORU^R01', pid, obr, line, line), 'Observation').map((one) => one.id)
  assert.equal(new Set(ids).size, 2)
})

test('statuses of table 0085 are told apart, and one that is in no table is refused', () => {
  const codes = 'F P C A D W X I R S U V B N O'.split(' ')
  assert.deepEqual(
    codes.map((code) => value(`ST|A^B||x||||||${code}`).status),
    [
      'final',
      'preliminary',
      'corrected',
      'amended',
      'entered-in-error',
      'entered-in-error',
      'cancelled',
      'registered',
      'preliminary',
      'preliminary',
      'final',
      'final',
      'amended',
      'unknown',
      'registered',
    ],
  )
  assert.deepEqual(refused(obx('ST|A^B||x||||||Q')), ['hl7v2.code', 'OBX-11'])
})

test('notes go to what they follow', () => {
  const bytes = message(
    'ORU^R01',
    pid,
    obr,
    'NTE|1||on the order',
    'OBX|1|ST|A^B||x||||||F',
    'NTE|1||on the result~two lines',
  )
  assert.equal(resource(bytes, 'Observation').note[0].text, 'on the result\ntwo lines')
  assert.equal(resource(bytes, 'ServiceRequest').note[0].text, 'on the order')
})

test('a specimen stands between order and result', () => {
  const bytes = message(
    'ORU^R01',
    pid,
    obr,
    'OBX|1|ST|A^B||x||||||F',
    'SPM|1|S1&LIS||SER^血清^HL70487|||||||||||||20260302080000|20260302083000',
  )
  const specimen = resource(bytes, 'Specimen')
  assert.equal(specimen.type.coding[0].display, '血清')
  assert.equal(specimen.collection.collectedDateTime, '2026-03-02T08:00:00+08:00')
  assert.deepEqual(resource(bytes, 'Observation').specimen, { reference: `Specimen/${specimen.id}` })
})

test('several patients in one message stay apart', () => {
  const bytes = message(
    'ORU^R01',
    pid,
    obr,
    'OBX|1|ST|A^B||x||||||F',
    'PID|2||8^^^HIS^MR||李^四',
    obr.replace('F7', 'F8'),
    'OBX|1|ST|A^B||y||||||F',
  )
  const [first, second] = resources(bytes, 'Observation')
  assert.notEqual(first.subject.reference, second.subject.reference)
  assert.equal(resources(bytes, 'Patient').length, 2)
})

test('one bad value refuses the whole message, or with the source’s consent only itself', () => {
  const bytes = message(
    'ORU^R01',
    pid,
    obr,
    'OBX|1|ST|A^B||x||||||F',
    'OBX|2|NM|2345-7^Glucose^LN||5.6||||||F',
  )
  assert.deepEqual(refused(bytes), ['hl7v2.unit-missing', 'OBX[2]-6'])
  const [, second] = resources(bytes, 'Observation', { source: { onBadValue: 'absent' } })
  assert.deepEqual([second.valueQuantity, second.dataAbsentReason.coding[0].code], [undefined, 'error'])
})
