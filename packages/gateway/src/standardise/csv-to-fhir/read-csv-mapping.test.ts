/** A mapping document is read whole, or every mistake of it is named. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { shippedMapping } from '../../../fixtures/csv-conversion.ts'
import { csvTexts } from '../../catalogue-csv.ts'
import { isCsvMapping, readCsvMapping } from './read-csv-mapping.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'mappings')
const document = () => JSON.parse(readFileSync(join(folder, 'clinic-vital-signs.json'), 'utf8'))

function problems(change: (mapping: ReturnType<typeof document>) => void) {
  const mapping = document()
  change(mapping)
  const read = readCsvMapping(mapping)
  return isCsvMapping(read) ? [] : read.problems.map(({ code, place }) => `${code} ${place}`)
}

test('every mapping we ship reads without a mistake and is named by its id', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    assert.equal(shippedMapping(name.slice(0, -5)).id, name.slice(0, -5))
  }
})

test('a mistake is named by its place', () => {
  assert.deepEqual(
    problems((m) => delete m.version),
    ['csv.mapping.text /version', 'csv.mapping.version /version'],
  )
  assert.deepEqual(
    problems((m) => (m.layout.delimter = ';')),
    ['csv.mapping.member /layout/delimter'],
  )
  assert.deepEqual(
    problems((m) => (m.layout.decimalMark = ' ')),
    ['csv.mapping.choice /layout/decimalMark'],
  )
  assert.deepEqual(
    problems((m) => (m.layout.rowKey = ['no'])),
    ['csv.mapping.column-unknown /layout/rowKey'],
  )
  assert.deepEqual(
    problems((m) => m.layout.ignored.push('体温')),
    ['csv.mapping.heading-twice /layout/ignored'],
  )
  assert.deepEqual(
    problems((m) => (m.records[0].key = [])),
    ['csv.mapping.key-empty /records/0/key'],
  )
  assert.deepEqual(
    problems((m) => (m.records[0].template.x = { $txt: 'name' })),
    ['csv.mapping.directive /records/0/template/x/$txt'],
  )
  assert.deepEqual(
    problems((m) => (m.records[0].template.gender.values = 'no')),
    ['csv.mapping.values-unknown /records/0/template/gender/values'],
  )
  assert.deepEqual(
    problems((m) => (m.panels[0].template.subject.$reference = 'no')),
    ['csv.mapping.record-unknown /panels/0/template/subject'],
  )
  assert.deepEqual(
    problems((m) => (m.records[0].template.x = 1.5)),
    ['csv.mapping.constant /records/0/template/x'],
  )
})

test('every code a mapping can be refused with has its words', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('layout', 'records', 'panels', 'valueMaps', 'times'),
      (value, member) => {
        const read = readCsvMapping({ ...document(), [member]: value })
        if (!isCsvMapping(read))
          for (const { code } of read.problems) assert.ok(csvTexts[code] !== undefined, code)
      },
    ),
  )
  const read = readCsvMapping(null)
  assert.ok(!isCsvMapping(read))
})
