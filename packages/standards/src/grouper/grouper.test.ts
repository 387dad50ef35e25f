/** The grouper on tables of our own and on the published ones: order of the steps, CC and MCC with exclusions, and what would change the answer. */
import assert from 'node:assert/strict'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { nodeSuite } from '@meridian/protocol/node'
import fc from 'fast-check'
import { readerFor } from '../artefacts/readers.ts'
import { runVectors } from '../artefacts/run-vectors.ts'
import { readShippedPackages } from '../artefacts/shipped-packages.ts'
import { chsDrgHead } from './chs-drg.ts'
import { codeLines } from './code-lines.ts'
import { readEpisode } from './episode.ts'
import { episodeOfFhir } from './episode-of-fhir.ts'
import { groupEpisode } from './group-episode.ts'
import { readGrouper, readWeights } from './grouper-reader.ts'
import { type GrouperTables, grouperTablesOf } from './grouper-tables.ts'
import { importCodeList } from './import-code-list.ts'
import { whatWouldChange } from './what-would-change.ts'

const demo = readShippedPackages(nodeSuite).find(({ manifest }) => manifest.id === 'meridian.grouper.demo')
assert.ok(demo)
const tables = readGrouper(demo.files) as GrouperTables

test('the shipped grouper answers its own vectors', () => {
  assert.equal(readerFor(demo)?.kind, 'grouper')
  const result = runVectors(nodeSuite, demo, readerFor(demo))
  assert.ok('passed' in result && result.outcomes.length >= 16)
  assert.deepEqual(
    result.outcomes.filter(({ outcome }) => outcome === 'failed'),
    [],
  )
})

test('every step is told in both languages, and why a complication does not count', () => {
  const { steps, level } = groupEpisode(tables, { diagnoses: ['K74.600', 'K76.600'], procedures: [] })
  assert.equal(level, 'none')
  const step = steps.find((one) => one.step === 'complication')
  assert.equal(step?.outcome, 'passed')
  assert.match(step?.text.zh ?? '', /排除组/)
  assert.match(step?.text.en ?? '', /exclusion group/)
  assert.ok(steps.every(({ text }) => text.zh !== '' && text.en !== '' && !/\{/.test(text.en)))
})

test('what would change it: another main diagnosis, a complication less, a procedure that is missing', () => {
  const episode = { diagnoses: ['K35.200', 'J96.000'], procedures: [] }
  const changes = whatWouldChange(tables, episode, groupEpisode(tables, episode))
  const told = changes.map(({ change, code, group }) => [change, code, group])
  assert.deepEqual(told, [
    ['other-main', 'J96.000', 'ER13'],
    ['with-procedure', 'GD1', 'GD15'],
  ])
})

test('a main diagnosis that leads to no group is a warning before submission', () => {
  const { warnings, group } = groupEpisode(tables, { diagnoses: ['R69.x00'], procedures: [] })
  assert.equal(group, undefined)
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ['ungroupable-code', 'no-group'],
  )
})

test('an episode of FHIR records: the ranked main diagnosis, age in days, codes side by side', () => {
  const coding = (system: string, code: string) => ({ coding: [{ system, code }] })
  const records = [
    { resourceType: 'Patient', gender: 'male', birthDate: '2026-01-01' },
    {
      resourceType: 'Encounter',
      period: { start: '2026-01-20T08:00:00+08:00' },
      diagnosis: [
        { condition: { reference: 'Condition/b' }, rank: 2 },
        { condition: { reference: 'Condition/a' }, rank: 1 },
      ],
    },
    { resourceType: 'Condition', id: 'b', code: coding('urn:x', 'J96.000') },
    { resourceType: 'Condition', id: 'a', code: coding('urn:x', 'clinical-1') },
  ]
  const { episode, codes } = episodeOfFhir(tables, records, (code) =>
    code === 'clinical-1' ? 'P22.000' : undefined,
  )
  assert.deepEqual(episode, { diagnoses: ['P22.000', 'J96.000'], procedures: [], sex: 'male', ageDays: 19 })
  assert.deepEqual(
    codes.map(({ by }) => by),
    ['map', 'same'],
  )
})

