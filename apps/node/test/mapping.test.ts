// `meridian mapping preview`: a clinic tries its mapping on real rows before it sends anything.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { shippedMappingsDir } from '@meridian/gateway'
import { meridian } from './meridian-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'meridian-mapping-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const mapping = join(shippedMappingsDir, 'clinic-vital-signs.json')
const sample = join(folder, 'sample.csv')
const row = 'A1,王小明,男,1949-12-31,11010519491231002X,2026-01-01 08:00'
writeFileSync(
  sample,
  `门诊号,姓名,性别,出生日期,身份证号,测量时间,体温\n${row},36.5℃\n${row.replace('08', '09')},36.5\n`,
)

test('each row is shown as what it becomes, or with the column and the way to mend it; exit 1 when one is refused', async () => {
  const { code, out } = await meridian(['mapping', 'preview', mapping, sample, '--json'])
  const preview = JSON.parse(out)
  assert.equal(code, 1)
  assert.deepEqual(
    [preview.total, preview.refused, preview.reasons],
    [2, 1, [{ code: 'unit.missing', count: 1 }]],
  )
  assert.equal(preview.rows[0].records.length, 2)
  const shown = await meridian(['mapping', 'preview', mapping, sample])
  assert.match(shown.out, /体温\s+→\s+Observation\.value\[8310-5\]/)
})

test('every mistake of a mapping is listed with its place', async () => {
  const wrong = join(folder, 'wrong.json')
  writeFileSync(wrong, JSON.stringify({ format: 'meridian-csv-mapping/1', id: 'X', version: '1' }))
  const { code, out } = await meridian(['mapping', 'preview', wrong, sample, '--json'])
  assert.equal(code, 1)
  const places = JSON.parse(out).problems.map((problem: { place: string }) => problem.place)
  assert.ok(places.includes('/id') && places.includes('/version') && places.includes('/records'))
})

test('a file that is not there, a profile nobody knows and a missing sample are said', async () => {
  assert.equal((await meridian(['mapping', 'preview', mapping])).code, 2)
  assert.equal((await meridian(['mapping', 'preview', mapping, sample, '--profile', 'x'])).code, 2)
  assert.equal((await meridian(['mapping', 'preview', mapping, join(folder, 'no.csv')])).code, 3)
})
