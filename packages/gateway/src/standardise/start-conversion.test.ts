/** The conversion thread: what it gives is what the caller's thread gives, and what dies with it is converted there. */
import assert from 'node:assert/strict'
import { createSecretKey } from 'node:crypto'
import { after, test } from 'node:test'
import { fhirItem, receivedOf } from '../../fixtures/received.ts'
import type { Received } from '../connect/received.ts'
import { convert } from '../intake.ts'
import { refuseIn } from '../room-refusal.ts'
import type { CsvMapping } from './csv-to-fhir/csv-mapping.ts'
import { toolsFor } from './source-tools.ts'
import { type Conversion, startConversion } from './start-conversion.ts'

const parts = {
  organisationId: 'hospital-a',
  resourceIdKey: createSecretKey(new Uint8Array(32).fill(7)),
  mappings: new Map<string, CsvMapping>(),
}
const here = (group: readonly Received[]) => convert(group, { toolsFor: (source) => toolsFor(source, parts) })
const conversion = startConversion(parts)
after(() => conversion.close())

const observation = (n: number) =>
  receivedOf(
    fhirItem({
      resourceType: 'Observation',
      id: `o${n}`,
      status: 'final',
      note: [{ text: '置信'.repeat(200) }],
    }),
  )
const refusal = refuseIn('connect', 'connect.source-unknown')
const large: readonly Received[] = [
  ...Array.from({ length: 40 }, (_, n) => observation(n)),
  receivedOf(fhirItem('{"resourceType":')),
  { ...observation(99), refusal },
]

/** Asks until the thread is ready. */
async function inThread(on: Conversion, group: readonly Received[]) {
  for (;;) {
    const converted = await on.convert(group)
    if (converted !== undefined) return converted
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test('a large group converted in the thread is the one converted here, refusals among it', async () => {
  assert.deepEqual(await inThread(conversion, large), here(large))
})

test('the bytes of the caller stay its own', async () => {
  const before = large.map((item) => new Uint8Array(item.bytes))
  await inThread(conversion, large)
  assert.deepEqual(
    large.map((item) => item.bytes),
    before,
  )
})

test('a small group is left to the caller', async () => {
  await inThread(conversion, large)
  assert.equal(await conversion.convert([observation(1)]), undefined)
})

test('what a thread that ends had is left to the caller, and nothing is asked of it afterwards', async () => {
  const own = startConversion(parts)
  await inThread(own, large)
  const lost = own.convert(large)
  await own.close()
  assert.equal(await lost, undefined)
  assert.equal(await own.convert(large), undefined)
})
