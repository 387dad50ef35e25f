// Imports of SNOMED CT, LOINC and FHIR from small made-up files of the published form: what is read, what is named, what is never seen.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { isProblem } from '../problem.ts'
import { openDiskStore } from '../store/disk-store.ts'
import { openTerminology } from '../terminology.ts'
import { findRf2Files } from './find-rf2-files.ts'
import { importRelease, importTogether } from './import-release.ts'
import { ImportStopped } from './import-stopped.ts'
import { readFhirTerminology } from './read-fhir-bundle.ts'
import { readFhirValueSet } from './read-fhir-value-set.ts'
import { readImportJson } from './read-import-json.ts'
import { isLoincCode, loincHead, readLoinc } from './read-loinc.ts'
import { readRf2, rf2Head } from './read-rf2.ts'

const root = mkdtempSync(join(tmpdir(), 'imports-'))
after(() => rmSync(root, { recursive: true }))
const now = '2026-11-24T00:00:00Z'
let made = 0

function newStore() {
  const disk = openDiskStore(join(root, `store-${made++}`))
  return { disk, terminology: openTerminology({ disk, today: () => '2026-11-24' }) }
}

const file = (name: string, text: string | Uint8Array): string => {
  const folder = join(root, `files-${made++}`)
  mkdirSync(folder)
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const answered = <T extends object | string>(answer: T) => {
  if (typeof answer === 'object' && isProblem(answer)) assert.fail(`${answer.problem} ${answer.detail}`)
  return answer as Exclude<T, { problem: unknown }>
}

const sct = 'http://snomed.info/sct'
const [us, gb, zh] = ['900000000000509007', '900000000000508004', '722128001']
const [preferred, acceptable] = ['900000000000548007', '900000000000549004']
const [fsn, synonym] = ['900000000000003001', '900000000000013009']
const [root_, disease, oedema] = ['100001', '100002', '100003']

/** A release folder in the layout of the published ones; the terms are made up. */
function releaseFolder(more: { readonly concepts?: string; readonly descriptions?: string } = {}): string {
  const folder = join(root, `release-${made++}`)
  const [terms, refsets] = [join(folder, 'Snapshot/Terminology'), join(folder, 'Snapshot/Refset/Language')]
  for (const one of [terms, refsets]) mkdirSync(one, { recursive: true })
  const put = (path: string, header: string, rows: readonly string[], rest = '') =>
    writeFileSync(
      path,
      `${[header, ...rows].map((row) => row.replaceAll(' | ', '\t')).join('\r\n')}\r\n${rest}`,
    )
  put(
    join(terms, 'sct2_Concept_Snapshot_INT_20260101.txt'),
    'id | effectiveTime | active | moduleId | definitionStatusId',
    [root_, disease, oedema, '100009'].map(
      (id) => `${id} | 20260101 | ${id === '100009' ? 0 : 1} | 900000000000207008 | 900000000000074008`,
    ),
    more.concepts,
  )
  const description = (id: string, concept: string, [language, type, term]: readonly string[], active = 1) =>
    `${id} | 20260101 | ${active} | 900000000000207008 | ${concept} | ${language} | ${type} | ${term} | 900000000000448009`
  put(
    join(terms, 'sct2_Description_Snapshot-en_INT_20260101.txt'),
    'id | effectiveTime | active | moduleId | conceptId | languageCode | typeId | term | caseSignificanceId',
    [
      description('200001', root_, ['en', synonym, 'Made-up root']),
      description('200002', disease, ['en', synonym, 'Made-up disease']),
      description('200003', oedema, ['en', fsn, 'Edema of "x" (disorder)']),
      description('200004', oedema, ['en', synonym, 'Oedema of x']),
      description('200005', oedema, ['en', synonym, 'Edema of x']),
      description('200006', oedema, ['zh', synonym, '某部位水肿']),
      description('200007', oedema, ['en', synonym, 'no longer used'], 0),
      description('200008', '100009', ['en', synonym, 'Gone']),
    ],
    more.descriptions,
  )
  put(
    join(refsets, 'der2_cRefset_LanguageSnapshot-en_INT_20260101.txt'),
    'id | effectiveTime | active | moduleId | refsetId | referencedComponentId | acceptabilityId',
    [
      [us, '200005', preferred],
      [gb, '200004', preferred],
      [us, '200004', acceptable],
      [zh, '200006', preferred],
    ].map(([set, id, how]) => `x | 20260101 | 1 | 900000000000207008 | ${set} | ${id} | ${how}`),
  )
  const relation = (from: string, to: string, type: string, active = 1) =>
    `300001 | 20260101 | ${active} | 900000000000207008 | ${from} | ${to} | 0 | ${type} | 900000000000011006 | 900000000000451002`
  put(
    join(terms, 'sct2_Relationship_Snapshot_INT_20260101.txt'),
    'id | effectiveTime | active | moduleId | sourceId | destinationId | relationshipGroup | typeId | characteristicTypeId | modifierId',
    [
      relation(disease, root_, '116680003'),
      relation(oedema, disease, '116680003'),
      relation(oedema, root_, '116680003', 0),
      relation(root_, oedema, '363698007'),
    ],
  )
  return folder
}

async function importRf2(folder: string) {
  const { disk, terminology } = newStore()
  const files = findRf2Files(folder)
  const report = await importRelease(disk, rf2Head(files, {}), readRf2(files), { now })
  return { report, terminology, disk }
}

test('SNOMED CT: US names are shown, British and Chinese ones are the preferred of their language, "is a" makes the hierarchy', async () => {
  const { report, terminology, disk } = await importRf2(releaseFolder())
  assert.deepEqual([report.concepts, report.badRows], [4, 0])
  const { concept, release, parents } = answered(terminology.lookup(sct, oedema))
  assert.equal(release.version, `${sct}/900000000000207008/version/20260101`)
  assert.equal(concept.display, 'Edema of x')
  assert.deepEqual(concept.designations, [
    { language: 'en', value: 'Edema of "x" (disorder)', use: 'fully-specified' },
    { language: 'en-GB', value: 'Oedema of x', use: 'preferred' },
    { language: 'zh-CN', value: '某部位水肿', use: 'preferred' },
  ])
  assert.deepEqual(
    parents.map(({ code }) => code),
    [disease],
  )
  assert.equal(terminology.subsumes(sct, { a: root_, b: oedema }), 'subsumes')
  assert.equal(answered(terminology.lookup(sct, '100009')).concept.inactive, true)
  assert.ok(
    answered(terminology.search(sct, { text: '水肿' })).hits.some((hit) => hit.concept.code === oedema),
  )
  await disk.close()
})

test('SNOMED CT: rows that cannot be read are named by file and line in both languages, the rest is imported', async () => {
  const { report, disk } = await importRf2(
    releaseFolder({
      concepts: `abc\t20260101\t1\t1\t1\r\n100077\t20260101\r\n${'9'.repeat(3_000_000)}\r\n100078\t20260101\t1\t1\t1\r\n`,
      descriptions: `200099\t20260101\t1\t1\t100002\ten\t${synonym}\t \t1\r\n`,
    }),
  )
  assert.equal(report.concepts, 4)
  const named = report.bad.map(({ line, hint }) => `${line} ${hint.en}`)
  for (const [line, words] of [
    [10, 'sct2_Description_Snapshot-en_INT_20260101.txt: The term is empty'],
    [6, 'The id is no SNOMED CT identifier'],
    [7, 'too few columns'],
    [8, 'too long'],
    [9, 'no active description'],
  ] as const)
    assert.ok(
      named.some((text) => text.startsWith(`${line} `) && text.includes(words)),
      `${line} ${words}: ${named.join('\n')}`,
    )
  assert.ok(report.bad.every(({ hint }) => /[\u4e00-\u9fff]/.test(hint.zh)))
  await disk.close()
})

test('SNOMED CT: a folder without relationships, and a file with other columns, stop the import with nothing to be seen', async () => {
  assert.throws(() => findRf2Files(root.replace(/[^/]+$/, 'no-such-folder')), ImportStopped)
  const folder = releaseFolder()
  const relationships = join(folder, 'Snapshot/Terminology/sct2_Relationship_Snapshot_INT_20260101.txt')
  writeFileSync(relationships, 'id\tactive\r\n')
  await assert.rejects(importRf2(folder), /lacks the columns sourceId/)
  rmSync(relationships)
  assert.throws(() => findRf2Files(folder), /sct2_Relationship_Snapshot/)
})

test('any bytes in the place of RF2 files stop the import or are named, and never break it', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .array(fc.array(fc.string({ maxLength: 8 }), { maxLength: 10 }), { maxLength: 6 })
      .map((rows) => Buffer.from(rows.map((row) => row.join('\t')).join('\n'))),
  )
  const folder = releaseFolder()
  const path = join(folder, 'Snapshot/Terminology/sct2_Concept_Snapshot_INT_20260101.txt')
  const header = Buffer.from('id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId\n')
  await fc.assert(
    fc.asyncProperty(bytes, fc.boolean(), async (given, headed) => {
      writeFileSync(path, headed ? Buffer.concat([header, given]) : given)
      try {
        for await (const row of readRf2(findRf2Files(folder)))
          assert.ok('concept' in row || row.hint.zh !== '')
      } catch (error) {
        assert.ok(error instanceof ImportStopped, String(error))
      }
    }),
    { numRuns: 100 },
  )
})

