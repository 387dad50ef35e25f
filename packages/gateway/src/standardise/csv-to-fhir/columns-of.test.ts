// A row that the validator refuses is refused by its column, not only by the element it became.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createValidator } from '@meridian/standards'
import { convertCsv, shippedMapping } from '../../../fixtures/csv-conversion.ts'
import { tools } from '../../../fixtures/received.ts'
import { markPlace } from '../../quarantine/mark-place.ts'
import { isRoomRefusal, type RoomRefusal } from '../../room-refusal.ts'
import { validate } from '../../validate/validate.ts'
import type { Standardised } from '../standardised.ts'
import { columnsOf } from './columns-of.ts'
import type { CsvMapping } from './csv-mapping.ts'
import { isCsvMapping, readCsvMapping } from './read-csv-mapping.ts'

const clinic = shippedMapping('clinic-vital-signs')
const heading =
  '病案号,姓名,性别,出生日期,身份证号,测量时间,体温,脉搏,呼吸,收缩压,舒张压,血氧,体重,测量人,设备编号'
const validator = createValidator()

async function converted(
  row: string,
  { mapping = clinic, headings = heading }: { mapping?: CsvMapping; headings?: string } = {},
): Promise<Standardised> {
  const [result] = await convertCsv(new TextEncoder().encode(`${headings}\n${row}\n`), mapping, {
    source: { profile: 'cn-national' },
  })
  return result !== undefined && !isRoomRefusal(result) ? result : assert.fail(`refused: ${result?.code}`)
}

const toolsOf = (mapping: CsvMapping) => ({ ...tools, csvMapping: () => mapping })

function judged(item: Standardised, mapping = clinic): RoomRefusal {
  const end = validate(item, validator, columnsOf(item.received, toolsOf(mapping)))
  return isRoomRefusal(end) ? end : assert.fail('not refused')
}

const marked = ({ received }: Standardised, place: string | undefined) => {
  const text = new TextDecoder().decode(received.bytes)
  const mark = markPlace(text, 'csv-row', { place: place ?? null }, received.context)
  return mark === undefined ? undefined : text.slice(mark.from, mark.to)
}

test('a measured value beyond what can be is refused by its column, which can be marked', async () => {
  const item = await converted('B1,张三,女,1949-12-31,,2026/3/1 8:05,86.5℃,72,18,128,82,98,70,李护士,TW-01')
  const refusal = judged(item)
  assert.equal(refusal.place, 'column "体温"')
  assert.match(
    refusal.findings.find(({ severity }) => severity === 'error')?.path ?? '',
    /^column "体温" \(Observation\.value/,
  )
  assert.equal(marked(item, refusal.place), '86.5℃')
})

test('every element of every record of a row leads to a column that the row has', async () => {
  const item = await converted(
    'B1,张三,女,1949-12-31,11010519491231002X,2026/3/1 8:05,36.5℃,72,18,128,82,98,70,李护士,TW-01',
  )
  const place = columnsOf(item.received, toolsOf(clinic))
  assert.equal(place(0, 'Patient.gender'), 'column "性别"')
  assert.equal(place(0, 'Patient.birthDate'), 'column "出生日期"')
  assert.equal(place(0, 'Patient.name[0].text'), 'column "姓名"')
  assert.equal(place(0, 'Patient.identifier[0].value'), 'column "病案号"')
  assert.equal(place(0, 'Patient.identifier[1]'), 'column "身份证号"')
  assert.equal(place(2, 'Observation.valueQuantity.value'), 'column "脉搏"')
  assert.equal(place(2, 'Observation.effectiveDateTime'), 'column "测量时间"')
  assert.equal(place(2, 'Observation.code.coding[0].code'), undefined)
  assert.equal(place(99, 'Observation.status'), undefined)
})

test('measurements that the row does not give do not shift those it gives', async () => {
  const item = await converted('B1,张三,女,1949-12-31,,2026/3/1 8:05,,,18,,,98,,李护士,TW-01')
  const place = columnsOf(item.received, toolsOf(clinic))
  const last = item.records.length - 1
  assert.equal(place(last, 'Observation.valueQuantity'), 'column "血氧"')
})

test('an item of a list that was left out, since its cell is empty, does not count', async () => {
  const document = {
    format: 'meridian-csv-mapping/1',
    id: 'two-numbers',
    version: '1.0.0',
    title: { zh: '两个号', en: 'Two numbers' },
    layout: {
      encoding: 'utf-8',
      delimiter: ',',
      decimalMark: '.',
      absent: [''],
      columns: { a: { headings: ['甲'] }, b: { headings: ['乙'] }, c: { headings: ['丙'] } },
    },
    times: {},
    valueMaps: {},
    records: [
      {
        name: 'patient',
        type: 'Patient',
        key: ['b'],
        template: {
          identifier: [{ value: { $text: 'a' } }, { value: { $text: 'b' } }, { value: { $text: 'c' } }],
        },
      },
    ],
    panels: [],
  }
  const mapping = readCsvMapping(document)
  if (!isCsvMapping(mapping)) assert.fail(JSON.stringify(mapping.problems))
  const item = await converted(',2,3', { mapping, headings: '甲,乙,丙' })
  const place = columnsOf(item.received, toolsOf(mapping))
  assert.equal(place(0, 'Patient.identifier[0].value'), 'column "乙"')
  assert.equal(place(0, 'Patient.identifier[1].value'), 'column "丙"')
})

test('a row with another number of cells is refused at the cell where it goes on, or ends', async () => {
  const bytes = (row: string) => new TextEncoder().encode(`${heading}\n${row}\n`)
  const placeOf = async (row: string) => {
    const [result] = await convertCsv(bytes(row), clinic)
    return result !== undefined && isRoomRefusal(result) ? result.place : assert.fail('not refused')
  }
  assert.equal(await placeOf('B1,张三,女'), 'line 2, column 3')
  assert.equal(await placeOf(`B1,张三${',x'.repeat(15)}`), 'line 2, column 16')
})
