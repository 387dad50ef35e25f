// The FHIR REST door over a real vault and the real corridor (issue: connect, FHIR R4 by REST).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestDoor, type Reply, type TestDoor } from '../../../fixtures/fhir-door.ts'

let door: TestDoor
before(async () => {
  door = await openTestDoor()
})
after(() => door.close())

const patient = (id: string, more = {}) => ({
  resourceType: 'Patient',
  id,
  name: [{ text: '张三' }],
  identifier: [{ system: 'urn:mrn', value: `MR-${id}` }],
  ...more,
})

const observation = (id: string, patientId: string, more = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }] },
  subject: { reference: `Patient/${patientId}` },
  effectiveDateTime: '2026-03-01T08:05:00+08:00',
  valueQuantity: { value: 36.5, unit: 'Cel', system: 'http://unitsofmeasure.org', code: 'Cel' },
  ...more,
})

const put = (resource: { resourceType: string; id: string }, headers?: Record<string, string>) =>
  door.send('PUT', `/${resource.resourceType}/${resource.id}`, resource, headers)

const code = (reply: Reply) => reply.body?.issue?.[0]?.details?.coding?.[0]?.code
const ids = (reply: Reply) =>
  (reply.body.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id)

test('a created record answers 201 with its address, version and a link to its receipt', async () => {
  const { id: _, ...resource } = patient('x')
  const reply = await door.send('POST', '/Patient', resource)
  assert.equal(reply.status, 201)
  const { id } = reply.body
  assert.equal(reply.headers.location, `${door.base}/Patient/${id}/_history/1`)
  assert.equal(reply.headers.etag, 'W/"1"')
  assert.equal(reply.headers.link, `</api/records/Patient/${id}/1/receipt>; rel="receipt"`)
  assert.equal(reply.body.meta.versionId, '1')
  assert.deepEqual((await door.send('GET', `/Patient/${id}`)).body, reply.body)
})

test('what is read is what was written, decimals to the last digit', async () => {
  const text =
    '{"resourceType":"Observation","id":"decimals","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.00}}'
  assert.equal((await door.send('PUT', '/Observation/decimals', text)).status, 201)
  const { text: read } = await door.send('GET', '/Observation/decimals')
  assert.ok(read.includes('"value":1.00'))
})

test('an update makes the next version; unchanged content makes none', async () => {
  await put(patient('v'))
  const second = await put(patient('v', { gender: 'male' }))
  assert.deepEqual([second.status, second.headers.etag], [200, 'W/"2"'])
  const same = await put(patient('v', { gender: 'male' }))
  assert.deepEqual([same.status, same.headers.etag], [200, 'W/"2"'])
  const back = await put(patient('v'))
  assert.equal(back.headers.etag, 'W/"3"', 'going back to earlier content is a version of its own')
  assert.equal((await door.send('GET', '/Patient/v/_history/2')).body.gender, 'male')
  const history = await door.send('GET', '/Patient/v/_history')
  assert.deepEqual(
    history.body.entry.map((entry: { response: { etag: string } }) => entry.response.etag),
    ['W/"3"', 'W/"2"', 'W/"1"'],
  )
  assert.equal((await door.send('GET', '/Patient/v/_history/9')).status, 404)
  assert.equal((await door.send('GET', '/Patient/v/_history/x')).status, 404)
})

test('updates of one record that come at once are all versions of it', async () => {
  const replies = await Promise.all(
    ['male', 'female', 'other', 'unknown'].map((gender) => put(patient('at-once', { gender }))),
  )
  assert.deepEqual(replies.map(({ headers }) => headers.etag).sort(), ['W/"1"', 'W/"2"', 'W/"3"', 'W/"4"'])
  const history = await door.send('GET', '/Patient/at-once/_history')
  assert.equal(history.body.entry.length, 4)
})

test('a history is read page by page', async () => {
  const first = await door.send('GET', '/Patient/v/_history?_count=2')
  const { url } = first.body.link.find((link: { relation: string }) => link.relation === 'next')
  const second = await door.send('GET', url.slice(door.base.length))
  assert.equal(second.body.entry.length, 1)
  assert.equal(second.body.link.length, 1)
})

test('If-Match refuses an update of a version that is no longer the newest', async () => {
  await put(patient('m'))
  assert.equal((await put(patient('m', { gender: 'male' }), { 'if-match': 'W/"1"' })).status, 200)
  const late = await put(patient('m', { gender: 'female' }), { 'if-match': 'W/"1"' })
  assert.equal(late.status, 412)
  assert.equal(code(late), 'store.version-conflict')
})