test('any codes and any JSON group without a throw', () => {
  const code = fc.oneof(fc.constantFrom(...tables.codes.keys()), fc.string())
  fc.assert(
    fc.property(fc.array(code), fc.array(code), fc.integer(), (diagnoses, procedures, ageDays) => {
      const answer = groupEpisode(tables, { diagnoses, procedures, ageDays })
      assert.equal(answer.group === undefined || answer.group.startsWith(answer.adrg ?? '?'), true)
    }),
  )
  fc.assert(
    fc.property(
      fc.jsonValue(),
      (value) => void [readEpisode(value), episodeOfFhir(tables, [value]), readWeights(value)],
    ),
  )
})

test('bad lines of a code list are told with their number, and the rest is read', async () => {
  const lines = [
    ['code', 'name', 'adrg', 'cc', 'mcc', 'exclusion'],
    ['K74.600', 'a', 'HS2', '1', '', '7-117'],
    ['K74.600', 'a', 'HS3', '', '', '7-117'],
    ['', 'x', '', '', '', ''],
    ['50.2200', 'b', 'HB1', '', '', ''],
  ]
  const { codes, bad } = await importCodeList(fromLines(lines))
  assert.deepEqual(
    bad.map(({ line }) => line),
    [3, 4],
  )
  assert.deepEqual(
    codes.map(({ code, kind }) => [code, kind]),
    [
      ['K74.600', 'diagnosis'],
      ['50.2200', 'procedure'],
    ],
  )
})

async function* fromLines(lines: readonly (readonly string[])[]) {
  for (const [at, cells] of lines.entries()) yield { line: at + 1, cells }
}

const folder = join(import.meta.dirname, '../../../../../shared/data/09-terminology/chs-drg')
const list = join(folder, 'chs_drg_codes.csv')
const skip = existsSync(list) ? false : 'shared/data/09-terminology/chs-drg is absent'

test('CHS-DRG: 30,501 diagnoses, 9,609 procedures, 371 ADRGs; K74.600x003 and 50.2200x003 as published', {
  skip,
}, async () => {
  const { codes, badCount } = await importCodeList(codeLines(createReadStream(list)))
  const kinds = codes.map(({ kind }) => kind)
  assert.equal(badCount, 0)
  assert.equal(kinds.filter((kind) => kind === 'diagnosis').length, 30_501)
  assert.equal(kinds.filter((kind) => kind === 'procedure').length, 9609)
  const weights = readWeights(JSON.parse(readFileSync(join(folder, 'weights-2024.json'), 'utf8')))
  assert.ok(weights)
  const full = grouperTablesOf(chsDrgHead, codes, new Map([['2024', weights]]))
  // The list of published ADRGs and one empty place: 371 with it.
  assert.equal(full.adrgs.size + 1, 371)
  const { adrgs, level, exclusion } = full.codes.get('K74.600x003') ?? {}
  assert.deepEqual([adrgs, level, exclusion], [['HS2'], 'cc', '7-117'])
  assert.ok(full.codes.get('50.2200x003')?.adrgs.includes('PC1'))
  const resected = groupEpisode(full, { diagnoses: ['C22.000'], procedures: ['50.2200x003'] })
  assert.deepEqual([resected.adrg, resected.group, resected.weight !== undefined], ['HB1', 'HB15', true])
  assert.equal(groupEpisode(full, { diagnoses: ['K74.600x003'], procedures: [] }).adrg, 'HS2')
  assert.equal(
    groupEpisode(full, { diagnoses: ['K74.600x003'], procedures: [], ventilationHours: 100 }).adrg,
    'AH1',
  )
})
