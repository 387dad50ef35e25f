/** Maps with rules: what is known of the patient decides, the default counts when nothing is, and the answer says what else the map holds (S19). */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { conceptMapOf } from './concept-map.ts'
import { readFhirConceptMap } from './import/fhir-concept-map.ts'
import { importMapTable } from './import/import-map.ts'
import { readRow, writeRow } from './map-rows.ts'
import { holds, readMapRule } from './map-rule.ts'
import { translate } from './translate.ts'

const lines = async function* (...texts: string[]) {
  for (const [at, text] of texts.entries())
    yield { line: at + 1, cells: text.split(text.includes('\t') ? '\t' : ',') }
}

const rf2 = (group: number, priority: number, rule: string, target: string, category = '447637006') =>
  [
    'uuid',
    '20260101',
    '1',
    'm',
    '447562003',
    '38341003',
    group,
    priority,
    rule,
    `ALWAYS ${target}`,
    target,
    'c',
    category,
  ].join('\t')

const heading =
  'id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tmapGroup\tmapPriority\tmapRule\tmapAdvice\tmapTarget\tcorrelationId\tmapCategoryId'

async function hypertension() {
  const { rows, badCount } = await importMapTable(
    'rf2',
    lines(
      heading,
      rf2(
        1,
        1,
        'IFA 445518008 | Age at onset of clinical finding (observable entity) | < 28.0 days',
        'P29.2',
      ),
      rf2(1, 2, 'IFA 248152002 | Female (finding) | AND IFA 77386006 | Pregnancy (finding) |', 'O10.9'),
      rf2(1, 3, 'OTHERWISE TRUE', 'I10'),
    ),
  )
  assert.equal(badCount, 0)
  return conceptMapOf(
    { source: 'http://snomed.info/sct', target: 'http://hl7.org/fhir/sid/icd-10', release: 'test 1' },
    rows,
  )
}

describe('SNOMED CT complex map', () => {
  test('a rule that is met gives its target and says which rule it was', async () => {
    const map = await hypertension()
    const newborn = translate(map, '38341003', { ageDays: 3, sex: 'male', findings: [] })
    assert.deepEqual(
      newborn.targets.map(({ code }) => code),
      ['P29.2'],
    )
    assert.match(newborn.targets[0]?.rule ?? '', /< 28\.0 days/)
    const pregnant = translate(map, '38341003', { ageDays: 11_000, sex: 'female', findings: ['77386006'] })
    assert.deepEqual(
      pregnant.targets.map(({ code }) => code),
      ['O10.9'],
    )
  })

  test('when nothing is known the default counts, and what the map would have said otherwise is listed', async () => {
    const { targets, otherwise, release } = translate(await hypertension(), '38341003')
    assert.deepEqual(
      targets.map(({ code }) => code),
      ['I10'],
    )
    assert.deepEqual(
      otherwise.map(({ code, because }) => [code, because]),
      [
        ['P29.2', 'unknown'],
        ['O10.9', 'unknown'],
      ],
    )
    assert.equal(release, 'test 1')
  })

  test('a rule whose form is not known makes no row, and the line is named', async () => {
    const { rows, bad } = await importMapTable(
      'rf2',
      lines(heading, rf2(1, 1, 'IFA 1234567 | x | > 3 apples', 'A00')),
    )
    assert.deepEqual([rows.length, bad[0]?.line], [0, 2])
  })

  test('a code the map does not have has no result', async () => {
    const { result, targets } = translate(await hypertension(), '1')
    assert.deepEqual([result, targets], [false, []])
  })
})

describe('GEM', () => {
  test('a combination gives a target of each choice list, an approximate one is inexact, a code without map has none', async () => {
    const { rows } = await importMapTable(
      'gem',
      lines(
        'icd9cm,icd10cm,flags,approximate,no_map,combination,scenario,choice_list',
        '24951,E0839,10111,1,0,1,1,1',
        '24951,E0865,10112,1,0,1,1,2',
        '0010,A000,00000,0,0,0,0,0',
        'E8001,NoDx,11000,1,1,0,0,0',
      ),
    )
    const map = conceptMapOf({ source: 'icd-9-cm', target: 'icd-10-cm', release: 'gem' }, rows)
    assert.deepEqual(
      translate(map, '24951').targets.map(({ code, group }) => [code, group]),
      [
        ['E0839', 1],
        ['E0865', 2],
      ],
    )
    assert.deepEqual(
      translate(map, '0010').targets.map(({ equivalence }) => equivalence),
      ['equivalent'],
    )
    const none = translate(map, 'E8001')
    assert.deepEqual([none.result, none.targets, none.otherwise[0]?.code], [false, [], null])
  })
})

test('a FHIR ConceptMap is read with its relations; what has no target is unmatched', () => {
  const map = readFhirConceptMap({
    resourceType: 'ConceptMap',
    group: [
      {
        source: 'urn:a',
        target: 'urn:b',
        element: [{ code: '1', target: [{ code: 'x', equivalence: 'wider' }] }, { code: '2' }],
      },
      { source: 'urn:a', target: 'urn:c', element: [] },
    ],
  })
  assert.deepEqual(
    map?.rows.map(({ code, target, equivalence }) => [code, target, equivalence]),
    [
      ['1', 'x', 'wider'],
      ['2', null, 'unmatched'],
    ],
  )
  assert.equal(map?.otherGroups, 1)
  assert.equal(readFhirConceptMap({ resourceType: 'Patient' }), undefined)
})

test('a row that is written is read back as it was', () => {
  const text = fc.string({ minLength: 1, maxLength: 20 })
  const rule = fc.constantFrom(
    'TRUE',
    'OTHERWISE TRUE',
    'IFA 248153007 | Male (finding) |',
    'IFA 445518008 | Age | >= 18.0 years',
  )
  fc.assert(
    fc.property(
      text,
      fc.option(text, { nil: null }),
      rule,
      fc.integer({ min: 1, max: 9 }),
      (code, target, ruleText, group) => {
        const written = { code, target, equivalence: 'wider' as const, group, priority: 2, rule: ruleText }
        const row = readRow(written)
        assert.ok(row !== undefined)
        assert.deepEqual(readRow(JSON.parse(writeRow(row))), row)
      },
    ),
  )
})

test('any text is read as a rule or is none, and a rule never throws', () => {
  fc.assert(
    fc.property(fc.string(), fc.option(fc.integer(), { nil: undefined }), (text, ageDays) => {
      for (const candidate of [
        text,
        `IFA 445518008 | Age | ${text}`,
        `IFA 12345678 | ${text} | AND IFA 248152002`,
      ]) {
        const rule = readMapRule(candidate)
        if (rule !== undefined) holds(rule, ageDays === undefined ? {} : { ageDays })
      }
    }),
  )
})

test('a row that is no row is refused whatever it is', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const row = readRow(value)
      assert.ok(row === undefined || typeof row.code === 'string')
    }),
  )
})