test('If-None-Match spares what the client already has', async () => {
  await put(patient('n'))
  assert.equal((await door.send('GET', '/Patient/n', undefined, { 'if-none-match': 'W/"1"' })).status, 304)
  assert.equal((await door.send('GET', '/Patient/n', undefined, { 'if-none-match': 'W/"0"' })).status, 200)
})

test('If-None-Exist creates nothing when one record matches, and refuses when several do', async () => {
  await put(patient('e'))
  const exist = { 'if-none-exist': 'identifier=urn:mrn|MR-e' }
  const reply = await door.send('POST', '/Patient', patient('any'), exist)
  assert.deepEqual([reply.status, reply.headers.location], [200, `${door.base}/Patient/e/_history/1`])
  await put(patient('e2', { identifier: patient('e').identifier }))
  assert.equal((await door.send('POST', '/Patient', patient('any'), exist)).status, 412)
  const unknown = await door.send('POST', '/Patient', patient('any'), { 'if-none-exist': 'name=x' })
  assert.equal(code(unknown), 'fhir.condition.unsupported')
})

test('the same Idempotency-Key makes one record, and with other content is refused', async () => {
  const { id: _, ...resource } = patient('key')
  const key = { 'idempotency-key': 'order-17' }
  const first = await door.send('POST', '/Patient', resource, key)
  const again = await door.send('POST', '/Patient', resource, key)
  assert.equal(again.body.id, first.body.id)
  assert.equal(again.headers.etag, 'W/"1"')
  const other = await door.send('POST', '/Patient', { ...resource, gender: 'male' }, key)
  assert.deepEqual([other.status, code(other)], [409, 'connect.control-id-reused'])
  assert.equal(
    code(await door.send('POST', '/Patient', resource, { 'idempotency-key': '张三' })),
    'rest.idempotency-key',
  )
})

test('Prefer decides what comes back', async () => {
  const minimal = await put(patient('pm'), { prefer: 'return=minimal' })
  assert.equal(minimal.text, '')
  const outcome = await put(patient('po'), { prefer: 'return=OperationOutcome' })
  assert.equal(outcome.body.resourceType, 'OperationOutcome')
})

test('a deleted record is gone, its history is not, and it can be made again', async () => {
  await put(patient('d'))
  assert.equal((await door.send('DELETE', '/Patient/d')).status, 204)
  const gone = await door.send('GET', '/Patient/d')
  assert.deepEqual([gone.status, code(gone)], [410, 'rest.deleted'])
  assert.equal((await door.send('GET', '/Patient/d/_history')).body.entry.length, 2)
  assert.deepEqual(ids(await door.send('GET', '/Patient?_id=d')), [])
  assert.equal((await door.send('DELETE', '/Patient/d')).status, 204)
  assert.equal((await door.send('DELETE', '/Patient/never-was')).status, 204)
  assert.equal((await put(patient('d'))).headers.etag, 'W/"3"')
})

test('records are found by id, identifier, patient, code and date', async () => {
  await put(patient('s1'))
  await put(patient('s2'))
  await put(observation('o1', 's1'))
  await put(observation('o2', 's1', { effectiveDateTime: '2026-03-02', code: { coding: [{ code: 'x' }] } }))
  await put(observation('o3', 's2'))
  const found = async (query: string) => ids(await door.send('GET', `/Observation?${query}`)).sort()
  assert.deepEqual(ids(await door.send('GET', '/Patient?identifier=urn:mrn|MR-s1')), ['s1'])
  assert.deepEqual(ids(await door.send('GET', '/Patient?identifier=MR-s1,MR-s2')).sort(), ['s1', 's2'])
  assert.deepEqual(await found('patient=s1'), ['o1', 'o2'])
  assert.deepEqual(await found('subject=Patient/s1'), ['o1', 'o2'])
  assert.deepEqual(await found(`patient=${door.base}/Patient/s1`), ['o1', 'o2'])
  assert.deepEqual(await found('patient=s1&code=http://loinc.org|8310-5'), ['o1'])
  assert.deepEqual(await found('patient=s1&code=|x'), ['o2'])
  assert.deepEqual(await found('patient=s1&code=8310-5,x'), ['o1', 'o2'])
  assert.deepEqual(await found('patient=s1&date=2026-03-01'), ['o1'])
  assert.deepEqual(await found('patient=s1&date=ge2026-03-02'), ['o2'])
  assert.deepEqual(await found('patient=s1&date=2026-03'), ['o1', 'o2'])
  assert.deepEqual(await found('patient=s1&date=lt2026-03-01T08:00:00+08:00'), [])
  assert.deepEqual(await found('_id=o1,o3'), ['o1', 'o3'])
  assert.deepEqual(await found('patient=s1&_lastUpdated=ge2020-01-01'), ['o1', 'o2'])
  assert.deepEqual(await found('patient=nobody'), [])
})