const loincTable = [
  '"LOINC_NUM","COMPONENT","PROPERTY","TIME_ASPCT","SYSTEM","SCALE_TYP","METHOD_TYP","CLASS","STATUS","CONSUMER_NAME","SHORTNAME","ORDER_OBS","LONG_COMMON_NAME","DisplayName"',
  '"2339-0","Glucose","MCnc","Pt","Bld","Qn","","CHEM","ACTIVE","Glucose, Blood","Glucose Bld-mCnc","Both","Glucose [Mass/volume] in Blood","Glucose (Bld) [Mass/Vol]"',
  '"2339-1","Wrong digit","MCnc","Pt","Bld","Qn","","CHEM","ACTIVE","","","Both","Wrong",""',
  '"1009-0","Old ""test""","PrThr","Pt","Ser","Ord","","X","DEPRECATED","","","Both","Old test",""',
  '"8867-4","Heart rate","NRat","Pt","XXX","Qn","","HRTRATE.ATOM","ACTIVE","","","Both","",""',
].join('\r\n')

test('LOINC: axes, status and names are kept, a wrong check digit is named by its line, Chinese comes from the variant', async () => {
  const { disk, terminology } = newStore()
  const variant = file(
    'zhCN5LinguisticVariant.csv',
    '\uFEFFLOINC_NUM,COMPONENT,PROPERTY,TIME_ASPCT,SYSTEM,SCALE_TYP,METHOD_TYP,SHORTNAME,LONG_COMMON_NAME\n2339-0,葡萄糖,质量浓度,时间点,全血,定量型,,,\nx,y,,,,,,,\n',
  )
  const rows = readLoinc(file('Loinc.csv', loincTable), variant)
  const report = await importRelease(disk, loincHead('2.81'), rows, { now })
  assert.deepEqual([report.concepts, report.bad.map(({ line }) => line)], [2, [3, 3, 5]])
  const { concept } = answered(terminology.lookup('http://loinc.org', '2339-0'))
  assert.equal(concept.display, 'Glucose [Mass/volume] in Blood')
  const names = concept.designations?.map(({ language, value, use }) => `${language} ${use} ${value}`)
  assert.ok(names?.includes('zh-CN preferred 葡萄糖:质量浓度:时间点:全血:定量型'))
  assert.ok(names?.includes('en fully-specified Glucose:MCnc:Pt:Bld:Qn'))
  assert.equal(answered(terminology.lookup('http://loinc.org', '1009-0')).concept.inactive, true)
  const set = answered(
    terminology.expand(
      {
        url: '',
        version: '',
        titles: { zh: '', en: '' },
        include: [{ system: 'http://loinc.org', filter: [{ property: 'CLASS', op: '=', value: 'CHEM' }] }],
      },
      {},
    ),
  )
  assert.deepEqual(
    set.codes.map(({ code }) => code),
    ['2339-0'],
  )
  await disk.close()
})

