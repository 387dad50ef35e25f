// `meridian group` through the program: an episode file, a Bundle, a stored encounter, and the published tables imported.
import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runningHome } from './running-home.ts'

interface Answer {
  readonly code: number | null
  readonly answer: Record<string, unknown>
}

const coding = (system: string, code: string) => ({ coding: [{ system, code }] })
const insurance = 'urn:meridian:cs:icd-10-cn-insurance'
const resources = [
  { resourceType: 'Patient', id: 'p1', gender: 'male', birthDate: '1960-05-01' },
  {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
    subject: { reference: 'Patient/p1' },
    period: { start: '2026-03-01T08:00:00+08:00', end: '2026-03-10T08:00:00+08:00' },
    diagnosis: [{ condition: { reference: 'Condition/c1' }, rank: 1 }],
  },
  {
    resourceType: 'Condition',
    id: 'c1',
    subject: { reference: 'Patient/p1' },
    encounter: { reference: 'Encounter/e1' },
    code: coding(insurance, 'C22.000'),
  },
  {
    resourceType: 'Procedure',
    id: 'o1',
    status: 'completed',
    subject: { reference: 'Patient/p1' },
    encounter: { reference: 'Encounter/e1' },
    code: coding('urn:meridian:cs:icd-9-cm-3-cn-insurance', '50.2200'),
  },
]
const demo = ['--tables', 'meridian.grouper.demo']

const published = join(import.meta.dirname, '../../../../shared/data/09-terminology/chs-drg')

test('episodes are grouped from a file, a Bundle and the own vault; tables are imported', {
  timeout: 300_000,
}, async (t) => {
  const home = await runningHome(t)
  const run = async (...args: string[]): Promise<Answer> => {
    const { code, out, log } = await home.run(...args, '--json')
    assert.notEqual(out, '', log)
    return { code, answer: JSON.parse(out) }
  }
  const write = (name: string, content: object): string => {
    const path = home.at(name)
    writeFileSync(path, JSON.stringify(content))
    return path
  }

  await t.test('an episode file; one that falls in no group exits 1 with a warning', async () => {
    const { code, answer } = await run(
      'group',
      write('a.json', { diagnoses: ['K74.600', 'J96.000'] }),
      ...demo,
    )
    assert.deepEqual([code, answer.group, answer.weight, answer.year], [0, 'HS21', '1.5', '2026'])
    assert.ok(Array.isArray(answer.steps) && answer.steps.length > 4)
    const none = await run('group', write('b.json', { diagnoses: ['R69.x00'] }), ...demo)
    assert.equal(none.code, 1)
    assert.match(JSON.stringify(none.answer.warnings), /ungroupable-code/)
  })

  await t.test('the records of one encounter, from a Bundle and from the own vault alike', async () => {
    const entry = resources.map((resource) => ({
      fullUrl: `https://his.example/fhir/${resource.resourceType}/${resource.id}`,
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    }))
    const file = write('bundle.json', { resourceType: 'Bundle', type: 'transaction', entry })
    const fromFile = await run('group', file, ...demo)
    assert.deepEqual([fromFile.code, fromFile.answer.group], [0, 'HB15'])
    const taken = await home.run('intake', file)
    assert.equal(taken.code, 0, taken.log)
    const { answer } = await run('records', '--type', 'Encounter')
    const [encounter] = answer.items as readonly { id: string }[]
    const stored = await run('group', encounter?.id ?? '', ...demo)
    assert.deepEqual([stored.code, stored.answer.group], [0, 'HB15'])
  })

  const skip = existsSync(published) ? false : 'shared/data/09-terminology/chs-drg is absent'
  await t.test('the published CHS-DRG tables, by the weights of a year', { skip }, async () => {
    const imported = await run('group', 'import', published, '--id', 'local.grouper.chs-drg')
    const { codes, years } = imported.answer
    assert.deepEqual([imported.code, codes, years], [0, 40_110, ['2022', '2023', '2024']])
    const { answer } = await run('group', write('c.json', { diagnoses: ['K74.600x003'] }), '--year', '2024')
    assert.deepEqual([answer.adrg, answer.group], ['HS2', 'HS25'])
  })
})
