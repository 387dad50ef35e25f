// A record of a file-based FHIR source is found at the FHIR door by the id that its source uses (docs/adr/0088).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestDoor, type Reply } from '../../../fixtures/fhir-door.ts'
import { fhirItem, sourceOf } from '../../../fixtures/received.ts'

const ids = (reply: Reply) =>
  (reply.body.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id)
const code = (reply: Reply) => reply.body?.issue?.[0]?.details?.coding?.[0]?.code

const patient = { resourceType: 'Patient', id: 'own-1', gender: 'male' }
const observation = {
  resourceType: 'Observation',
  id: 'own-2',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }] },
  subject: { reference: 'Patient/own-1' },
}

test('a record of a file-based source is found by the id that source calls it, and by no other', async (t) => {
  const door = await openTestDoor()
  t.after(() => door.close())
  const source = sourceOf({ name: 'lis' })
  const sent = (resource: object, controlId: string) => ({
    source,
    item: { ...fhirItem(resource), controlId },
  })
  await door.corridor.takeIn([sent(patient, 'Patient/own-1'), sent(observation, 'Observation/own-2')])
  const found = await door.send('GET', '/Patient?-source-id=lis|own-1')
  assert.equal(found.body.entry.length, 1)
  assert.notEqual(ids(found)[0], 'own-1')
  assert.deepEqual(ids(await door.send('GET', '/Patient?-source-id=lis|Patient/own-1')), ids(found))
  const [subject] = ids(found)
  assert.equal(
    (await door.send('GET', `/Observation?-source-id=lis|own-2&patient=${subject}`)).body.entry.length,
    1,
  )
  assert.deepEqual(ids(await door.send('GET', '/Patient?-source-id=other|own-1')), [])
  assert.deepEqual(ids(await door.send('GET', '/Patient?-source-id=lis|http://lis/fhir/Patient/own-1')), [])
  for (const wrong of ['own-1', 'lis|', 'lis|Observation/own-2', ''])
    assert.equal(code(await door.send('GET', `/Patient?-source-id=${wrong}`)), 'rest.search.value', wrong)
})
