/** What is counted in a FHIR JSON file, and what identifies it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chunksOf, collect, fingerprint } from '../../fixtures/received.ts'
import { isRefusedArrival } from './arrival.ts'
import { readFhirDocument } from './fhir-files.ts'
import { readNdjson } from './ndjson.ts'
import { defaultReadingLimits } from './reading.ts'

const tools = { fingerprint }
const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const read = (text: string) => readFhirDocument(bytesOf(text), { file: 'a.json' }, tools)

test('a resource is one item, known by its type and id, and other bytes amend it', () => {
  const [item, ...more] = read('{ "resourceType": "Patient", "id": "p1" }')
  assert.equal(more.length, 0)
  assert.equal(item?.controlId, 'Patient/p1')
  assert.equal(item.context.onSameId, 'update')
  assert.deepEqual(item.position, { file: 'a.json', index: 1 })
})

test('a transaction Bundle is one item', () => {
  const text = '{"resourceType":"Bundle","id":"b","type":"transaction","entry":[{"x":1},{"x":2}]}'
  assert.deepEqual(
    read(text).map((item) => textOf(item.bytes)),
    [text],
  )
})

test('each entry of a batch Bundle is an item with exactly its bytes', () => {
  const entries = ['{ "resource" : {"resourceType":"Patient", "id":"é1"} }', '{"request":{"method":"GET"}}']
  const items = read(`{"resourceType":"Bundle","type":"batch","entry":[ ${entries.join(' ,\n')} ]}`)
  assert.deepEqual(
    items.map((item) => textOf(item.bytes)),
    entries,
  )
  assert.deepEqual(
    items.map((item) => item.position.index),
    [1, 2],
  )
  assert.deepEqual(
    items.map((item) => item.context.shape),
    ['entry', 'entry'],
  )
  assert.equal(items[0]?.controlId, 'Patient/é1')
})

test('other content under the identifier of a Bundle contradicts it', () => {
  const [item] = read('{"resourceType":"Bundle","type":"document","identifier":{"system":"s","value":"v"}}')
  assert.equal(item?.controlId, 'Bundle?s|v')
  assert.equal(item.context.onSameId, undefined)
})

test('what is no JSON is an item all the same, for the next room to refuse with its place', () => {
  for (const text of ['', 'no', '{"a":', '\u{feff}[]']) {
    const items = read(text)
    assert.equal(items.length, 1, text)
    assert.equal(textOf((items[0] as { bytes: Uint8Array }).bytes), new TextDecoder().decode(bytesOf(text)))
  }
  assert.equal(readFhirDocument(Uint8Array.of(0xff, 0xfe), { file: 'a' }, tools).length, 1)
})

test('a file name never becomes part of a control id', () => {
  const [item] = readFhirDocument(bytesOf('{}'), { file: '张三.json' }, tools)
  assert.ok(!item?.controlId.includes('张三'))
})

test('a document beyond the limit is refused, and not kept', () => {
  const limits = { ...defaultReadingLimits, maxDocumentBytes: 1000 }
  const [item] = readFhirDocument(new Uint8Array(1001), { file: 'a.json' }, { fingerprint, limits })
  assert.ok(item !== undefined && isRefusedArrival(item))
  assert.equal(item.refusal.code, 'fhir.document.too-large')
  assert.equal(item.bytes.length, 0)
})

test('every line of NDJSON is an item with its line number, at every chunk size and line end', async () => {
  const lines = ['{"resourceType":"Patient","id":"1"}', '', '{"resourceType":"Patient","id":"二"}', ' ']
  for (const end of ['\n', '\r\n']) {
    const bytes = bytesOf(lines.join(end))
    for (const size of [1, 2, 7, 1000]) {
      const items = await collect(readNdjson(chunksOf(bytes, size), 'a.ndjson', tools))
      assert.deepEqual(
        items.map((item) => [textOf(item.bytes), item.position.line, item.position.index]),
        [
          [lines[0], 1, 1],
          [lines[2], 3, 2],
        ],
      )
    }
  }
})

test('an NDJSON line beyond the limit is refused by its number and the next is read', async () => {
  const limits = { ...defaultReadingLimits, maxLineBytes: 50 }
  const long = `{"resourceType":"Patient","id":"1","x":"${'x'.repeat(5000)}"}`
  const bytes = bytesOf(`${long}\n{"resourceType":"Patient","id":"2"}\n`)
  const items = await collect(readNdjson(chunksOf(bytes, 64), 'a.ndjson', { fingerprint, limits }))
  const [first, second] = items
  assert.ok(first !== undefined && isRefusedArrival(first))
  assert.equal(first.refusal.code, 'fhir.line.too-long')
  assert.deepEqual(first.refusal.detail, { bytes: long.length, limit: 50 })
  assert.equal(second?.controlId, 'Patient/2')
})
