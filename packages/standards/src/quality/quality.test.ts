/** Each check type catches a defect put in for it and lets the same record pass without it; fuzz of the reader of rule sets. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { JsonObject } from '../fhirpath/navigate.ts'
import { type CheckType, checkTypes } from './check-types.ts'
import { createEvaluation, scoreChecks } from './evaluate.ts'
import type { QualityRecord } from './person.ts'
import type { QualityCheck, QualityRules } from './quality-rules.ts'
import { isQualityRulesProblem, readQualityRules } from './read-quality-rules.ts'
import { loadShippedQualityRules } from './shipped-rules.ts'

const icd = 'http://hl7.org/fhir/sid/icd-10'
const rules = loadShippedQualityRules()

const record = (type: string, id: string, more: JsonObject, day = '2026-03-02'): QualityRecord => ({
  type,
  id,
  day,
  source: 'his',
  resource: { resourceType: type, id, ...more },
})

const patient = (more: JsonObject = {}) =>
  record('Patient', 'p', {
    gender: 'male',
    birthDate: '1980-01-01',
    identifier: [{ system: 's', value: '1' }],
    ...more,
  })
const visit = (more: JsonObject = {}) =>
  record('Encounter', 'e', {
    status: 'finished',
    class: { code: 'IMP' },
    identifier: [{ system: 'v', value: '1' }],
    serviceType: { text: '心内科' },
    period: { start: '2026-03-01', end: '2026-03-05' },
    diagnosis: [{ rank: 1, condition: { reference: 'Condition/c' } }],
    ...more,
  })
const diagnosis = (code: string, more: JsonObject = {}) =>
  record('Condition', 'c', {
    code: { coding: [{ system: icd, code }], text: 'a' },
    recordedDate: '2026-03-02',
    encounter: { reference: 'Encounter/e' },
    ...more,
  })
const temperature = (value: number, more: JsonObject = {}) =>
  record('Observation', 'o', {
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }] },
    valueQuantity: { value, code: 'Cel', system: 'http://unitsofmeasure.org' },
    effectiveDateTime: '2026-03-02T08:00:00Z',
    issued: '2026-03-02T09:00:00Z',
    encounter: { reference: 'Encounter/e' },
    ...more,
  })
const order = (authoredOn: string) => record('MedicationRequest', 'm', { authoredOn })
const allergy = record('AllergyIntolerance', 'a', { code: { text: '青霉素' } })

/** What `check` of the shipped rules counts as failed over these persons. */
function failed(check: string, ...persons: readonly (readonly QualityRecord[])[]): number | undefined {
  const evaluation = createEvaluation(rules)
  for (const [i, records] of persons.entries()) evaluation.addPerson(`p${i}`, records)
  const score = scoreChecks(rules, evaluation.finish().cells).find((s) => s.check.id === check)
  return score?.counted === 0 ? undefined : score?.failed
}

const good = [patient(), visit(), diagnosis('K74.6'), temperature(36.6), allergy]

