// Rules written by hand answer as their FHIRPath does, compiled by us.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compileTest } from '../fhirpath/compile.ts'
import { choiceMembers } from './compile-types.ts'
import { handWritten } from './hand-written-rules.ts'
import { readDefinitions } from './structures.ts'

const definitions = readDefinitions()
const choices = choiceMembers(definitions)
const id = fc.constantFrom('a', 'b', 'c')
const coding = fc.record({ system: fc.constantFrom('urn:s', 'urn:t'), code: id })
const code = fc.record({ coding: fc.array(coding, { minLength: 1, maxLength: 3 }) })
const reference = fc.record({ reference: fc.constantFrom('#', '#a', '#b', '#c', 'Patient/a') })
const meta = fc.record(
  { versionId: id, lastUpdated: id, security: fc.array(coding, { minLength: 1 }), source: id },
  { requiredKeys: [] },
)
const contained = fc.record(
  {
    resourceType: fc.constant('Basic'),
    id,
    meta,
    subject: reference,
    contained: fc.array(fc.record({ id }), { minLength: 1 }),
  },
  { requiredKeys: ['resourceType', 'id'] },
)
const resource = fc.record(
  {
    resourceType: fc.constant('Observation'),
    code,
    contained: fc.array(contained, { minLength: 1, maxLength: 3 }),
    subject: reference,
    component: fc.array(fc.record({ code }), { minLength: 1, maxLength: 3 }),
    valueString: id,
    _valueString: fc.constant({ extension: [{ url: 'urn:x', valueCode: 'y' }] }),
  },
  { requiredKeys: ['resourceType', 'code'] },
)

for (const name of ['dom-2', 'dom-3', 'dom-4', 'dom-5', 'obs-7']) {
  test(`${name} by hand and by FHIRPath agree`, () => {
    const definition = definitions.rules[name]
    assert.ok(definition)
    const byFhirPath = compileTest(definition.expression, choices)
    let broken = 0
    fc.assert(
      fc.property(resource, (item) => {
        const environment = { resource: item, root: item }
        const byHand = handWritten[name]?.(item, environment) === false
        if (byHand) broken += 1
        assert.equal(byHand, byFhirPath(item, environment) === false)
      }),
      { numRuns: 400 },
    )
    assert.ok(broken > 0, 'the rule was broken at least once')
  })
}

const guide = fc.record(
  {
    fhirVersion: fc.array(id, { minLength: 1 }),
    definition: fc.record({
      resource: fc.array(fc.record({ fhirVersion: fc.array(id, { minLength: 1 }) }), { minLength: 1 }),
    }),
    grouping: fc.array(fc.record({ id }), { minLength: 1 }),
    resource: fc.array(fc.record({ groupingId: id }, { requiredKeys: [] }), { minLength: 1 }),
  },
  { requiredKeys: [] },
)

for (const name of ['ig-1', 'ig-2']) {
  test(`${name} by hand and by FHIRPath agree`, () => {
    const definition = definitions.rules[name]
    assert.ok(definition)
    const byFhirPath = compileTest(definition.expression, choices)
    fc.assert(
      fc.property(guide, (item) => {
        const environment = { resource: item, root: item }
        assert.equal(
          handWritten[name]?.(item, environment) === false,
          byFhirPath(item, environment) === false,
        )
      }),
    )
  })
}

test('ref-1 by hand and by FHIRPath agree, but for # alone, which is the container itself', () => {
  const definition = definitions.rules['ref-1']
  assert.ok(definition)
  const byFhirPath = compileTest(definition.expression, choices)
  fc.assert(
    fc.property(resource, reference, (root, item) => {
      const environment = { resource: root, root }
      if (item.reference !== '#')
        assert.equal(
          handWritten['ref-1']?.(item, environment) === false,
          byFhirPath(item, environment) === false,
        )
    }),
  )
  assert.equal(handWritten['ref-1']?.({ reference: '#' }, { resource: {}, root: {} }), true)
})

test('dom-3 is content with a canonical or uri that names the contained resource', () => {
  const item = { contained: [{ id: 'v' }], answerValueSet: '#v' }
  assert.equal(handWritten['dom-3']?.(item, { resource: item, root: item }), true)
})
