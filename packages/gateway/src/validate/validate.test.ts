// The room judges the records of an item together: what one says against another refuses the item, and its place is named.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalTextOf } from '@meridian/protocol'
import { createValidator } from '@meridian/standards'
import { sourceOf } from '../../fixtures/received.ts'
import type { SourceProfile } from '../connect/source.ts'
import { isRoomRefusal } from '../room-refusal.ts'
import type { Standardised } from '../standardise/standardised.ts'
import { validate } from './validate.ts'

const validator = createValidator()
const subject = { reference: 'Patient/p1' }
const patient = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [
    {
      type: { coding: [{ system: 'urn:oid:2.16.156.10011.2.3.1.1', code: '01' }] },
      value: '11010519491231002X',
    },
  ],
  name: [{ text: '李梅' }],
  gender: 'female',
  birthDate: '1949-12-31',
}
const prostate = {
  resourceType: 'Condition',
  id: 'c1',
  subject,
  code: { text: '前列腺癌', coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'C61' }] },
}

function judge(profile: SourceProfile, resources: readonly { resourceType: string; id: string }[]) {
  const records = resources.map((resource) => ({
    type: resource.resourceType,
    id: resource.id,
    text: canonicalTextOf(resource),
    operation: 'upsert',
  }))
  const received = { source: { ...sourceOf(), profile }, receivedTime: '2024-06-01T00:00:00Z' }
  return validate({ received, records, findings: [] } as unknown as Standardised, validator)
}

test('a diagnosis that the sex of another record contradicts refuses the item under a scene profile', () => {
  const end = judge('cn-outpatient', [patient, prostate])
  assert.ok(isRoomRefusal(end))
  assert.equal(end.code, 'rule.sex')
  assert.equal(end.place, 'Condition.code.coding[0].code')
  assert.equal(end.findings[0]?.element?.id, 'DE05.01.024.00')
})

test('the profiles of before judge each record by itself', () => {
  for (const profile of ['r4', 'cn-national'] as const)
    assert.ok(!isRoomRefusal(judge(profile, [patient, prostate])))
})

test('the findings of each record stay with it, and a deleted one has none', () => {
  const end = judge('cn-outpatient', [
    { ...patient, gender: undefined } as never,
    { ...prostate, code: { text: '感冒' } } as never,
  ])
  assert.ok(isRoomRefusal(end))
  assert.ok(end.findings.every(({ path }) => path.startsWith('Patient')))
})
