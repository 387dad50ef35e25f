/** The importers on releases as they are published: every row is read, or its line is named. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { conceptMapOf } from './concept-map.ts'
import { importMapTable } from './import/import-map.ts'
import { translate } from './translate.ts'

const data = join(import.meta.dirname, '../../../../../shared/data/09-terminology')
const skip = existsSync(data) ? false : 'the published releases are not beside the project'

/** Quoted cells without line breaks, which is all these files have. */
async function* csvLines(file: string) {
  for (const [at, text] of readFileSync(file, 'utf8').split(/\r?\n/).entries()) {
    if (text === '') continue
    const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) =>
      cell.replace(/^"|"$/g, ''),
    )
    yield { line: at + 1, cells: cells.slice(0, -1) }
  }
}

test('GEM: 23,912 rows, each read; combinations have a target in every group', { skip }, async () => {
  const { rows, badCount } = await importMapTable(
    'gem',
    csvLines(join(data, 'icd9-icd10-gem/icd9toicd10cmgem.csv')),
  )
  assert.deepEqual([rows.length, badCount], [23_912, 0])
  const map = conceptMapOf({ source: 'icd-9-cm', target: 'icd-10-cm', release: 'gem' }, rows)
  assert.deepEqual(
    translate(map, '0010').targets.map(({ code }) => code),
    ['A000'],
  )
  const combinations = [...map.rows.values()].filter((list) => list.some(({ group }) => group > 1))
  assert.ok(combinations.length > 100)
})

test('HL7’s v2-to-FHIR maps: every file is read, and rows with a condition are named, not guessed', {
  skip,
}, async () => {
  const folder = join(data, 'v2-to-fhir-maps/codesystems')
  let rows = 0
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.csv'))) {
    const imported = await importMapTable('v2-to-fhir', csvLines(join(folder, name)))
    rows += imported.rows.length
    for (const { line } of imported.bad) assert.ok(line > 2, name)
  }
  assert.ok(rows > 1000, String(rows))
})
