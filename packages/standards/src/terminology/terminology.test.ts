// Terminology: the four operations over what is shipped and what was imported, and suggestions from what people write.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Concept, ReleaseHead } from './concept.ts'
import { importRelease } from './import/import-release.ts'
import { readCsvConcepts } from './import/read-csv-concepts.ts'
import { readFhirCodeSystem } from './import/read-fhir-code-system.ts'
import { normalText } from './normal-text.ts'
import { initialsOf } from './pinyin-initials.ts'
import { isProblem } from './problem.ts'
import { openDiskStore } from './store/disk-store.ts'
import { suggestCodes } from './suggest/suggest-codes.ts'
import { openTerminology } from './terminology.ts'

const icd10 = 'http://hl7.org/fhir/sid/icd-10'
const notifiable = 'urn:meridian:cs:notifiable-diseases'
const shipped = openTerminology({ today: () => '2026-11-24' })
const now = '2026-11-24T00:00:00Z'

const answered = <T extends object | string>(answer: T) => {
  if (typeof answer === 'object' && isProblem(answer)) assert.fail(`${answer.problem} ${answer.detail}`)
  return answer as Exclude<T, { problem: unknown }>
}

async function onDisk(head: ReleaseHead, concepts: readonly Concept[], use: (t: typeof shipped) => void) {
  const directory = mkdtempSync(join(tmpdir(), 'terminology-'))
  const disk = openDiskStore(directory)
  const terminology = openTerminology({ disk, today: () => '2026-11-24' })
  await importRelease(
    disk,
    head,
    concepts.map((concept, line) => ({ line, concept })),
    { now },
  )
  try {
    use(terminology)
  } finally {
    await disk.close()
    rmSync(directory, { recursive: true })
  }
}

const head: ReleaseHead = {
  system: 'urn:test:cs',
  version: '1',
  titles: { zh: '测试', en: 'test' },
  language: 'zh-CN',
  licence: 'made up',
}

test('"DM2", "2型糖尿病", "糖尿病2型" and "T2DM" are suggested as E11.9 (S07)', () => {
  for (const text of ['DM2', '2型糖尿病', '糖尿病2型', 'T2DM', 'Ⅱ型糖尿病', 'e11.9']) {
    const [first] = answered(suggestCodes(shipped, { system: icd10, text }))
    assert.equal(first?.code, 'E11.9', text)
    assert.ok((first?.confidence ?? 0) >= 0.88, text)
  }
})

test('a name with one wrong character is suggested with less confidence, nonsense not at all', () => {
  const [first] = answered(suggestCodes(shipped, { system: icd10, text: '急性心肌梗塞' }))
  assert.deepEqual([first?.code, first?.basis], ['I21.9', 'similar'])
  assert.deepEqual(suggestCodes(shipped, { system: icd10, text: 'zzzz qqqq' }), [])
})

test('a code with a dot is found as it is typed, whole or begun', () => {
  const codesOf = (text: string) =>
    answered(shipped.search(icd10, { text })).hits.map(({ concept }) => concept.code)
  for (const text of ['E11.9', 'e11.9']) assert.deepEqual(codesOf(text), ['E11.9'])
  assert.ok(codesOf('e11.').includes('E11.9'))
})

test('notifiable diseases are 39, 39, 40, 41, 40 and 42 on their days (domain 0.9)', () => {
  const countOn = (date: string) => {
    const set = {
      url: '',
      version: '',
      titles: head.titles,
      include: [{ system: notifiable, filter: [{ property: 'counted', op: '=' as const, value: 'true' }] }],
    }
    return answered(shipped.expand(set, { date })).total
  }
  const days = ['2010-01-01', '2015-01-01', '2021-01-01', '2024-01-01', '2025-09-01', '2026-11-24']
  assert.deepEqual(days.map(countOn), [39, 39, 40, 41, 40, 42])
  const covid = answered(shipped.lookup(notifiable, 'covid-19', { date: '2021-01-01' }))
  assert.ok(covid.concept.properties?.some(({ code, value }) => code === 'deadlineHours' && value === 2))
  assert.equal(isProblem(shipped.lookup(notifiable, 'plague', { date: '2008-01-01' })), true)
})

test('national value domains answer, and sex 3 is no code', () => {
  const sex = 'urn:oid:2.16.156.10011.2.3.3.4'
  assert.equal(answered(shipped.validateCode(sex, '9')).valid, true)
  assert.equal(answered(shipped.validateCode(sex, '3')).valid, false)
  assert.equal(answered(shipped.validateCode(sex, '1', { display: '女性' })).displayIsWrong, true)
  assert.equal(isProblem(shipped.validateCode('urn:no:such', '1')), true)
})

test('concepts are found by Chinese, English, pinyin initials, synonyms and the beginning of a code', () => {
  for (const [text, code] of [
    ['冠心', 'I25.1'],
    ['angina', 'I20.9'],
    ['gxy', 'I10'],
    ['COPD', 'J44.9'],
    ['K80', 'K80.2'],
    ['xjgs', 'I21.9'],
  ] as const) {
    const found = answered(shipped.search(icd10, { text }))
    assert.ok(
      found.hits.some(({ concept }) => concept.code === code),
      text,
    )
  }
  assert.equal(initialsOf('膀胱癌'), 'pga')
  assert.equal(initialsOf('重复'), 'cf')
})