test('LOINC: check digits are Luhn, a table without the columns and an open quote stop the import', async () => {
  assert.deepEqual(['2339-0', '8867-4', '718-7', '2339-1', '-0', '12345678-9', ''].map(isLoincCode), [
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ])
  const all = async (text: string) => {
    for await (const row of readLoinc(file('Loinc.csv', text))) assert.ok(row)
  }
  await assert.rejects(all('a,b\n1,2\n'), ImportStopped)
  await assert.rejects(all(`${loincTable}\n"open`), ImportStopped)
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
      try {
        await all(`${loincTable}\n${text}`)
      } catch (error) {
        assert.ok(error instanceof ImportStopped, String(error))
      }
    }),
    { numRuns: 60 },
  )
})

const codeSystem = {
  resourceType: 'CodeSystem',
  url: 'urn:test:cs',
  version: '2',
  concept: [{ code: 'a', display: '甲', concept: [{ code: 'b', display: '乙' }] }],
}
const valueSet = (include: unknown, more: object = {}) => ({
  resourceType: 'ValueSet',
  url: 'urn:test:vs',
  version: '1',
  compose: { include, ...more },
})

test('FHIR: a Bundle brings code systems and value sets at once, and what is neither is named by its entry', async () => {
  const { disk, terminology } = newStore()
  const below = [{ system: 'urn:test:cs', filter: [{ property: 'concept', op: 'is-a', value: 'a' }] }]
  const listed = {
    ...valueSet([{ system: 'urn:test:cs', concept: [{ code: 'b' }] }]),
    url: 'urn:test:listed',
  }
  const resources = [
    codeSystem,
    valueSet(below, { exclude: [{ valueSet: ['urn:test:listed'] }] }),
    listed,
    { resourceType: 'Patient' },
    codeSystem,
  ]
  const read = readFhirTerminology({
    resourceType: 'Bundle',
    entry: resources.map((resource) => ({ resource })),
  })
  assert.deepEqual(
    read.left.map(({ line }) => line),
    [4, 5],
  )
  const seen = () => [
    isProblem(terminology.lookup('urn:test:cs', 'a')),
    isProblem(terminology.validateInSet('urn:test:vs', { code: 'a' })),
  ]
  const [first] = read.releases
  const broken = { head: { ...codeSystemHead, system: 'urn:test:broken' }, rows: failing() }
  await assert.rejects(
    importTogether(disk, { ...read, releases: [...(first === undefined ? [] : [first]), broken] }, { now }),
  )
  assert.deepEqual(seen(), [true, true], 'nothing of a Bundle is there when a part of it failed')
  const [report] = await importTogether(disk, read, { now })
  assert.equal(report?.concepts, 2)
  assert.deepEqual(seen(), [false, false])
  assert.equal(
    answered(terminology.validateInSet('urn:test:vs', { code: 'a', system: 'urn:test:cs' })).valid,
    true,
  )
  assert.equal(
    answered(terminology.validateInSet('urn:test:vs', { code: 'b', system: 'urn:test:cs' })).valid,
    false,
  )
  assert.equal(answered(terminology.validateInSet('urn:test:listed|1', { code: 'b' })).valid, true)
  await disk.close()
})