test('a search is read page by page with a cursor that is opaque', async () => {
  const first = await door.send('GET', '/Observation?patient=s1&_count=1&_total=accurate')
  assert.equal(first.body.total, 2)
  const { url } = first.body.link.find((link: { relation: string }) => link.relation === 'next')
  const second = await door.send('GET', url.slice(door.base.length))
  assert.deepEqual([...ids(first), ...ids(second)].sort(), ['o1', 'o2'])
  assert.equal(second.body.link.length, 1)
  assert.equal(code(await door.send('GET', '/Observation?patient=s1&_cursor=forged')), 'rest.search.cursor')
})

test('a search by POST keeps its parameters out of the address', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  assert.deepEqual(ids(await door.send('POST', '/Observation/_search', 'patient=s2', headers)), ['o3'])
})

test('a parameter, modifier or value that is not supported is said and never ignored', async () => {
  const said = async (query: string) => code(await door.send('GET', `/Observation?${query}`))
  assert.equal(await said('value=1'), 'rest.search.parameter')
  assert.equal(await said('code:not=x'), 'rest.search.modifier')
  assert.equal(await said('date=yesterday'), 'rest.search.value')
  assert.equal(await said('date=2026-13'), 'rest.search.value')
  assert.equal(await said('patient=Group/1'), 'rest.search.value')
  assert.equal(await said('_count=many'), 'rest.search.value')
  assert.equal(await said('_sort=date'), 'rest.search.parameter')
})

test('a transaction answers every entry in its order, and all of it is there', async () => {
  const reply = await door.send('POST', '/', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      { fullUrl: 'urn:uuid:a', resource: patient('any'), request: { method: 'POST', url: 'Patient' } },
      {
        resource: { ...observation('to', 'x'), subject: { reference: 'urn:uuid:a' } },
        request: { method: 'PUT', url: 'Observation/to' },
      },
      { request: { method: 'GET', url: 'Observation/to' } },
    ],
  })
  assert.equal(reply.status, 200)
  assert.deepEqual(
    reply.body.entry.map((entry: { response: { status: string } }) => entry.response.status),
    ['201', '201', '200'],
  )
  const created = reply.body.entry[0].response.location.slice(door.base.length).split('/')[2]
  assert.equal(reply.body.entry[2].resource.subject.reference, `Patient/${created}`)
  assert.equal(
    reply.body.entry[0].response.extension[0].valueUrl,
    `/api/records/Patient/${created}/1/receipt`,
  )
})

test('a transaction with one wrong entry stores nothing', async () => {
  const reply = await door.send('POST', '/', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      { resource: patient('atomic'), request: { method: 'PUT', url: 'Patient/atomic' } },
      {
        resource: { resourceType: 'Observation', id: 'bad' },
        request: { method: 'PUT', url: 'Observation/bad' },
      },
    ],
  })
  assert.equal(reply.status, 422)
  assert.equal(reply.body.resourceType, 'OperationOutcome')
  assert.equal((await door.send('GET', '/Patient/atomic')).status, 404)
})

test('conditional creates and references of a transaction are resolved', async () => {
  await put(patient('c'))
  const bundle = (number: string) => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: 'urn:uuid:p',
        resource: patient('any'),
        request: { method: 'POST', url: 'Patient', ifNoneExist: `identifier=urn:mrn|${number}` },
      },
      {
        resource: {
          ...observation('co', 'x'),
          subject: { reference: 'urn:uuid:p' },
          focus: [{ reference: 'Patient?identifier=urn:mrn|MR-c' }],
        },
        request: { method: 'PUT', url: 'Observation/co' },
      },
    ],
  })
  const known = await door.send('POST', '/', bundle('MR-c'))
  assert.deepEqual(
    known.body.entry.map((entry: { response: { status: string } }) => entry.response.status),
    ['200', '201'],
  )
  const read = await door.send('GET', '/Observation/co')
  assert.equal(read.body.subject.reference, 'Patient/c')
  assert.equal(read.body.focus[0].reference, 'Patient/c')
  const fresh = await door.send('POST', '/', bundle('MR-never'))
  assert.equal(fresh.body.entry[0].response.status, '201')
})

