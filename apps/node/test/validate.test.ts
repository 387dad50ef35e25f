// `meridian validate` through the program: every class of defect that base R4 must catch, malformed text, and HL7's examples.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { meridian } from './meridian-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'meridian-validate-'))
after(() => rmSync(folder, { recursive: true, force: true }))

interface Answer {
  readonly items: readonly {
    readonly file: string
    readonly valid: boolean
    readonly findings: readonly {
      readonly code: string
      readonly path: string
      readonly severity: string
      readonly message: { zh: string; en: string }
      readonly hint: { zh: string; en: string }
    }[]
  }[]
}

function write(name: string, content: string | object): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

async function validate(...args: string[]): Promise<{ code: number | null; items: Answer['items'] }> {
  const { code, out, log } = await meridian(['validate', ...args, '--json'])
  assert.equal(log, '')
  return { code, items: (JSON.parse(out) as Answer).items }
}

const observation = { resourceType: 'Observation', status: 'final', code: { text: 'ALT' } }
const xhtml = (inside: string) => ({
  resourceType: 'Patient',
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>` },
})
const bundle = (type: string, entry: object[]) => ({ resourceType: 'Bundle', type, entry })
const uuid = (n: number) => `urn:uuid:0b7e0f5e-5d0c-4c39-9f0e-2f5b7f0c1a0${n}`
const posted = (n: number, resource: { resourceType: string }) => ({
  fullUrl: uuid(n),
  resource,
  request: { method: 'POST', url: resource.resourceType },
})

/** Class of defect → a file with it, and the finding it must give. */
const defects: readonly [string, string | object, string][] = [
  ['malformed JSON', '{"resourceType":"Patient",}', 'text.malformed'],
  ['a member twice', '{"resourceType":"Patient","id":"a","id":"b"}', 'text.malformed'],
  ['text that ends early', '{"resourceType":"Patient"', 'text.malformed'],
  ['unknown element', { resourceType: 'Patient', colour: 'red' }, 'r4.unknown-element'],
  ['cardinality, too few', { resourceType: 'Observation', code: { text: 'a' } }, 'r4.missing-element'],
  ['cardinality, a list for one', { ...observation, status: ['final'] }, 'r4.single-expected'],
  ['cardinality, one for a list', { resourceType: 'Patient', name: { text: 'a' } }, 'r4.list-expected'],
  ['primitive form', { resourceType: 'Patient', birthDate: '31.12.2020' }, 'r4.primitive-form'],
  ['primitive type', { resourceType: 'Patient', active: 'yes' }, 'r4.primitive-form'],
  ['two choices', { ...observation, valueString: 'a', valueInteger: 1 }, 'r4.two-choices'],
  ['a choice of no such type', { ...observation, valueMoney: { value: 1 } }, 'r4.unknown-element'],
  ['invariant', { resourceType: 'Patient', contact: [{ relationship: [{ text: 'a' }] }] }, 'r4.invariant'],
  ['required binding', { resourceType: 'Patient', gender: 'm' }, 'r4.code-not-allowed'],
  [
    'resource type at a reference',
    { ...observation, subject: { reference: 'Medication/1' } },
    'r4.reference-type',
  ],
  ['XHTML with a script', xhtml('<script>a</script>'), 'r4.narrative'],
  ['XHTML that is empty', xhtml(' '), 'r4.narrative'],
  [
    'a reference that no entry answers',
    bundle('transaction', [posted(1, { ...observation, ...{ subject: { reference: uuid(2) } } })]),
    'bundle.unresolved',
  ],
  [
    'fullUrl twice',
    bundle('collection', [
      { fullUrl: uuid(1), resource: observation },
      { fullUrl: uuid(1), resource: { resourceType: 'Patient' } },
    ]),
    'bundle.duplicate-full-url',
  ],
  [
    'id twice',
    bundle('collection', [
      { resource: { resourceType: 'Patient', id: 'a' } },
      { resource: { resourceType: 'Patient', id: 'a', active: true } },
    ]),
    'bundle.duplicate-id',
  ],
  [
    'an element id twice',
    {
      resourceType: 'Patient',
      name: [
        { id: 'a', text: '1' },
        { id: 'a', text: '2' },
      ],
    },
    'r4.duplicate-element-id',
  ],
  ['contained id twice', { ...observation, contained: [{ resourceType: 'Patient' }] }, 'r4.contained-id'],
  ['no resource at all', '[]', 'r4.object-expected'],
  ['an unknown type', { resourceType: 'Hospital' }, 'r4.unknown-type'],
  ['nothing', '', 'text.malformed'],
]

test('every class of defect is caught, with a hint in both languages, and exit code 1', async () => {
  const files = defects.map(([, content], i) => write(`defect-${i}.json`, content))
  const good = write('good.json', observation)
  const { code, items } = await validate(...files, good)
  assert.equal(code, 1)
  defects.forEach(([name, , expected], i) => {
    const item = items[i]
    assert.equal(item?.valid, false, name)
    const found = item?.findings.find((finding) => finding.code === expected)
    assert.ok(found, `${name}: ${item?.findings.map((f) => f.code).join(' ')}`)
    for (const words of [found.message, found.hint]) assert.ok(words.zh !== '' && words.en !== '', name)
  })
  assert.deepEqual(items.at(-1), { file: good, valid: true, findings: [] })
})

test('a good file: exit code 0 and one item', async () => {
  const { code, items } = await validate(write('one.json', observation))
  assert.equal(code, 0)
  assert.equal(items.length, 1)
})

test('NDJSON: each line is judged, and a finding names its line', async () => {
  const lines = [observation, { resourceType: 'Patient', gender: 'm' }].map((r) => JSON.stringify(r))
  const { code, items } = await validate(write('two.ndjson', `${lines.join('\n')}\n{"broken\n`))
  assert.equal(code, 1)
  assert.deepEqual(
    items[0]?.findings.map(({ code: c, path }) => [c, path]),
    [
      ['text.malformed', '#3'],
      ['r4.code-not-allowed', '#2 Patient.gender'],
    ],
  )
})

test('a profile that does not exist is wrong usage, a missing file a failure of the outside', async () => {
  assert.equal((await meridian(['validate', write('a.json', observation), '--profile', 'x'])).code, 2)
  assert.equal((await meridian(['validate', join(folder, 'nothing-here.json')])).code, 3)
})

const examples = join(import.meta.dirname, '../../../../shared/data/03-fhir/hl7-r4-examples')
const skip = existsSync(examples) ? false : '../shared/data/03-fhir is absent'

test("HL7's own examples have no error apart from the six that break R4", { skip }, async () => {
  const files = readdirSync(examples).filter((n) => n.endsWith('.json') && n !== 'package.json')
  const { items } = await validate(...files.map((name) => join(examples, name)))
  const wrong = items.filter(({ valid }) => !valid).map(({ file }) => file.slice(examples.length + 1))
  assert.deepEqual(wrong, [
    'DeviceMetric-example.json',
    'DeviceUseStatement-example.json',
    'MedicationRequest-medrx0301.json',
    'Observation-clinical-gender.json',
    'Questionnaire-qs1.json',
    'Questionnaire-zika-virus-exposure-assessment.json',
  ])
  assert.ok(items.length > 590)
})

test('a scene profile sees what one record says against another', async () => {
  const file = write(
    'stay.json',
    bundle('collection', [
      { fullUrl: uuid(1), resource: { resourceType: 'Patient', gender: 'female', birthDate: '1980-01-01' } },
      {
        fullUrl: uuid(2),
        resource: {
          resourceType: 'Condition',
          subject: { reference: uuid(1) },
          code: { text: 'a', coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'C61' }] },
        },
      },
    ]),
  )
  const { code, items } = await validate(file, '--profile', 'cn-inpatient')
  assert.equal(code, 1)
  assert.ok(items[0]?.findings.some((finding) => finding.code === 'rule.sex'))
  assert.equal((await validate(file)).code, 0)
})

