// What only a Bundle can break: fullUrls, duplicates, references between entries.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createValidator } from '../validator.ts'

const validator = createValidator()
const p1 = 'urn:uuid:0b7e0f5e-5d0c-4c39-9f0e-2f5b7f0c1a01'
const p2 = 'urn:uuid:0b7e0f5e-5d0c-4c39-9f0e-2f5b7f0c1a02'
const patient = { resourceType: 'Patient', name: [{ family: '李' }] }
const observation = (subject: string) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: '体温' },
  subject: { reference: subject },
})
const post = (fullUrl: string, resource: { resourceType: string }) => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: resource.resourceType },
})
const transaction = (...entry: unknown[]) => ({ resourceType: 'Bundle', type: 'transaction', entry })
const check = (bundle: unknown) =>
  validator.checkBundle(bundle, 'r4').map(({ code, path, severity }) => `${code} ${path} ${severity}`)

test('a transaction whose references lead to its own entries is good', () => {
  assert.deepEqual(check(transaction(post(p1, patient), post(p2, observation(p1)))), [])
})

test('a reference to an entry that is not there refuses a transaction', () => {
  assert.deepEqual(check(transaction(post(p2, observation(p1)))), [
    'bundle.unresolved Bundle.entry[0].resource.subject error',
  ])
})

test('a collection may refer to what it does not hold', () => {
  const collection = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: observation(p1) }] }
  assert.deepEqual(check(collection), [])
})

test('a reference to an entry of the wrong type is refused by the type of the entry', () => {
  const practitioner = { resourceType: 'Practitioner', active: true }
  assert.deepEqual(check(transaction(post(p1, practitioner), post(p2, observation(p1)))), [
    'r4.reference-type Bundle.entry[1].resource.subject error',
  ])
})

test('two entries with one fullUrl are refused at the second', () => {
  assert.deepEqual(check(transaction(post(p1, patient), post(p1, patient))), [
    'bundle.duplicate-full-url Bundle.entry[1].fullUrl error',
  ])
})

test('a history may repeat a fullUrl', () => {
  const entry = post('http://a.example/Patient/1', { ...patient, id: '1' } as typeof patient)
  const history = [entry, entry].map((e) => ({ ...e, response: { status: '200' } }))
  assert.deepEqual(check({ resourceType: 'Bundle', type: 'history', entry: history }), [])
})

test('two entries that write one resource are refused', () => {
  const put = (n: number) => ({
    fullUrl: `urn:uuid:0b7e0f5e-5d0c-4c39-9f0e-2f5b7f0c1a1${n}`,
    resource: { ...patient, id: 'a' },
    request: { method: 'PUT', url: 'Patient/a' },
  })
  assert.deepEqual(check(transaction(put(1), put(2))), ['bundle.duplicate-resource Bundle.entry[1] error'])
})

test('a fullUrl that contradicts the resource is a warning', () => {
  const entry = post('http://a.example/Patient/1', { ...patient, id: '2' } as typeof patient)
  assert.deepEqual(check(transaction(entry)), ['bundle.full-url-id Bundle.entry[0].fullUrl warning'])
})

test('a transaction entry needs its request, a document its Composition', () => {
  assert.deepEqual(check(transaction({ fullUrl: p1, resource: patient })), ['r4.invariant Bundle error'])
  const document = { resourceType: 'Bundle', type: 'document', timestamp: '2024-05-31T08:30:00+08:00' }
  const findings = validator.checkBundle({ ...document, entry: [{ fullUrl: p1, resource: patient }] }, 'r4')
  const rules = findings.map((f) => /rule (\S+):/.exec(f.message.en)?.[1])
  assert.deepEqual(rules, ['bdl-9', 'bdl-11'])
})

test('what is wrong inside an entry is told with its place', () => {
  assert.deepEqual(check(transaction(post(p1, { ...patient, gender: '3' } as typeof patient))), [
    'r4.code-not-allowed Bundle.entry[0].resource.gender error',
  ])
})

test('a local reference of an entry cannot lead into another entry', () => {
  const holder = { ...observation('#p'), contained: [{ resourceType: 'Patient', id: 'p' }] }
  assert.deepEqual(check(transaction(post(p1, holder), post(p2, observation('#p')))), [
    'r4.invariant Bundle.entry[1].resource.subject error',
  ])
})

test('what is no Bundle is refused as one', () => {
  for (const value of [patient, null, 'Bundle', []])
    assert.deepEqual(
      check(value).map((line) => line.split(' ')[0]),
      ['bundle.not-a-bundle'],
    )
})
