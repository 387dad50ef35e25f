// Design, At the door: the stored resource differs only in id, meta and resolved references; shown on real FHIR nobody here wrote.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type CanonicalText, elementsOf, readCanonicalText } from '@meridian/protocol'
import { fingerprint, needsSharedData, receivedOf, sharedData, tools } from '../../../fixtures/received.ts'
import { readFhirDocument } from '../../connect/fhir-files.ts'
import { isRoomRefusal } from '../../room-refusal.ts'
import { readEntries } from './bundle-entry.ts'
import { standardiseFhir } from './standardise-fhir.ts'

/** What the design allows to differ. */
const mayDiffer = /^\/id$|^\/meta\/(versionId|lastUpdated)$|\/reference$/

function read(folder: string) {
  return readdirSync(join(sharedData, folder))
    .filter((name) => name !== 'package.json')
    .flatMap((file) => {
      const bytes = readFileSync(join(sharedData, folder, file))
      return readFhirDocument(bytes, { file }, { fingerprint }).map((item) => {
        const received = receivedOf(item, { deliveryId: file })
        return { file, received, standardised: standardiseFhir(received, tools) }
      })
    })
}

function unchanged(text: CanonicalText): string[] {
  return elementsOf(text)
    .filter((element) => !mayDiffer.test(element.path))
    .map(({ path, value }) => `${path} ${value}`)
}

/** The resources an item holds, in the order of its records. */
function sent(bytes: Uint8Array, records: number): CanonicalText[] {
  const text = readCanonicalText(bytes) as CanonicalText
  const entries = readEntries(text).flatMap(({ resource }) => (resource === undefined ? [] : [resource]))
  return entries.length === records &&
    records > 0 &&
    !/"type":"(document|message|searchset|batch-response|transaction-response)"/.test(text)
    ? entries
    : [text]
}

function onlyAllowedChanges(folder: string): void {
  let records = 0
  for (const { file, received, standardised } of read(folder)) {
    if (isRoomRefusal(standardised)) continue
    const originals = sent(received.bytes, standardised.records.length)
    assert.equal(originals.length, standardised.records.length, file)
    for (const [at, record] of standardised.records.entries()) {
      assert.deepEqual(unchanged(record.text), unchanged(originals[at] as CanonicalText), file)
      records++
    }
  }
  assert.ok(records > 500)
}

const examples = '03-fhir/hl7-r4-examples'
const synthea = '03-fhir/synthea-r4'

test(
  'every official R4 example is converted, but for the two that ask questions and the one that calls an operation',
  needsSharedData(examples),
  () => {
    const refused = read(examples).filter(({ standardised }) => isRoomRefusal(standardised))
    assert.deepEqual(
      [
        ...new Set(
          refused.map(({ file, standardised }) => `${file} ${'code' in standardised && standardised.code}`),
        ),
      ],
      [
        'Bundle-bundle-request-medsallergies.json fhir.entry.question-in-file',
        'Bundle-bundle-request-simplesummary.json fhir.entry.question-in-file',
        'Bundle-bundle-transaction.json fhir.entry.operation',
      ],
    )
  },
)

test(
  'official R4 examples change in id, meta and references only, every decimal to its last digit',
  needsSharedData(examples),
  () => {
    onlyAllowedChanges(examples)
  },
)

test(
  'Synthea transactions change in id, meta and references only, and no placeholder is left',
  needsSharedData(synthea),
  () => {
    onlyAllowedChanges(synthea)
    for (const { standardised } of read(synthea)) {
      if (isRoomRefusal(standardised)) assert.fail(standardised.code)
      for (const { text } of standardised.records) assert.ok(!text.includes('"reference":"urn:uuid:'))
    }
  },
)