/** Type → check, persons with the defect, persons without. */
const defects: Readonly<Record<CheckType, readonly [string, QualityRecord[][], QualityRecord[][]]>> = {
  cdmTable: ['table.condition', [[patient(), visit()]], [good]],
  cdmField: ['field.encounter-period', [[visit({ period: undefined })]], [good]],
  measurePersonCompleteness: ['person.allergy-history', [[patient(), visit()]], [good]],
  measureConditionEraCompleteness: [
    'person.condition-era',
    [[patient(), diagnosis('K74.6', { recordedDate: undefined })]],
    [good],
  ],
  isRequired: ['patient.sex', [[patient({ gender: undefined })]], [good]],
  cdmDatatype: ['patient.birth-date-type', [[patient({ birthDate: '01.02.1980' })]], [good]],
  isPrimaryKey: [
    'patient.identifier-unique',
    [[patient()], [patient()]],
    [[patient()], [patient({ identifier: [{ system: 's', value: '2' }] })]],
  ],
  isForeignKey: ['observation.encounter-known', [[patient(), temperature(36.6)]], [good]],
  fkDomain: [
    'condition.domain',
    [[diagnosis('x', { code: { coding: [{ system: 'urn:local', code: 'DM2' }] } })]],
    [good],
  ],
  fkClass: [
    'condition.main-class',
    [[diagnosis('x', { code: { coding: [{ system: 'urn:oid:2.16.156.10011.2.3.3.11', code: 'W18' }] } })]],
    [[diagnosis('x', { code: { coding: [{ system: 'urn:oid:2.16.156.10011.2.3.3.11', code: 'S72.0' }] } })]],
  ],
  isStandardValidConcept: ['condition.icd-valid', [[diagnosis('DM2')]], [good]],
  measureValueCompleteness: [
    'encounter.main-diagnosis',
    [[patient(), visit({ diagnosis: undefined })]],
    [good],
  ],
  standardConceptRecordCompleteness: [
    'condition.standard-concept',
    [[diagnosis('x', { code: { text: '糖尿病' } })]],
    [good],
  ],
  sourceConceptRecordCompleteness: [
    'condition.source-concept',
    [[diagnosis('x', { code: { text: '糖尿病' } })]],
    [good],
  ],
  sourceValueCompleteness: [
    'condition.source-text-mapped',
    [[diagnosis('x', { code: { text: '糖尿病' } })]],
    [good],
  ],
  plausibleValueLow: ['observation.8310-5.low', [[temperature(3.66)]], [good]],
  plausibleValueHigh: ['observation.8310-5.high', [[temperature(98.6)]], [good]],
  plausibleTemporalAfter: [
    'observation.issued-after',
    [[temperature(37, { issued: '2026-03-01T00:00:00Z' })]],
    [good],
  ],
  plausibleDuringLife: [
    'medicationrequest.during-life',
    [[patient({ deceasedDateTime: '2020-01-01' }), order('2026-03-01')]],
    [[patient({ deceasedDateTime: '2026-02-01' }), order('2026-03-01')]],
  ],
  withinVisitDates: [
    'observation.within-visit',
    [[patient(), visit(), temperature(37, { effectiveDateTime: '2026-04-20' })]],
    [good],
  ],
  plausibleAfterBirth: ['encounter.after-birth', [[patient({ birthDate: '2027-01-01' }), visit()]], [good]],
  plausibleBeforeDeath: [
    'encounter.before-death',
    [[patient({ deceasedDateTime: '2020-01-01' }), visit()]],
    [[patient({ deceasedDateTime: '2026-03-05' }), visit()]],
  ],
  plausibleStartBeforeEnd: [
    'encounter.start-before-end',
    [[visit({ period: { start: '2026-03-05', end: '2026-03-01' } })]],
    [good],
  ],
  plausibleGender: [
    'condition.male-only',
    [[patient({ gender: 'female' }), diagnosis('C61')]],
    [[patient(), diagnosis('C61')]],
  ],
  plausibleGenderUseDescendants: [
    'condition.female-only',
    [[patient(), diagnosis('O80.0')]],
    [[patient({ gender: 'female' }), diagnosis('O80.0')]],
  ],
  plausibleUnitConceptIds: [
    'observation.8310-5.unit',
    [[temperature(37, { valueQuantity: { value: 37, code: 'mg' } })]],
    [good],
  ],
}

for (const [type, [check, bad, fine]] of Object.entries(defects)) {
  test(`the check type ${type} catches a seeded defect and nothing else`, () => {
    assert.equal(rules.checks.find(({ id }) => id === check)?.type, type)
    assert.equal(failed(check, ...bad), 1)
    assert.equal(failed(check, ...fine), 0)
  })
}

test('24 check types are in force and every one has a check that ships', () => {
  const names = Object.keys(checkTypes) as CheckType[]
  assert.equal(names.filter((name) => !('retired' in checkTypes[name])).length, 24)
  const used = new Set<string>(rules.checks.map(({ type }) => type))
  assert.deepEqual(
    names.filter((name) => !used.has(name)),
    [],
  )
})

