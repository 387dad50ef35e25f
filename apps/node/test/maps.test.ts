// `meridian maps`: a code is translated with its reasons, and a published map becomes a package that answers the same everywhere (S19, S29).
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { meridian } from './meridian-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'meridian-maps-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('a rule of age decides, and what the map would have said otherwise is listed', async () => {
  const { code, out } = await meridian([
    'maps',
    'translate',
    'snomed-to-icd10',
    '38341003',
    '--age-days',
    '3',
    '--json',
  ])
  const { targets, otherwise, map } = JSON.parse(out)
  assert.equal(code, 0)
  assert.deepEqual([targets[0].code, map.version], ['P29.2', '1.0.0'])
  assert.ok(
    otherwise.some(
      (one: { code: string; because: string }) => one.code === 'I10' && one.because === 'earlier-row',
    ),
  )
  assert.equal((await meridian(['maps', 'translate', 'snomed-to-icd10', '1'])).code, 1)
})

test('a table becomes a package whose vectors hold; a line that is none is named and nothing is written over', async () => {
  const file = join(folder, 'map.csv')
  writeFileSync(
    file,
    'code,target,equivalence,display\nDM2,E11.9,wider,2型糖尿病\nX,,unmatched,\nY,Z,nonsense,\n',
  )
  const to = join(folder, 'package')
  const args = [
    'maps',
    'import',
    file,
    '--format',
    'csv',
    '--id',
    'local.test',
    '--source',
    'urn:a',
    '--target',
    'urn:b',
    '--release',
    '1',
    '-o',
    to,
  ]
  const first = await meridian([...args, '--json'])
  const { rows, badCount, bad } = JSON.parse(first.out)
  assert.deepEqual([first.code, rows, badCount, bad[0].line], [1, 2, 1, 4])
  const asked = await meridian(['maps', 'translate', to, 'DM2', '--json'])
  assert.equal(JSON.parse(asked.out).targets[0].code, 'E11.9')
  assert.equal((await meridian(args)).code, 2)
})

const gem = join(
  import.meta.dirname,
  '../../../../shared/data/09-terminology/icd9-icd10-gem/icd9toicd10cmgem.csv',
)

test('the GEM as it is published: 23,912 rows', {
  skip: existsSync(gem) ? false : 'the release is not beside the project',
}, async () => {
  const to = join(folder, 'gem')
  const args = [
    '--format',
    'gem',
    '--id',
    'local.gem',
    '--source',
    'icd-9-cm',
    '--target',
    'icd-10-cm',
    '--release',
    '2018',
    '-o',
    to,
  ]
  const { code, out } = await meridian(['maps', 'import', gem, ...args, '--json'])
  assert.deepEqual([code, JSON.parse(out).rows], [0, 23_912])
})
