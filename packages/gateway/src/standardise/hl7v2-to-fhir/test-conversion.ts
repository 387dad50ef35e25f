/** For tests of this folder: converts a message or a fixture with a fixed source and keyed ids, and opens what comes out. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Hl7SourceSettings } from '../../connect/hl7v2/hl7-source.ts'
import type { Source } from '../../connect/source.ts'
import { isRoomRefusal, type RoomRefusal } from '../../room-refusal.ts'
import type { Standardised } from '../standardised.ts'
import { hl7v2ToFhir } from './hl7v2-to-fhir.ts'

/** What a test may change of the source and the item. */
export interface TestItem {
  readonly source?: Partial<Source & Hl7SourceSettings>
  readonly receivedTime?: string
}

/** An opened resource; tests read it as they like. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into any place of a resource
export type Opened = any

const source: Source = {
  name: 'his',
  kind: 'hl7v2',
  profile: 'r4',
  timeZone: 'Asia/Shanghai',
  captureMethod: 'interface',
  ackAfter: 'stored',
  onBadValue: 'refuse',
}

/** The tools of every test: ids are keyed, so that the same key gives the same id. */
export const testTools = {
  organisationId: 'hospital-a',
  identify: (type: string, key: string) =>
    createHmac('sha256', 'test').update(`${type}|${key}`).digest('hex').slice(0, 32),
}

/** The bytes of a file in fixtures/hl7v2. */
export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../../../fixtures/hl7v2/${name}`, import.meta.url))
}

/** Segments as a message: `MSH` is put in front with the kind, the control id `C1` and UTF-8. */
export function message(kind: string, ...segments: string[]): Uint8Array {
  const header = `MSH|^~\\&|HIS|院|NODE|院|20260301080000||${kind}|C1|P|2.5.1|||||CHN|UNICODE UTF-8`
  return Buffer.from([header, ...segments].join('\r'), 'utf8')
}

/** A segment from its fields by number. */
export function segment(name: string, fields: Readonly<Record<number, string>>): string {
  const last = Math.max(...Object.keys(fields).map(Number))
  return [name, ...Array.from({ length: last }, (_, at) => fields[at + 1] ?? '')].join('|')
}

/** What `standardise` makes of the bytes. */
export function convert(bytes: Uint8Array, item: TestItem = {}): Standardised | RoomRefusal {
  return hl7v2ToFhir(
    {
      deliveryId: 'd1',
      source: { ...source, ...item.source },
      form: 'hl7v2',
      bytes,
      context: {},
      position: { index: 1 },
      controlId: 'C1',
      receivedTime: item.receivedTime ?? '2026-03-01T00:00:01.000Z',
    },
    testTools,
  )
}

/** The records of a message that must be taken in. */
export function standardised(bytes: Uint8Array, item: TestItem = {}): Standardised {
  const result = convert(bytes, item)
  assert.ok(!isRoomRefusal(result), JSON.stringify(result))
  return result
}

/** The resources of a type, opened. */
export function resources(bytes: Uint8Array, type: string, item: TestItem = {}): Opened[] {
  return standardised(bytes, item)
    .records.filter((record) => record.type === type)
    .map((record) => JSON.parse(record.text))
}

/** The one resource of a type, opened. */
export function resource(bytes: Uint8Array, type: string, item: TestItem = {}): Opened {
  const [found, ...more] = resources(bytes, type, item)
  assert.ok(found !== undefined && more.length === 0, `one ${type} expected`)
  return found
}

/** The code and place of a message that must be refused. */
export function refused(bytes: Uint8Array, item: TestItem = {}): [string, string | undefined] {
  const result = convert(bytes, item)
  assert.ok(isRoomRefusal(result), 'a refusal was expected')
  return [result.code, result.place]
}
