/** Segments that a site has made for itself become records by its mapping; what no mapping claims is said, never lost in silence. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRoomRefusal } from '../../room-refusal.ts'
import type { CsvMapping } from '../csv-to-fhir/csv-mapping.ts'
import { isCsvMapping, readCsvMapping } from '../csv-to-fhir/read-csv-mapping.ts'
import { standardise } from '../standardise.ts'
import { message, testTools } from './test-conversion.ts'

const document = {
  format: 'meridian-csv-mapping/1',
  id: 'tcm-visit',
  version: '1.0.0',
  title: { zh: '中医就诊段', en: 'Segment of a TCM visit' },
  layout: {
    segment: 'ZTC',
    absent: ['-'],
    columns: {
      disease: { headings: ['ZTC-2.1'], optional: true },
      diseaseName: { headings: ['ZTC-2.2'], optional: true },
      grams: { headings: ['ZTC-3'], optional: true },
      seen: { headings: ['ZTC-4'], optional: true },
    },
  },
  times: { clinical: 'seen' },
  valueMaps: {},
  records: [
    {
      name: 'diagnosis',
      type: 'Condition',
      key: ['@encounter', 'disease'],
      when: { column: 'disease' },
      template: {
        subject: { $reference: '@patient' },
        encounter: { $reference: '@encounter' },
        code: {
          coding: [{ system: 'urn:example:tcm', code: { $text: 'disease' } }],
          text: { $text: 'diseaseName' },
        },
      },
    },
  ],
  panels: [
    {
      key: ['@patient', 'seen'],
      template: { status: 'final', subject: { $reference: '@patient' } },
      measurements: [
        { column: 'grams', code: { system: 'urn:example:tcm', code: 'pieces' }, text: '饮片总量', unit: 'g' },
      ],
    },
  ],
}

const source = {
  name: 'his',
  kind: 'hl7v2',
  profile: 'r4',
  timeZone: 'Asia/Shanghai',
  captureMethod: 'interface',
  ackAfter: 'stored',
  onBadValue: 'refuse',
} as const

function mappingOf(value: object): CsvMapping {
  const read = readCsvMapping(value)
  assert.ok(isCsvMapping(read), JSON.stringify(read))
  return read
}

const visit = ['PID|1||0012345^^^HIS^MR||张^三', 'PV1|1|O|||||||||||||||||V77']

function convert(segments: readonly string[], mapping: string | undefined = 'tcm-visit') {
  const received = {
    deliveryId: 'd1',
    source: { ...source, ...(mapping === '' ? {} : { mapping }) },
    form: 'hl7v2' as const,
    bytes: message('ADT^A04', ...visit, ...segments),
    context: {},
    position: { index: 1 },
    controlId: 'C1',
    receivedTime: '2026-03-02T00:00:00.000Z',
  }
  const known = mappingOf(document)
  const csvMapping = (id: string) => (id === 'tcm-visit' ? known : undefined)
  return standardise(received, { ...testTools, csvMapping })
}

test('a segment becomes the records its mapping says, tied to the patient and the visit of the message', () => {
  const made = convert(['ZTC|1|BNP010^胃痞^TCD|12.50|20260301'])
  assert.ok(!isRoomRefusal(made))
  const [patient, condition, pieces] = ['Patient', 'Condition', 'Observation'].map((type) =>
    JSON.parse(made.records.find((record) => record.type === type)?.text ?? 'null'),
  )
  assert.equal(condition.subject.reference, `Patient/${patient.id}`)
  assert.match(condition.encounter.reference, /^Encounter\//)
  assert.deepEqual(condition.code, {
    coding: [{ system: 'urn:example:tcm', code: 'BNP010' }],
    text: '胃痞',
  })
  assert.equal(pieces.subject.reference, `Patient/${patient.id}`)
  assert.match(made.records.find(({ type }) => type === 'Observation')?.text ?? '', /"value":12\.50/)
  const provenance = JSON.parse(made.records.find(({ type }) => type === 'Condition')?.provenance ?? '{}')
  assert.ok(JSON.stringify(provenance).includes('tcm-visit'))
})

test('the same message gives the same ids, so that a correction amends', () => {
  const ids = (made: ReturnType<typeof convert>) =>
    isRoomRefusal(made) ? [] : made.records.map(({ type, id }) => `${type}/${id}`)
  const segment = 'ZTC|1|BNP010^胃痞|12|20260301'
  assert.deepEqual(ids(convert([segment])), ids(convert([segment.replace('12', '13')])))
})

test('a field that cannot be read refuses the message and names the field', () => {
  const refused = convert(['ZTC|1|BNP010^胃痞|twelve|20260301'])
  assert.ok(isRoomRefusal(refused))
  assert.equal(refused.place, 'ZTC-3')
})

test('a segment that no mapping claims is noted where the source has mappings, and only there', () => {
  const codes = (made: ReturnType<typeof convert>) =>
    isRoomRefusal(made) ? [] : made.findings.map(({ code }) => code)
  assert.deepEqual(codes(convert(['ZXX|1|a'])), ['hl7v2.segment-unmapped'])
  assert.deepEqual(codes(convert(['ZXX|1|a'], '')), [])
})

test('a mapping of segments names fields of its own segment, and a mapping of tables no record of a message', () => {
  const wrong = (change: (value: typeof document) => void): readonly string[] => {
    const value = structuredClone(document)
    change(value)
    const read = readCsvMapping(value)
    return isCsvMapping(read) ? [] : read.problems.map(({ code }) => code)
  }
  assert.deepEqual(
    wrong((value) => (value.layout.columns.grams.headings = ['ZXX-3'])),
    ['csv.mapping.field'],
  )
  assert.deepEqual(wrong((value) => (value.layout.segment = 'PID')).includes('csv.mapping.segment'), true)
  const { segment: _, ...layout } = document.layout
  const table = readCsvMapping({ ...document, layout })
  assert.ok(!isCsvMapping(table))
  assert.ok(table.problems.some(({ code }) => code === 'csv.mapping.record-unknown'))
})
