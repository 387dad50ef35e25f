/** CSV rows become FHIR records by the shipped mappings. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createValidator } from '@meridian/standards'
import iconv from 'iconv-lite'
import { convertCsv, resourcesOf, shippedMapping } from '../../../fixtures/csv-conversion.ts'
import { chunksOf, collect, fingerprint, receivedOf, sourceOf, tools } from '../../../fixtures/received.ts'
import { isRefusedArrival } from '../../connect/arrival.ts'
import { readCsvRows } from '../../connect/csv-rows.ts'
import { isRoomRefusal } from '../../room-refusal.ts'
import type { CsvMapping } from './csv-mapping.ts'
import { csvRowToFhir } from './csv-row-to-fhir.ts'

const fixture = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'fixtures', 'csv', 'clinic-vital-signs.csv'),
)
const clinic = shippedMapping('clinic-vital-signs')
const utf8 = (text: string) => new TextEncoder().encode(text)

interface Observation {
  readonly resourceType: string
  readonly code: { coding: { code: string }[] }
  readonly valueQuantity?: object
  readonly dataAbsentReason?: { coding: { code: string }[] }
  readonly effectiveDateTime?: string
}

const quantity = (resources: unknown[], code: string) =>
  (resources as Observation[]).find((one) => one.code?.coding[0]?.code === code)?.valueQuantity

test('a row of a clinic’s sheet becomes a patient and one Observation for each measured value', async () => {
  const [first] = await convertCsv(fixture, clinic)
  const resources = resourcesOf(first)
  assert.deepEqual(
    resources.map((one) => one.resourceType),
    ['Patient', ...Array(7).fill('Observation')],
  )
  assert.deepEqual(quantity(resources, '8310-5'), {
    value: 36.5,
    unit: 'Cel',
    system: 'http://unitsofmeasure.org',
    code: 'Cel',
  })
  assert.equal((resources[1] as unknown as Observation).effectiveDateTime, '2026-03-01T08:05:00+08:00')
})

test('36.5℃ and 97.7 °F are 36.5 Cel, and 36.5 without a unit is refused (golden values)', async () => {
  const [celsius, fahrenheit, bare] = await convertCsv(fixture, clinic)
  assert.deepEqual(quantity(resourcesOf(celsius), '8310-5'), quantity(resourcesOf(fahrenheit), '8310-5'))
  assert.ok(bare !== undefined && isRoomRefusal(bare))
  assert.equal(bare.code, 'unit.missing')
  assert.equal(bare.place, 'column "体温"')
})

test('a number keeps the digits it came with', async () => {
  const [first] = await convertCsv(fixture, clinic)
  assert.ok(first !== undefined && !isRoomRefusal(first))
  assert.ok(first.records.some((record) => record.text.includes('"value":70.50')))
})

test('a refused row names every mistake by its heading, and none of its values', async () => {
  const results = await convertCsv(fixture, clinic)
  const mistakes = results.map((one) =>
    isRoomRefusal(one) ? one.findings.map(({ code, path }) => [code, path]) : [],
  )
  assert.deepEqual(mistakes.slice(2), [
    [['unit.missing', 'column "体温"']],
    [['csv.value.not-in-map', 'column "性别"']],
    [
      ['csv.value.time', 'column "出生日期"'],
      ['unit.not-a-number', 'column "脉搏"'],
    ],
    [['csv.value.key-missing', 'column "病案号"']],
  ])
  assert.ok(!JSON.stringify(results.filter((one) => isRoomRefusal(one))).includes('七十'))
})

test('the same table in GB18030 gives the same records', async () => {
  const gb18030 = iconv.encode(fixture.toString('utf8'), 'gb18030')
  const [first] = await convertCsv(gb18030, clinic)
  const [expected] = await convertCsv(fixture, clinic)
  assert.deepEqual(resourcesOf(first), resourcesOf(expected))
})

test('a keyed row that comes again in another file reaches the same records', async () => {
  const [first] = await convertCsv(fixture, clinic, { file: 'a.csv' })
  const [again] = await convertCsv(fixture, clinic, { file: 'b.csv' })
  assert.deepEqual(resourcesOf(first), resourcesOf(again))
})

test('a source may opt for a value that is absent, with a finding', async () => {
  const [, , bare] = await convertCsv(fixture, clinic, { source: { onBadValue: 'absent' } })
  const temperature = (resourcesOf(bare) as unknown as Observation[]).find(
    (one) => one.code?.coding[0]?.code === '8310-5',
  )
  assert.equal(temperature?.valueQuantity, undefined)
  assert.equal(temperature?.dataAbsentReason?.coding[0]?.code, 'error')
  assert.ok(bare !== undefined && !isRoomRefusal(bare))
  assert.deepEqual(
    bare.findings.map(({ code, severity }) => [code, severity]),
    [['unit.missing', 'warning']],
  )
})

test('decimal commas are read where the mapping says so, and refused where it does not', async () => {
  const table = utf8('病案号;姓名;性别;出生日期;测量时间;体重\nB1;甲;男;1970-01-01;2026-03-01 08:00;65,50\n')
  const comma: CsvMapping = { ...clinic, layout: { ...clinic.layout, decimalMark: ',' } }
  const [read] = await convertCsv(table, comma)
  assert.ok(read !== undefined && !isRoomRefusal(read))
  assert.ok(read.records.some((record) => record.text.includes('"value":65.50')))
  const [refused] = await convertCsv(table, clinic)
  assert.ok(refused !== undefined && isRoomRefusal(refused))
  assert.equal(refused.code, 'csv.value.number')
})

test('every record of a clinic’s sheet is valid R4, and its Provenance leads to nurse and device', async () => {
  const validator = createValidator()
  const [first] = await convertCsv(fixture, clinic)
  assert.ok(first !== undefined && !isRoomRefusal(first))
  for (const record of first.records) {
    const findings = [record.text, record.provenance].flatMap((text) =>
      validator.checkResource(JSON.parse(text), 'r4'),
    )
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error'),
      [],
    )
  }
  const { agent } = JSON.parse(first.records[1]?.provenance ?? '{}') as {
    agent: { who: { display?: string } }[]
  }
  assert.deepEqual(agent.map(({ who }) => who.display).slice(0, 2), ['李护士', 'TW-01'])
})

test('the national profiles find nothing in a complete row, and warn of one without an identity document', async () => {
  const validator = createValidator()
  const codes = (row: Awaited<ReturnType<typeof convertCsv>>[number] | undefined) => {
    assert.ok(row !== undefined && !isRoomRefusal(row))
    const findings = row.records.flatMap(({ text }) =>
      validator.checkResource(JSON.parse(text), 'cn-national-strict'),
    )
    return findings.map(({ severity, code }) => `${severity} ${code}`)
  }
  const [complete, withoutDocument] = await convertCsv(fixture, clinic)
  assert.deepEqual(codes(complete), [])
  assert.deepEqual(codes(withoutDocument), ['warning cn.identity-document-missing'])
})

test('a row whose mapping version is not at hand waits for it', async () => {
  const [first] = await convertCsv(
    utf8('病案号,姓名,性别,出生日期,测量时间\nB1,甲,男,1970-01-01,2026-03-01\n'),
    clinic,
  )
  assert.ok(first !== undefined && !isRoomRefusal(first))
  const { csvRowToFhir } = await import('./csv-row-to-fhir.ts')
  const { tools } = await import('../../../fixtures/received.ts')
  const refused = csvRowToFhir(first.received, tools)
  assert.ok(isRoomRefusal(refused))
  assert.equal(refused.code, 'csv.mapping.unknown')
})

test('a row that was refused for its number of cells is read with the headings of its file once it is mended', async () => {
  const reading = { mappingId: clinic.id, mappingVersion: clinic.version, layout: clinic.layout }
  const [headings = ''] = new TextDecoder().decode(fixture).split('\n')
  const sheet = `${headings}\n1,B0009,张三\n`
  const [item] = await collect(readCsvRows(chunksOf(utf8(sheet), 4096), 'a.csv', reading, { fingerprint }))
  assert.ok(item !== undefined && isRefusedArrival(item))
  const mended = '1,B0009,张三,女,1949-12-31,,2026/3/1 8:05,36.5℃,72,18,128,82,98,70.50,李护士,TW-01,'
  const received = receivedOf({ ...item, bytes: utf8(mended) }, { source: sourceOf({ kind: 'csv' }) })
  const result = csvRowToFhir(received, { ...tools, csvMapping: () => clinic })
  assert.equal(resourcesOf(result)[0]?.resourceType, 'Patient')
})
