// The review queue with the real program: four ways to write one diagnosis are suggested as E11.9, and count only once a person confirmed them (S07).
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { writtenTerms } from '../src/commands/written-terms.ts'
import { folderFor, meridian, startMeridian } from './meridian-process.ts'

const condition = (code: object) => ({ resource: { resourceType: 'Condition', code } })
const icd10 = 'http://hl7.org/fhir/sid/icd-10'
const written = ['DM2', '2型糖尿病', '糖尿病2型', 'T2DM']

test('what sources wrote is suggested, listed, confirmed or rejected; only what was confirmed answers the next scan', {
  timeout: 240_000,
}, async (t) => {
  const folder = folderFor(t)
  const home = join(folder, 'home')
  const node = startMeridian(['start', '--empty', '--home', home, '--port', '0'])
  t.after(() => node.kill('SIGKILL'))
  await node.said(/Ctrl-C ends it/)
  const file = join(folder, 'conditions.json')
  const entry = [
    ...written.map((text) => condition({ text })),
    condition({ text: 'DM2' }),
    condition({ text: 'zzzz qqqq' }),
    condition({ text: '高血压', coding: [{ system: icd10, code: 'I10' }] }),
  ]
  writeFileSync(file, JSON.stringify({ resourceType: 'Bundle', entry }))
  const ask = async (...args: string[]) => {
    const { code, out, log } = await meridian(['terminology', 'review', ...args, '--home', home, '--json'])
    assert.equal(code, 0, log)
    return JSON.parse(out)
  }
  const scan = () => ask('scan', file, '--source', 'his')

  const first = await scan()
  assert.deepEqual([first.added, first.unknown, first.confirmed], [4, 1, []])
  const { items } = await ask('list')
  assert.deepEqual(
    items.map((one: { term: { text: string }; code: { code: string } }) => [one.term.text, one.code.code]),
    written.map((text) => [text, 'E11.9']),
  )
  assert.ok(items.every((one: { confidence: number }) => one.confidence >= 0.88))

  await ask('confirm', items[0].id)
  assert.equal((await ask('confirm', items[1].id, icd10, 'E11.9')).code.code, 'E11.9')
  await ask('reject', items[2].id)
  const again = await scan()
  assert.deepEqual(
    again.confirmed.map((one: { term: { text: string }; code: { code: string } }) => [
      one.term.text,
      one.code.code,
    ]),
    [
      ['DM2', 'E11.9'],
      ['2型糖尿病', 'E11.9'],
    ],
  )
  assert.equal(again.added, 0)
  assert.equal((await ask('list', '--state', 'rejected')).items[0].term.text, '糖尿病2型')
  const wrong = ['terminology', 'review', 'confirm', items[3].id, icd10, 'NO.SUCH', '--home', home]
  assert.equal((await meridian(wrong)).code, 1)
  assert.equal((await meridian(['terminology', 'review', 'reject', 'nobody', '--home', home])).code, 1)
})

test('a local code stands before the text, a known system needs no suggestion, and any JSON is read', () => {
  const terms = (code: unknown) =>
    writtenTerms({ resourceType: 'Condition', code }, 's', (system) => system === icd10).map(
      ({ system, text }) => [system, text],
    )
  assert.deepEqual(terms({ text: 'x', coding: [{ system: 'urn:local', code: 'D2' }] }), [['urn:local', 'D2']])
  assert.deepEqual(terms({ text: 'x', coding: [{ display: 'y' }] }), [['', 'x']])
  assert.deepEqual(terms({ text: 'x', coding: [{ system: icd10, code: 'E11.9' }] }), [])
  assert.deepEqual(terms({ text: 'x'.repeat(201) }), [])
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      writtenTerms(json, 's', () => false)
      writtenTerms({ resourceType: 'Bundle', entry: [json, { resource: json }] }, 's', () => false)
      terms(json)
    }),
  )
})
