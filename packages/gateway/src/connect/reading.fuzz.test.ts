// Any bytes at any reader end in items and coded refusals, in bounded time and memory (issue: Faults, fuzz).
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { shippedMapping } from '../../fixtures/csv-conversion.ts'
import { chunksOf, collect, fingerprint, receivedOf, tools } from '../../fixtures/received.ts'
import { csvCatalogue } from '../catalogue-csv.ts'
import { fhirCatalogue } from '../catalogue-fhir.ts'
import { isRoomRefusal } from '../room-refusal.ts'
import { csvRowToFhir } from '../standardise/csv-to-fhir/csv-row-to-fhir.ts'
import { standardiseFhir } from '../standardise/fhir/standardise-fhir.ts'
import { type Arrival, isRefusedArrival } from './arrival.ts'
import { readCsvRows } from './csv-rows.ts'
import { readFhirDocument } from './fhir-files.ts'
import { readNdjson } from './ndjson.ts'

const clinic = shippedMapping('clinic-vital-signs')
const sheet = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'csv', 'clinic-vital-signs.csv'))
const bundle = new TextEncoder().encode(
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: 'urn:uuid:1',
        resource: { resourceType: 'Patient', id: 'p' },
        request: { method: 'POST', url: 'Patient' },
      },
      {
        resource: {
          resourceType: 'Observation',
          meta: { versionId: '1' },
          subject: { reference: 'urn:uuid:1' },
        },
        request: { method: 'PUT', url: 'Observation?identifier=s|v', ifMatch: 'W/"1"' },
      },
    ],
  }),
)
const words = new Set([...csvCatalogue, ...fhirCatalogue].map(({ code }) => code))

/** A few bytes of a sample changed, removed, or repeated. */
const mutated = (sample: Uint8Array) =>
  fc
    .array(
      fc.record({
        at: fc.nat({ max: sample.length - 1 }),
        kind: fc.constantFrom('set', 'cut', 'repeat', 'insert'),
        byte: fc.oneof(
          fc.constantFrom(...new TextEncoder().encode('"{}[],:\\\n\r\t;|0-')),
          fc.nat({ max: 255 }),
        ),
        length: fc.nat({ max: 40 }),
      }),
      { maxLength: 6 },
    )
    .map((changes) =>
      changes.reduce((bytes, { at, kind, byte, length }) => {
        const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
        if (kind === 'set') return Uint8Array.from([...before, byte, ...after.subarray(1)])
        if (kind === 'cut') return Uint8Array.from([...before, ...after.subarray(length)])
        if (kind === 'repeat') return Uint8Array.from([...before, ...after.subarray(0, length), ...after])
        return Uint8Array.from([...before, byte, ...after])
      }, sample),
    )

function convert(item: Arrival): string | undefined {
  if (isRefusedArrival(item)) return item.refusal.code
  const convertItem = item.form === 'fhir' ? standardiseFhir : csvRowToFhir
  const converted = convertItem(receivedOf(item), { ...tools, csvMapping: () => clinic })
  return isRoomRefusal(converted) ? converted.code : undefined
}

function onlyCodedRefusals(items: readonly Arrival[]): void {
  for (const code of items.map(convert)) {
    assert.ok(code === undefined || words.has(code) || code.startsWith('unit.'), code)
  }
}

test('a mutated FHIR Bundle gives items or coded refusals', () => {
  fc.assert(
    fc.property(mutated(bundle), (bytes) => {
      onlyCodedRefusals(readFhirDocument(bytes, { file: 'a.json' }, { fingerprint }))
    }),
    { numRuns: 500 },
  )
})

test('mutated NDJSON gives items or coded refusals', async () => {
  const lines = Uint8Array.from([...bundle, 0x0a, ...bundle, 0x0a])
  await fc.assert(
    fc.asyncProperty(mutated(lines), fc.integer({ min: 1, max: 300 }), async (bytes, size) => {
      onlyCodedRefusals(await collect(readNdjson(chunksOf(bytes, size), 'a.ndjson', { fingerprint })))
    }),
    { numRuns: 200 },
  )
})

test('a mutated table gives rows or coded refusals', async () => {
  const reading = { mappingId: clinic.id, mappingVersion: clinic.version, layout: clinic.layout }
  await fc.assert(
    fc.asyncProperty(mutated(sheet), fc.integer({ min: 1, max: 300 }), async (bytes, size) => {
      onlyCodedRefusals(await collect(readCsvRows(chunksOf(bytes, size), 'a.csv', reading, { fingerprint })))
    }),
    { numRuns: 300 },
  )
})

test('a 100 MB line, 10,000-deep JSON and a million columns are refused by code', async () => {
  async function* repeat(chunk: Uint8Array, times: number) {
    for (let count = 0; count < times; count++) yield chunk
  }
  const megabyte = new Uint8Array(1024 * 1024).fill(0x78)
  const before = process.memoryUsage().arrayBuffers
  const [line, ...more] = await collect(readNdjson(repeat(megabyte, 100), 'a.ndjson', { fingerprint }))
  assert.ok(line !== undefined && isRefusedArrival(line) && more.length === 0)
  assert.equal(line.refusal.code, 'fhir.line.too-long')
  const reading = { mappingId: clinic.id, mappingVersion: clinic.version, layout: clinic.layout }
  const [row] = await collect(readCsvRows(repeat(megabyte, 100), 'a.csv', reading, { fingerprint }))
  assert.ok(row !== undefined && isRefusedArrival(row))
  assert.equal(row.refusal.code, 'csv.headings.unreadable')
  assert.ok(process.memoryUsage().arrayBuffers - before < 150 * 1024 * 1024)
  const deep = new TextEncoder().encode(
    `{"resourceType":"Patient","a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
  )
  assert.equal(convert(readFhirDocument(deep, { file: 'a' }, { fingerprint })[0] as Arrival), 'text.too-deep')
  const columns = new TextEncoder().encode(`${'a,'.repeat(1_000_000)}a\n`)
  const [table] = await collect(readCsvRows(chunksOf(columns, 65_536), 'a.csv', reading, { fingerprint }))
  assert.ok(table !== undefined && isRefusedArrival(table))
})