const codeSystemHead = { version: '1', titles: { zh: '', en: '' }, language: 'en', licence: '' }
function* failing() {
  yield { line: 1, concept: { code: 'x', display: 'x' } }
  throw new Error('the disk is gone')
}

test('FHIR: a value set with a filter that is not known, or in contradiction, is refused whole with the place', () => {
  const pathsOf = (json: unknown) => {
    const read = readFhirValueSet(json)
    assert.ok(read !== undefined && 'bad' in read)
    return read.bad.map(({ hint }) => hint.en.split(':')[0])
  }
  const filter = (op: string) => [{ property: 'concept', op, value: 'a' }]
  assert.deepEqual(pathsOf(valueSet([{ system: 's' }, { system: 's', filter: filter('like') }])), [
    'compose.include[1].filter[0]',
  ])
  assert.deepEqual(pathsOf(valueSet([{ system: 's', filter: filter('is-a'), concept: [{ code: 'a' }] }])), [
    'compose.include[0]',
  ])
  assert.deepEqual(pathsOf(valueSet([{}])), ['compose.include[0]'])
  assert.deepEqual(pathsOf(valueSet([])), ['compose'])
})

test('FHIR: without compose the codes of the expansion are the set, however deep, without those that only group', () => {
  let contains: object[] = [{ system: 's', code: 'leaf', display: '叶' }]
  for (let depth = 0; depth < 5000; depth++) contains = [{ abstract: true, code: 'g', contains }]
  const read = readFhirValueSet({ resourceType: 'ValueSet', url: 'u', expansion: { contains } })
  assert.ok(read !== undefined && 'valueSet' in read)
  assert.deepEqual(read.valueSet.include, [{ system: 's', concept: [{ code: 'leaf', display: '叶' }] }])
})

test('FHIR: files too deep or no JSON are refused; any JSON is read or refused', () => {
  const deep = file('deep.json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  assert.throws(() => readImportJson(deep), /deeper than 200/)
  assert.throws(() => readImportJson(file('bad.json', Uint8Array.of(0x22, 0xff, 0x22))), ImportStopped)
  assert.throws(() => readImportJson(join(root, 'none.json')), ImportStopped)
  assert.deepEqual(readImportJson(file('good.json', '{"a":"]]]\\"[["}')), { a: ']]]"[[' })
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, two) => {
      readFhirTerminology(one)
      readFhirTerminology({ resourceType: 'Bundle', entry: [one, { resource: two }] })
      readFhirValueSet({ resourceType: 'ValueSet', url: 'u', compose: one, expansion: two })
      readFhirValueSet(valueSet([one]))
      readFhirValueSet(valueSet([{ system: 's', filter: [one], concept: [two] }]))
    }),
  )
})
