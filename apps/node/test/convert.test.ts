/** `meridian convert` with the real program: a record in the codes and units its receiver has published, attested, verified, made again (S14, S19). */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runningHome } from './running-home.ts'

const snomed = 'http://snomed.info/sct'
const icd10 = 'http://hl7.org/fhir/sid/icd-10'

/** A package that says what the organisation speaks. */
function writeCapability(folder: string, organisation: string): void {
  mkdirSync(folder)
  const write = (name: string, value: object) => writeFileSync(join(folder, name), JSON.stringify(value))
  write('capability.json', {
    format: 'meridian-capability/1',
    organisation,
    version: '1.0.0',
    formats: ['fhir-r4'],
    codes: [{ path: 'Condition.code', systems: [icd10] }],
    units: [],
    maps: [],
  })
  write('vectors.json', [
    {
      name: 'diagnoses in ICD-10',
      input: { path: 'Condition.code', system: snomed },
      expect: { accepted: false },
    },
  ])
  write('manifest.json', {
    format: 'meridian-artefact/1',
    id: `capability.${organisation}`,
    version: '1.0.0',
    kind: 'capability-statement',
    layer: 'application',
    titles: { zh: '能力声明', en: 'Capability' },
    steward: organisation,
    jurisdiction: [],
    effective: { from: '2026-01-01' },
    dependencies: [],
    licence: { name: 'Apache-2.0', shared: true },
    files: [],
  })
}

test('a diagnosis in SNOMED CT reaches its receiver in ICD-10 by the rule that holds for this patient', {
  timeout: 240_000,
}, async (t) => {
  const home = await runningHome(t)
  const file = (name: string) => home.at(name)
  const json = (text: string) => JSON.parse(text)
  const { organisation } = json(readFileSync(join(home.home, 'meridian.json'), 'utf8')) as {
    organisation: { id: string }
  }
  const own = organisation.id

  await t.test('before the receiver has said what it speaks there is nothing to negotiate', async () => {
    const patient = await home.take('p1')
    const refused = await home.run('convert', patient, '--for', own, '-o', file('x.json'))
    assert.equal(refused.code, 1)
    assert.match(refused.log, /has not published what it speaks/)
  })

  writeCapability(file('capability'), own)
  for (const args of [
    ['pack', file('capability')],
    ['publish', `capability.${own}`],
  ])
    assert.equal((await home.run('standards', ...args)).code, 0)

  writeFileSync(
    file('bundle.json'),
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          fullUrl: 'urn:uuid:7c5d2f0e-0b1f-4f4e-9a51-0d5b7d6c9a01',
          resource: { resourceType: 'Patient', gender: 'male', birthDate: '2026-01-01' },
          request: { method: 'POST', url: 'Patient' },
        },
        {
          fullUrl: 'urn:uuid:7c5d2f0e-0b1f-4f4e-9a51-0d5b7d6c9a02',
          resource: {
            resourceType: 'Condition',
            subject: { reference: 'urn:uuid:7c5d2f0e-0b1f-4f4e-9a51-0d5b7d6c9a01' },
            code: { coding: [{ system: snomed, code: '38341003' }] },
            onsetDateTime: '2026-01-04',
          },
          request: { method: 'POST', url: 'Condition' },
        },
      ],
    }),
  )
  const taken = await home.run('intake', file('bundle.json'))
  assert.equal(taken.code, 0, taken.log)
  const listed = json((await home.run('records', '--type', 'Condition')).out) as { items: { id: string }[] }
  const record = listed.items[0]?.id ?? assert.fail('no Condition')

  let recorded = ''
  await t.test('the receiver’s code stands in front, by map and version, and the loss is said', async () => {
    const { code, out } = await home.run('convert', record, '--for', own, '-o', file('a.json'))
    assert.equal(code, 0, out)
    const { terms, losses, attested } = json(out)
    const { content } = json(readFileSync(file('a.json'), 'utf8'))
    assert.deepEqual(
      content.resource.code.coding.map((coding: { code: string }) => coding.code),
      ['P29.2', '38341003'],
    )
    assert.deepEqual(
      losses.map((loss: { code: string; path: string }) => [loss.code, loss.path]),
      [['conversion.wider', 'Condition.code']],
    )
    assert.equal(terms.maps[0].id, 'meridian.concept-map.snomed-to-icd10')
    assert.ok(attested.height > 0)
    recorded = terms.recorded
  })

  await t.test(
    'whoever has the file sees that the sender attested it, and a changed one is refused',
    async () => {
      assert.equal((await home.run('convert', 'verify', file('a.json'))).code, 0)
      const text = readFileSync(file('a.json'), 'utf8')
      writeFileSync(file('b.json'), text.replace('P29.2', 'I10.0'))
      writeFileSync(file('c.json'), text.replace(/"capability":"[0-9a-f]{8}/, '"capability":"00000000'))
      for (const [name, why] of [
        ['b.json', /not the one that the sender/],
        ['c.json', /no attestation/],
      ] as const) {
        const refused = await home.run('convert', 'verify', file(name))
        assert.equal(refused.code, 1)
        assert.match(refused.log, why)
      }
    },
  )

  await t.test('made again with the recorded time it gives the same bytes', async () => {
    const args = ['--for', own, '-o', file('again.json'), '--replay', recorded]
    assert.equal((await home.run('convert', record, ...args)).code, 0)
    assert.equal(readFileSync(file('again.json'), 'utf8'), readFileSync(file('a.json'), 'utf8'))
  })
})
