// The committed definitions are what the generator makes of HL7's, and stay small.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { generatedFiles } from './generated-files.ts'

const folder = new URL('../../../generated/', import.meta.url)
const files = generatedFiles()

test('the generated definitions are up to date', () => {
  for (const [name, text] of Object.entries(files))
    assert.ok(
      readFileSync(new URL(name, folder), 'utf8') === text,
      `${name}: npm run generate -w @meridian/standards`,
    )
})

test('the generated definitions together are under half a megabyte', () => {
  const size = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  assert.ok(size < 500_000, `${size} bytes`)
})

test("Medplum's and R5's additions to R4 are left out, and what they replaced is there", () => {
  const types = JSON.parse(files['r4-structures.json'] ?? '') as Record<
    string,
    { fields: Record<string, unknown> }
  >
  for (const name of ['project', 'author', 'account']) assert.equal(types.Meta?.fields[name], undefined)
  assert.equal(types.ResearchStudy?.fields.label, undefined)
  assert.equal(types.Binary?.fields.url, undefined)
  const characteristic = types.EvidenceVariable?.fields.characteristic as { fields: Record<string, unknown> }
  assert.ok(characteristic.fields.participantEffective)
  assert.equal(characteristic.fields.definitionByCombination, undefined)
})

test('code sets that cannot be listed are the ones we know', () => {
  const codes = JSON.parse(files['r4-codes.json'] ?? '') as Record<string, { form?: string }>
  const byForm = Object.entries(codes).filter(([, set]) => set.form !== undefined)
  assert.deepEqual(
    byForm.map(([url, { form }]) => `${form} ${url}`),
    [
      'any http://loinc.org/vs/LL379-9',
      'bcp47 http://hl7.org/fhir/ValueSet/all-languages',
      'iso4217 http://hl7.org/fhir/ValueSet/currencies',
      'mime http://hl7.org/fhir/ValueSet/mimetypes',
      'mime http://www.rfc-editor.org/bcp/bcp13.txt',
      'ucum http://hl7.org/fhir/ValueSet/ucum-units',
    ].sort((a, b) => (a.split(' ')[1] ?? '').localeCompare(b.split(' ')[1] ?? '')),
  )
})