test('each entry of a batch stands for itself', async () => {
  const reply = await door.send('POST', '/', {
    resourceType: 'Bundle',
    type: 'batch',
    entry: [
      { resource: patient('b1'), request: { method: 'PUT', url: 'Patient/b1' } },
      {
        resource: { resourceType: 'Observation', id: 'b2' },
        request: { method: 'PUT', url: 'Observation/b2' },
      },
      { request: { method: 'GET', url: 'Patient?_id=s1' } },
      { request: { method: 'GET', url: '$everything' } },
      { request: { method: 'DELETE', url: 'Patient/b1' } },
    ],
  })
  const statuses = reply.body.entry.map((entry: { response: { status: string } }) => entry.response.status)
  assert.deepEqual(statuses, ['201', '422', '200', '404', '204'])
  assert.equal(reply.body.entry[1].response.outcome.resourceType, 'OperationOutcome')
  assert.deepEqual(ids({ body: reply.body.entry[2].resource } as Reply), ['s1'])
})

test('what is no transaction or batch is not taken at the base address', async () => {
  assert.equal(code(await door.send('POST', '/', patient('z'))), 'fhir.bundle.type')
  assert.equal(
    code(await door.send('POST', '/', { resourceType: 'Bundle', type: 'collection' })),
    'fhir.bundle.type',
  )
  const broken = await door.send('POST', '/', '{"resourceType":"Bundle",')
  assert.deepEqual([broken.status, code(broken)], [400, 'text.unexpected-end'])
})

test('every error is an OperationOutcome with a code, Chinese text and its English translation', async () => {
  const replies = [
    await door.send('GET', '/Patient/nobody'),
    await door.send('GET', '/Nothing/1'),
    await door.send('GET', '/Patient/1/2/3'),
    await door.send('PATCH', '/Patient/1', {}),
    await door.send('POST', '/Patient', '{'),
    await door.send('POST', '/Patient', 'x', { 'content-type': 'text/plain' }),
    await door.send('GET', '/Patient/s1', undefined, { accept: 'application/xml' }),
    await door.send('PUT', '/Patient/a', patient('b')),
    await door.send('PUT', '/Patient/a', { resourceType: 'Observation', id: 'a' }),
    await door.send('PUT', '/Observation/a', { resourceType: 'Observation', id: 'a' }),
    await door.send('POST', '/Patient', `{"a":"${'x'.repeat(5_000_000)}"}`),
    await door.send('POST', '/Patient', `${'['.repeat(10_000)}${']'.repeat(10_000)}`),
    await door.send('GET', '/Patient/s1', undefined, { authorization: '' }),
  ]
  const seen = replies.map((reply) => [reply.status, code(reply)])
  assert.deepEqual(seen, [
    [404, 'rest.not-found'],
    [404, 'rest.type-unknown'],
    [404, 'rest.address-unknown'],
    [404, 'rest.address-unknown'],
    [400, 'text.unexpected-end'],
    [415, 'rest.content-type'],
    [406, 'rest.not-acceptable'],
    [400, 'fhir.id-mismatch'],
    [400, 'fhir.type-mismatch'],
    [422, seen[9]?.[1]],
    [413, 'rest.too-large'],
    [413, 'text.too-deep'],
    [401, 'rest.unauthenticated'],
  ])
  for (const { body, headers } of replies) {
    assert.match(headers['content-type'] ?? '', /^application\/fhir\+json/)
    const [issue] = body.issue
    assert.match(issue.details.text, /\p{Script=Han}/u)
    const [lang, content] = issue.details._text.extension[0].extension
    assert.equal(lang.valueCode, 'en')
    assert.match(content.valueString, /^[\x20-\x7e]+$/)
    assert.ok(issue.diagnostics.length > 0)
  }
})

test('who may not write is told so, and who may see one patient finds no other', async () => {
  const reader = { authorization: 'Bearer reader' }
  assert.equal((await put(patient('w'), reader)).status, 403)
  assert.equal(
    (
      await door.send(
        'POST',
        '/',
        { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url: 'Patient/s1' } }] },
        reader,
      )
    ).status,
    200,
  )
  await put(patient('p1'))
  await put(observation('of-p1', 'p1'))
  const one = { authorization: 'Bearer one' }
  assert.equal((await door.send('GET', '/Patient/p1', undefined, one)).status, 200)
  assert.equal((await door.send('GET', '/Patient/s1', undefined, one)).status, 404)
  assert.equal((await door.send('GET', '/Patient/s1/_history', undefined, one)).status, 404)
  assert.deepEqual(ids(await door.send('GET', '/Observation?code=8310-5', undefined, one)), ['of-p1'])
})

test('an address and a log of it never hold what was sent', async () => {
  const { text } = await door.send('PUT', '/Patient/a', patient('b'))
  assert.ok(!text.includes('张三'))
  const { text: search } = await door.send('GET', '/Patient?identifier:exact=MR-secret')
  assert.ok(!search.includes('MR-secret'))
})