test('a code with two parents is below both, and a circle is cut', async () => {
  const concepts = [
    { code: 'a', display: '甲' },
    { code: 'b', display: '乙' },
    { code: 'c', display: '丙', parents: ['a', 'b'] },
    { code: 'd', display: '丁', parents: ['c'] },
    { code: 'x', display: '子', parents: ['y'] },
    { code: 'y', display: '丑', parents: ['x'] },
  ]
  await onDisk(head, concepts, (t) => {
    assert.equal(t.subsumes(head.system, { a: 'a', b: 'd' }), 'subsumes')
    assert.equal(t.subsumes(head.system, { a: 'd', b: 'b' }), 'subsumed-by')
    assert.equal(t.subsumes(head.system, { a: 'a', b: 'b' }), 'not-subsumed')
    assert.equal(t.subsumes(head.system, { a: 'a', b: 'a' }), 'equivalent')
    const below = answered(t.expand(`${head.system}?fhir_vs=isa/b`, {}))
    assert.deepEqual(
      below.codes.map(({ code }) => code),
      ['b', 'c', 'd'],
    )
    const page = answered(t.expand(`${head.system}?fhir_vs`, { offset: 1, count: 2 }))
    assert.deepEqual([page.total, page.codes.map(({ code }) => code)], [6, ['b', 'c']])
  })
})

test('subsumption in any hierarchy is what walking up the parents says', async () => {
  const parents = fc.array(fc.array(fc.nat(30), { maxLength: 3 }), { minLength: 1, maxLength: 25 })
  await fc.assert(
    fc.asyncProperty(parents, async (given) => {
      const own = given.map((all, i) => [...new Set(all.filter((p) => p < i))])
      const concepts = own.map((all, i) => ({
        code: `n${i}`,
        display: '某',
        parents: all.map((p) => `n${p}`),
      }))
      const above = (i: number): Set<number> => new Set((own[i] ?? []).flatMap((p) => [p, ...above(p)]))
      await onDisk(head, concepts, (t) => {
        for (let a = 0; a < own.length; a++)
          for (let b = 0; b < own.length; b++) {
            const expected =
              a === b
                ? 'equivalent'
                : above(b).has(a)
                  ? 'subsumes'
                  : above(a).has(b)
                    ? 'subsumed-by'
                    : 'not-subsumed'
            assert.equal(t.subsumes(head.system, { a: `n${a}`, b: `n${b}` }), expected)
          }
      })
    }),
    { numRuns: 15 },
  )
})

test('a dangerous pattern is refused, a plain one selects', () => {
  const set = (value: string) => ({
    url: '',
    version: '',
    titles: head.titles,
    include: [{ system: icd10, filter: [{ property: 'code', op: 'regex' as const, value }] }],
  })
  for (const bad of ['(a+)+', '(a|a)*b', '(?=a)', 'a{1,9}{1,9}', '('])
    assert.ok('problem' in shipped.expand(set(bad), {}), bad)
  assert.equal(answered(shipped.expand(set('E11\\..'), {})).total, 2)
})

test('an import that fails is not there, and a second one of the same version replaces the first', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'terminology-'))
  const disk = openDiskStore(directory)
  const t = openTerminology({ disk, today: () => '2026-11-24' })
  const broken = function* () {
    yield { line: 1, concept: { code: 'a', display: '甲' } }
    throw new Error('the disk is gone')
  }
  await assert.rejects(importRelease(disk, head, broken(), { now }))
  assert.equal(isProblem(t.lookup(head.system, 'a')), true)
  const import_ = (display: string) =>
    importRelease(
      disk,
      head,
      [
        { line: 1, concept: { code: 'a', display } },
        { line: 2, concept: { code: 'a', display } },
      ],
      { now },
    )
  assert.equal((await import_('甲')).bad[0]?.line, 2)
  await import_('乙')
  assert.equal(answered(t.lookup(head.system, 'a')).concept.display, '乙')
  assert.equal(t.versionsOf(head.system).length, 1)
  await disk.close()
  rmSync(directory, { recursive: true })
})

test('any JSON is read as a CodeSystem or not, without a throw', () => {
  fc.assert(fc.property(fc.jsonValue(), (json) => void readFhirCodeSystem(json)))
  fc.assert(
    fc.property(
      fc.jsonValue(),
      (concept) => void readFhirCodeSystem({ resourceType: 'CodeSystem', url: 'u', concept: [concept] }),
    ),
  )
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void initialsOf(normalText(text))))
})

const regions = new URL('../../../../../shared/data/09-terminology/gbt2260/areas.csv', import.meta.url)
  .pathname

test('GB/T 2260 counties from the real file', {
  skip: existsSync(regions) ? false : 'gbt2260/areas.csv is absent',
}, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'terminology-'))
  const disk = openDiskStore(directory)
  const rows = readCsvConcepts(regions, { code: 'code', display: 'name' }, { delimiter: ',' })
  const report = await importRelease(disk, head, rows, { now })
  assert.deepEqual([report.concepts, report.badRows], [2978, 0])
  const t = openTerminology({ disk, today: () => '2026-11-24' })
  assert.equal(answered(t.validateCode(head.system, '110105', { display: '朝阳区' })).valid, true)
  await disk.close()
  rmSync(directory, { recursive: true })
})
