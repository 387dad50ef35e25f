/** A mapping tried on rows: the same rooms as intake, coverage of every heading, nothing stored (S12, T05, issue of source mappings). */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createValidator } from '@meridian/standards'
import fc from 'fast-check'
import type { Source } from '../connect/source.ts'
import { shippedMappingsDir } from '../mappings-dir.ts'
import type { CsvMapping } from '../standardise/csv-to-fhir/csv-mapping.ts'
import { isCsvMapping, readCsvMapping } from '../standardise/csv-to-fhir/read-csv-mapping.ts'
import { previewMapping } from './preview-mapping.ts'

const read = readCsvMapping(
  JSON.parse(readFileSync(join(shippedMappingsDir, 'clinic-vital-signs.json'), 'utf8')),
)
assert.ok(isCsvMapping(read))
const mapping: CsvMapping = read
const source: Source = {
  name: 'clinic',
  kind: 'csv',
  profile: 'cn-national',
  timeZone: '+08:00',
  captureMethod: 'file',
  ackAfter: 'stored',
  onBadValue: 'refuse',
}
const parts = {
  mapping,
  source,
  validator: createValidator(),
  now: '2026-01-02T00:00:00.000Z',
  shownRows: 20,
}
const head = '门诊号,姓名,性别,出生日期,身份证号,测量时间,体温'
const sample = (...rows: string[]) => new TextEncoder().encode(`${[head, ...rows].join('\n')}\n`)
const good = 'A1,王小明,男,1949-12-31,11010519491231002X,2026-01-01 08:00,36.5℃'

test('a row shows the records it would become, and every heading where it goes', async () => {
  const { rows, headings, total, refused } = await previewMapping(sample(good), parts)
  assert.deepEqual([total, refused], [1, 0])
  assert.ok(rows[0]?.records.some((text) => text.includes('"value":36.5')))
  const uses = Object.fromEntries(headings.map(({ heading, use }) => [heading, use]))
  assert.equal(uses.体温, 'mapped')
  assert.deepEqual(headings.find(({ heading }) => heading === '体温')?.elements, [
    'Observation.value[8310-5]',
  ])
})

test('what would refuse a row refuses it here, with the column and the reason counted', async () => {
  const bad = good.replace('36.5℃', '36.5').replace('A1', 'A2')
  const { rows, reasons, refused } = await previewMapping(sample(good, bad, bad.replace('A2', 'A3')), parts)
  assert.equal(refused, 2)
  assert.deepEqual(reasons, [{ code: 'unit.missing', count: 2 }])
  assert.match(rows[1]?.findings[0]?.path ?? '', /体温/)
})

test('a heading that nobody claims is shown although it refuses the file', async () => {
  const bytes = new TextEncoder().encode(`${head},新列\n${good},x\n`)
  const { headings, refused } = await previewMapping(bytes, parts)
  assert.equal(headings.at(-1)?.use, 'unclaimed')
  assert.equal(refused, 1)
})

test('a column that the mapping reads and nothing is made of is called unused', async () => {
  const columns = { ...mapping.layout.columns, ward: { headings: ['病区'], optional: true } }
  const wider = { ...mapping, layout: { ...mapping.layout, columns } }
  const { unusedColumns } = await previewMapping(sample(good), { ...parts, mapping: wider })
  assert.deepEqual(unusedColumns, ['ward'])
})

test('no bytes make a preview fail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      await previewMapping(bytes, parts)
    }),
    { numRuns: 200 },
  )
})
