// Whatever JSON comes, the answer is findings: no throw, bounded time, and nothing of the record in them.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { findingCodes } from './findings-catalogue.ts'
import { createValidator, type ProfileName } from './validator.ts'

const validator = createValidator()
const profiles: readonly ProfileName[] = ['r4', 'cn-national', 'cn-national-strict']
const names = fc.constantFrom(
  'resourceType',
  'id',
  'meta',
  'text',
  'contained',
  'extension',
  'url',
  'entry',
  'resource',
  'fullUrl',
  'request',
  'identifier',
  'value',
  'valueQuantity',
  'valueString',
  'code',
  'coding',
  'system',
  'status',
  'subject',
  'reference',
  'component',
  'name',
  'gender',
  '_gender',
  'birthDate',
  '_birthDate',
  'section',
  'diagnosis',
  'type',
  '__proto__',
  'item',
)
const leaf = fc.oneof(
  fc.constantFrom(
    'Patient',
    'Observation',
    'Bundle',
    'Composition',
    'Encounter',
    'final',
    '#',
    '#a',
    '2024-02-30',
    'a',
    '',
  ),
  fc.constantFrom(null, true, 0, -1, 1.5, 1e300),
  fc.string({ maxLength: 8 }),
)
const json = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 6 }, leaf, tie('list'), tie('object')),
  list: fc.array(tie('any'), { maxLength: 4 }),
  object: fc.dictionary(names, tie('any'), { maxKeys: 6 }),
})).any

test('any JSON is answered with findings of the catalogue', () => {
  const known = new Set<string>(findingCodes)
  fc.assert(
    fc.property(json, fc.constantFrom(...profiles), (value, profile) => {
      const plain: unknown = JSON.parse(JSON.stringify(value))
      for (const finding of [
        ...validator.checkResource(plain, profile),
        ...validator.checkBundle(plain, profile),
      ]) {
        assert.ok(known.has(finding.code), finding.code)
        assert.ok(finding.message.zh !== '' && finding.message.en !== '' && finding.hint.zh !== '')
      }
    }),
    { numRuns: 600 },
  )
})

const examples = new URL('../../../../shared/data/03-fhir/hl7-r4-examples/', import.meta.url)
const skip = existsSync(examples) ? false : '../shared/data/03-fhir/hl7-r4-examples is absent'
const mark = 'ZQXMARK李雷'

/** Puts `mark` into every text below. */
function marked(value: unknown): unknown {
  if (typeof value === 'string') return `${value}${mark}`
  if (Array.isArray(value)) return value.map(marked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === 'resourceType' ? inner : marked(inner)]),
  )
}

/** Gives one member of every object a name that could be somebody's. */
function misnamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(misnamed)
  if (typeof value !== 'object' || value === null) return value
  return { ...Object.fromEntries(Object.entries(value).map(([n, v]) => [n, misnamed(v)])), [`x ${mark}`]: 1 }
}

test('no finding repeats a value or an unknown name of the record', { skip }, () => {
  for (const name of readdirSync(examples).filter((_, i) => i % 3 === 0)) {
    const resource: unknown = JSON.parse(readFileSync(new URL(name, examples), 'utf8'))
    for (const spoilt of [marked(resource), misnamed(resource)])
      for (const profile of profiles) {
        const told = JSON.stringify(validator.checkResource(spoilt, profile))
        assert.ok(!told.includes('ZQX') && !told.includes('李雷'), name)
      }
  }
})

test('mutated examples are answered whatever is cut, doubled or replaced', { skip }, () => {
  const resources = readdirSync(examples)
    .filter((name) => /^(?:Patient|Observation|Encounter|Composition|Bundle|Claim)-/.test(name))
    .map((name): unknown => JSON.parse(readFileSync(new URL(name, examples), 'utf8')))
  fc.assert(
    fc.property(
      fc.constantFrom(...resources),
      fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
      json,
      (resource, way, put) => {
        const copy = structuredClone(resource)
        let at = copy as Record<string, unknown>
        for (const step of way) {
          const keys = Object.keys(at)
          const key = keys[step % Math.max(1, keys.length)] ?? 'x'
          const next = at[key]
          if (typeof next !== 'object' || next === null || step === way.at(-1)) {
            at[key] = JSON.parse(JSON.stringify(put))
            break
          }
          at = next as Record<string, unknown>
        }
        for (const profile of profiles) validator.checkResource(copy, profile, { today: '2026-01-01' })
      },
    ),
    { numRuns: 200 },
  )
})

const nested = (levels: number, member: string): unknown => {
  let value: unknown = { url: 'urn:a', valueString: 'b' }
  for (let i = 0; i < levels; i += 1) value = { url: 'urn:a', [member]: [value] }
  return { resourceType: 'Patient', extension: [value] }
}

test('64 levels are looked through, 10,000 are refused', () => {
  assert.deepEqual(validator.checkResource(nested(25, 'extension'), 'r4'), [])
  const deep = validator.checkResource(nested(10_000, 'extension'), 'r4')
  assert.deepEqual(
    deep.map((f) => f.code),
    ['r4.too-deep'],
  )
})

test('large hostile records take no more than seconds', () => {
  const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))
  const coding = many(5_000, (i) => ({ system: 'urn:s', code: `c${i}` }))
  const hostile: unknown[] = [
    {
      resourceType: 'Observation',
      status: 'final',
      code: { coding },
      valueString: 'a',
      component: many(5_000, (i) => ({ code: { coding: [{ system: 'urn:s', code: `d${i}` }] } })),
    },
    {
      resourceType: 'StructureDefinition',
      kind: 'resource',
      type: 'X',
      snapshot: { element: many(20_000, (i) => ({ id: `${i}`, path: `X.${i}` })) },
    },
    {
      resourceType: 'Questionnaire',
      status: 'draft',
      item: many(20_000, () => ({ linkId: { a: 1 }, type: 'display' })),
    },
    {
      resourceType: 'Bundle',
      type: 'collection',
      entry: many(20_000, (i) => ({ fullUrl: `urn:x:${i}`, resource: { resourceType: 'Patient' } })),
    },
    {
      resourceType: 'Patient',
      contained: many(5_000, (i) => ({ resourceType: 'Basic', id: `${i}` })),
      link: many(5_000, (i) => ({ other: { reference: `#${i}` }, type: 'refer' })),
    },
    {
      resourceType: 'ImplementationGuide',
      definition: {
        grouping: many(10_000, (i) => ({ id: `${i}`, name: 'a' })),
        resource: many(10_000, (i) => ({ reference: { display: 'x' }, groupingId: `${i}` })),
      },
    },
    Object.fromEntries([['resourceType', 'Patient'], ...many(200_000, (i) => [`x${i}`, i])]),
    { resourceType: 'Patient', name: many(200_000, () => 1) },
  ]
  for (const resource of hostile) {
    const started = performance.now()
    validator.checkResource(resource, 'cn-national')
    assert.ok(performance.now() - started < 15_000, JSON.stringify(resource).slice(0, 60))
  }
})
