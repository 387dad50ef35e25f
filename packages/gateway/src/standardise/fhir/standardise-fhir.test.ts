/** FHIR items become records that differ only in id, meta and references. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainCopy } from '@meridian/protocol'
import { fhirItem, fingerprint, receivedOf, sourceOf, tools } from '../../../fixtures/received.ts'
import type { Received } from '../../connect/received.ts'
import { isRoomRefusal } from '../../room-refusal.ts'
import type { StandardRecord } from '../standardised.ts'
import { conditionsIn, matchesKey } from './conditions.ts'
import { standardiseFhir } from './standardise-fhir.ts'

const id = (type: string, original: string, source = 'his') =>
  fingerprint(type, JSON.stringify([source, 'id', original]))

function records(resource: unknown, context: Record<string, string> = {}, more: Partial<Received> = {}) {
  const standardised = standardiseFhir(receivedOf(fhirItem(resource, context), more), tools)
  if (isRoomRefusal(standardised)) assert.fail(`${standardised.code} at ${standardised.place}`)
  return standardised.records
}

function refusal(resource: unknown, context: Record<string, string> = {}) {
  const standardised = standardiseFhir(receivedOf(fhirItem(resource, context)), tools)
  assert.ok(isRoomRefusal(standardised))
  return [standardised.code, standardised.place]
}

const one = (all: readonly StandardRecord[]) => {
  assert.equal(all.length, 1)
  return all[0] as StandardRecord
}
const bundle = (type: string, ...entry: unknown[]) => ({ resourceType: 'Bundle', type, entry })
const rest = (method: string, type: string, more: Record<string, string> = {}) => ({
  via: 'rest',
  method,
  type,
  ...more,
})

test('a resource from a file is put under an id of ours, namespaced by its source', () => {
  const record = one(records({ resourceType: 'Patient', id: '110105194912310021' }))
  assert.equal(record.id, id('Patient', '110105194912310021'))
  assert.notEqual(record.id, id('Patient', '110105194912310021', 'lis'))
  assert.equal(record.operation, 'upsert')
  assert.equal(record.patientId, record.id)
  const other = records({ resourceType: 'Patient', id: 'p' }, {}, { source: sourceOf({ name: 'lis' }) })
  assert.equal(one(other).id, id('Patient', 'p', 'lis'))
})

test('the sender’s own id is kept in the Provenance', () => {
  const record = one(records({ resourceType: 'Patient', id: 'p1' }))
  const { entity } = plainCopy(record.provenance) as {
    entity: { what: { type?: string; identifier: object } }[]
  }
  assert.deepEqual(entity.at(-1)?.what, {
    type: 'Patient',
    identifier: { system: 'urn:meridian:source:his', value: 'p1' },
  })
})

test('decimals, narrative and unknown members stay as they came', () => {
  const source =
    '{"valueQuantity":{"value":1.00},"resourceType":"Observation","x":[1E2,-0.0],"text":{"div":"<div>\\u00e9</div>"}}'
  const record = one(records(source))
  assert.equal(
    record.text,
    `{"id":"${record.id}","resourceType":"Observation","text":{"div":"<div>é</div>"},"valueQuantity":{"value":1.00},"x":[1E2,-0.0]}`,
  )
})

test('the sender’s version and clock leave meta, and its clock becomes the message time', () => {
  const meta = { versionId: '7', lastUpdated: '2026-01-01T00:00:00Z' }
  const bare = one(records({ resourceType: 'Patient', id: 'p', meta }))
  assert.equal(bare.text.includes('meta'), false)
  assert.equal(bare.times.message, meta.lastUpdated)
  const tagged = one(records({ resourceType: 'Patient', id: 'p', meta: { ...meta, profile: ['a'] } }))
  assert.deepEqual((plainCopy(tagged.text) as { meta: unknown }).meta, { profile: ['a'] })
})

test('references to the sender’s own records follow their ids, others stay', () => {
  const references = [
    ['Patient/p', `Patient/${id('Patient', 'p')}`],
    ['Patient/p/_history/3', `Patient/${id('Patient', 'p')}`],
    ['#contained', '#contained'],
    ['http://elsewhere.example/fhir/Patient/p', 'http://elsewhere.example/fhir/Patient/p'],
    ['urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'],
    [
      'Practitioner?identifier=s|1',
      `Practitioner/${fingerprint('Practitioner', JSON.stringify(['his', 'condition', 'identifier=s|1']))}`,
    ],
  ]
  for (const [from, to] of references) {
    const record = one(records({ resourceType: 'Observation', id: 'o', subject: { reference: from } }))
    assert.equal((plainCopy(record.text) as { subject: { reference: string } }).subject.reference, to)
  }
})

test('a transaction from a file resolves its placeholders wherever they stand', () => {
  const patient = {
    fullUrl: 'urn:uuid:1',
    resource: { resourceType: 'Patient', id: 'p' },
    request: { method: 'POST', url: 'Patient' },
  }
  const subject = { reference: 'urn:uuid:1' }
  const extension = [{ url: 'http://x', valueUri: 'urn:uuid:1' }]
  const observation = {
    fullUrl: 'urn:uuid:2',
    resource: { resourceType: 'Observation', subject, extension, identifier: [{ value: 'urn:uuid:1' }] },
    request: { method: 'POST', url: 'Observation' },
  }
  const [first, second] = records(bundle('transaction', patient, observation))
  const text = plainCopy(second?.text as never) as {
    subject: object
    extension: object[]
    identifier: object[]
  }
  assert.deepEqual(text.subject, { reference: `Patient/${first?.id}` })
  assert.deepEqual(text.extension, [{ url: 'http://x', valueUri: `Patient/${first?.id}` }])
  assert.deepEqual(text.identifier, [{ value: 'urn:uuid:1' }], 'an identifier is no link')
  assert.equal(second?.patientId, first?.id)
})

test('a placeholder that leads nowhere refuses the transaction, naming the entry', () => {
  const resource = { resourceType: 'Observation', subject: { reference: 'urn:uuid:9' } }
  const entry = { resource, request: { method: 'POST', url: 'Observation' } }
  assert.deepEqual(refusal(bundle('transaction', entry)), ['fhir.reference.placeholder', 'Bundle.entry[0]'])
})

test('the same file converted again gives the same bytes', () => {
  const entry = { resource: { resourceType: 'Basic' }, request: { method: 'POST', url: 'Basic' } }
  assert.deepEqual(records(bundle('transaction', entry, entry)), records(bundle('transaction', entry, entry)))
})

test('a collection is unpacked, a document is kept whole', () => {
  const patient = { fullUrl: 'http://a/fhir/Patient/1', resource: { resourceType: 'Patient', id: '1' } }
  const foreign = { fullUrl: 'http://b/fhir/Patient/1', resource: { resourceType: 'Patient', id: '1' } }
  const subject = { reference: 'Patient/1' }
  const observation = {
    fullUrl: 'http://b/fhir/Observation/2',
    resource: { resourceType: 'Observation', id: '2', subject },
  }
  const unpacked = records(bundle('collection', patient, foreign, observation))
  assert.deepEqual(
    unpacked.map((record) => record.type),
    ['Patient', 'Patient', 'Observation'],
  )
  assert.notEqual(unpacked[0]?.id, unpacked[1]?.id, 'the same id at another server is another patient')
  assert.equal(unpacked[2]?.patientId, unpacked[1]?.id, 'a relative reference belongs to its entry’s server')
  const kept = one(records({ ...bundle('document', observation), id: 'd' }))
  assert.equal(kept.type, 'Bundle')
  assert.ok(kept.text.includes('"reference":"Patient/1"'))
})

test('what a transaction asks that we cannot do is refused by name', () => {
  const basic = { resourceType: 'Basic', id: 'b' }
  const ask = (request: unknown, resource?: unknown) =>
    refusal(bundle('transaction', { request, resource }))[0]
  assert.equal(ask({ method: 'POST', url: 'ValueSet/$lookup' }, basic), 'fhir.entry.operation')
  assert.equal(ask({ method: 'GET', url: 'Patient/1' }), 'fhir.entry.question-in-file')
  assert.equal(ask({ method: 'PATCH', url: 'Basic/b' }, basic), 'fhir.entry.method')
  assert.equal(ask(undefined, basic), 'fhir.entry.no-request')
  assert.equal(ask({ method: 'PUT', url: 'Basic/b' }), 'fhir.entry.no-resource')
  assert.equal(ask({ method: 'PUT', url: 'Basic/c' }, basic), 'fhir.entry.url-mismatch')
  assert.equal(ask({ method: 'PUT', url: 'nothing' }, basic), 'fhir.entry.url')
  assert.equal(ask({ method: 'POST', url: 'Patient' }, basic), 'fhir.entry.url-mismatch')
  assert.equal(refusal(bundle('transaction'))[0], 'fhir.bundle.empty')
  const put = { request: { method: 'PUT', url: 'Basic/b' }, resource: basic }
  assert.deepEqual(refusal(bundle('transaction', put, put)), ['fhir.entry.same-record', 'Bundle.entry[1]'])
})

test('a delete ends the record that the sender means', () => {
  const record = one(records(bundle('transaction', { request: { method: 'DELETE', url: 'Patient/p' } })))
  assert.equal(record.operation, 'delete')
  assert.equal(record.text, `{"id":"${id('Patient', 'p')}","resourceType":"Patient"}`)
})

test('JSON that is none is refused with line and column', () => {
  assert.deepEqual(refusal('{"resourceType":"Patient",\n "a": }'), ['text.syntax', 'line 2, column 7'])
  assert.deepEqual(refusal('{"a":1,"a":2}')[0], 'text.duplicate-key')
  assert.deepEqual(refusal('{"resourceType":7}'), ['fhir.resource.no-type', 'resourceType'])
})

test('over REST an update keeps the client’s id and references, and If-Match goes to the store', () => {
  const resource = { resourceType: 'Observation', id: 'o', subject: { reference: 'Patient/p' } }
  const record = one(records(resource, rest('PUT', 'Observation', { id: 'o', ifMatch: 'W/"3"' })))
  assert.equal(record.id, 'o')
  assert.equal(record.expectVersion, 3)
  assert.ok(record.text.includes('"reference":"Patient/p"'))
  assert.equal(record.times.message, undefined, 'what came last is newest')
  assert.equal(refusal(resource, rest('PUT', 'Observation', { id: 'x' }))[0], 'fhir.id-mismatch')
  assert.equal(refusal(resource, rest('PUT', 'Patient', { id: 'o' }))[0], 'fhir.type-mismatch')
  assert.equal(
    refusal(resource, rest('PUT', 'Observation', { id: 'o', ifMatch: 'x' }))[0],
    'fhir.if-match.unreadable',
  )
})

test('over REST a create gets a new id, the same again when the delivery is replayed', () => {
  const create = (deliveryId: string) =>
    one(records({ resourceType: 'Basic', id: 'mine' }, rest('POST', 'Basic'), { deliveryId }))
  assert.equal(create('d1').operation, 'create')
  assert.equal(create('d1').id, create('d1').id)
  assert.notEqual(create('d1').id, create('d2').id)
  assert.notEqual(create('d1').id, 'mine')
})

test('conditions are decided by what matched when the item came', () => {
  const conditional = bundle(
    'transaction',
    {
      fullUrl: 'urn:uuid:1',
      request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=s|1' },
      resource: { resourceType: 'Patient' },
    },
    {
      request: { method: 'POST', url: 'Basic' },
      resource: {
        resourceType: 'Basic',
        subject: { reference: 'urn:uuid:1' },
        author: { reference: 'Practitioner?identifier=s|2' },
      },
    },
  )
  const found = conditionsIn(JSON.stringify(conditional) as never)
  assert.deepEqual(found, ['Practitioner?identifier=s|2', 'Patient?identifier=s|1'])
  const matched = (matches: Record<string, string[]>) => ({
    via: 'rest',
    [matchesKey]: JSON.stringify(matches),
  })
  const known = { 'Patient?identifier=s|1': ['known'], 'Practitioner?identifier=s|2': ['doctor'] }
  const record = one(records(conditional, matched(known)))
  const { subject, author } = plainCopy(record.text) as Record<string, { reference: string }>
  assert.deepEqual([subject?.reference, author?.reference], ['Patient/known', 'Practitioner/doctor'])
  assert.equal(records(conditional, matched({ ...known, 'Patient?identifier=s|1': [] })).length, 2)
  assert.equal(
    refusal(conditional, matched({ ...known, 'Patient?identifier=s|1': ['a', 'b'] }))[0],
    'fhir.condition.many',
  )
  assert.equal(
    refusal(conditional, matched({ ...known, 'Practitioner?identifier=s|2': [] }))[0],
    'fhir.reference.condition',
  )
})