test('a bound holds in another unit: 98.6 °F is a plausible temperature', () => {
  const fahrenheit = temperature(98.6, { valueQuantity: { value: 98.6, code: '[degF]' } })
  assert.equal(failed('observation.8310-5.high', [fahrenheit]), 0)
})

test('cells tell department, source and month; a threshold of the organisation replaces that of the rule set', () => {
  const evaluation = createEvaluation(rules)
  evaluation.addPerson('p', [patient(), visit({ diagnosis: undefined })])
  const { cells, persons, records } = evaluation.finish()
  assert.deepEqual([persons, records], [1, 2])
  assert.deepEqual(
    cells.filter(({ check }) => check === 'encounter.main-diagnosis'),
    [
      {
        check: 'encounter.main-diagnosis',
        department: '心内科',
        source: 'his',
        period: '2026-03',
        failed: 1,
        counted: 1,
      },
    ],
  )
  const stateWith = (percent: number) =>
    scoreChecks(rules, cells, new Map([['encounter.main-diagnosis', percent]])).find(
      (s) => s.check.id === 'encounter.main-diagnosis',
    )?.state
  assert.deepEqual([stateWith(2), stateWith(100)], ['failed', 'passed'])
})

test('a scope leaves out other days, departments and sources', () => {
  for (const scope of [
    { from: '2026-03-03' },
    { to: '2026-03-01' },
    { department: '外科' },
    { source: 'lis' },
  ]) {
    const evaluation = createEvaluation(rules, { scope })
    evaluation.addPerson('p', [visit({ diagnosis: undefined })])
    assert.equal(evaluation.finish().records, 0)
  }
})

test('what is remembered has a bound: beyond it keys are no longer counted', () => {
  const evaluation = createEvaluation(rules, { mostRemembered: 1 })
  for (const value of ['1', '2', '3'])
    evaluation.addPerson(value, [patient({ identifier: [{ system: 's', value }] })])
  const cells = evaluation.finish().cells.filter(({ check }) => check === 'patient.identifier-unique')
  assert.deepEqual(
    cells.map(({ counted }) => counted),
    [1],
  )
})

test('a rule set is refused with the place of its fault, and any JSON is answered', () => {
  const [check] = rules.checks as readonly QualityCheck[]
  const withCheck = (more: object): string =>
    JSON.stringify({ ...rules, checks: [{ ...check, ...more }] } satisfies QualityRules | object)
  const problemOf = (text: string): string | undefined => {
    const read = readQualityRules(text)
    return isQualityRulesProblem(read) ? read.problem : undefined
  }
  assert.equal(problemOf(withCheck({})), undefined)
  assert.equal(problemOf(withCheck({ type: 'constructor' })), '/checks/0/type')
  assert.equal(problemOf(withCheck({ threshold: 101 })), '/checks/0/threshold')
  assert.equal(problemOf(withCheck({ paths: ['a..b'] })), '/checks/0/paths')
  assert.equal(problemOf(withCheck({ form: '^(a+)+$' })), '/checks/0/form')
  assert.equal(problemOf(withCheck({ formula: 1 })), '/checks/0/formula')
  fc.assert(
    fc.property(fc.json(), (text) => isQualityRulesProblem(readQualityRules(text))),
    { numRuns: 200 },
  )
})

test('no JSON makes a check throw', () => {
  const types = [...new Set(rules.checks.map(({ resource }) => resource))]
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.object({ maxDepth: 4 }), (type, resource) => {
      const names = ['code', 'identifier', 'period', 'location', 'serviceType', 'encounter', 'diagnosis']
      const values = Object.values(resource)
      const named = Object.fromEntries(names.map((name, i) => [name, values[i % values.length]]))
      createEvaluation(rules).addPerson('p', [record(type, 'x', { ...named, ...resource })])
    }),
    { numRuns: 300 },
  )
})