test('a template with parameters becomes rules that a file is checked by', async () => {
  const rules = join(folder, 'rules.json')
  const made = await meridian([
    'elements',
    'template',
    'collection',
    '--set',
    'temperatureHigh=42',
    '-o',
    rules,
  ])
  assert.equal(made.code, 0)
  const hot = write('hot.json', {
    ...observation,
    code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }] },
    valueQuantity: { value: 43, unit: 'Cel', system: 'http://unitsofmeasure.org', code: 'Cel' },
  })
  assert.equal((await validate(hot)).code, 0)
  const { code, items } = await validate(hot, '--rules', rules)
  assert.equal(code, 1)
  assert.deepEqual(
    items[0]?.findings.map((finding) => finding.code),
    ['rule.range'],
  )
  assert.equal((await meridian(['elements', 'template', 'collection', '--set', 'idCardLength=99'])).code, 1)
})

test('elements: listed, read out of FHIR and written back, imported with each bad row named', async () => {
  const list = JSON.parse((await meridian(['elements', 'list', '--data-set', 'vital-signs', '--json'])).out)
  assert.equal(list.items[0].id, 'MER.VITAL.TEMPERATURE')
  const patient = write('patient.json', { resourceType: 'Patient', gender: 'male', birthDate: '1949-12-31' })
  const view = await meridian(['elements', 'view', patient, '--json'])
  const { items } = JSON.parse(view.out) as { items: { id: string; value: string }[] }
  assert.deepEqual(
    items.map(({ id, value }) => [id, value]),
    [
      ['DE02.01.040.00', '1'],
      ['DE02.01.005.01', '19491231'],
    ],
  )
  const back = await meridian(['elements', 'write', write('values.json', items), '--json'])
  assert.deepEqual(JSON.parse(back.out).items, [
    { resourceType: 'Patient', gender: 'male', birthDate: '1949-12-31' },
  ])
  const table = write('table.csv', 'id,name,type,format\nDE02.01.039.00,a,S1,A..50\nX,b,S1,A..50\n')
  const imported = await meridian(['elements', 'import', table, '-o', join(folder, 'package'), '--json'])
  assert.equal(imported.code, 1)
  assert.equal(JSON.parse(imported.out).imported, 1)
  assert.ok(existsSync(join(folder, 'package', 'elements.json')))
})
