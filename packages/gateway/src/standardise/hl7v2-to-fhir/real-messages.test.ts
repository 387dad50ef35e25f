/**
 * Every HL7 v2 file of ../shared/data/04-hl7v2 (messages from the suites of other parsers): no crash, no hang, nothing lost, and each
 * message taken in or refused with the class of reason that is right for it. Also: what is taken in is valid FHIR R4.
 */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readCanonicalText } from '@meridian/protocol'
import { createValidator } from '@meridian/standards'
import type { Arrival } from '../../connect/arrival.ts'
import { headerPart, readHeader } from '../../connect/hl7v2/header.ts'
import { readHl7File } from '../../connect/hl7v2/hl7-files.ts'
import type { Source } from '../../connect/source.ts'
import { isRoomRefusal } from '../../room-refusal.ts'
import type { Standardised } from '../standardised.ts'
import { hl7v2ToFhir, supportedHl7Kinds } from './hl7v2-to-fhir.ts'

const folder = new URL('../../../../../../shared/data/04-hl7v2/', import.meta.url)

const source: Source = {
  name: 'suite',
  kind: 'hl7v2',
  profile: 'r4',
  timeZone: '+08:00',
  captureMethod: 'file',
  ackAfter: 'stored',
  onBadValue: 'refuse',
}
const tools = {
  organisationId: 'org',
  identify: (type: string, key: string) =>
    createHmac('sha256', 'test').update(`${type}|${key}`).digest('hex').slice(0, 32),
}

/** Files whose items are not simply taken in or unsupported by their kind, with the class of each item. */
const exceptional: Readonly<Record<string, string>> = {
  // A line break inside base64 ends the segment.
  'dcm4che/ORU^R01-PDF.hl7': 'hl7v2.segment',
  'hapi/parser/guide.txt': 'hl7v2.not-hl7',
  'hapi/parser/uuencoded.txt': 'hl7v2.not-hl7',
  'hapi/parser/uuencoded_escaped.txt': 'hl7v2.not-hl7',
  // No PID.
  'hl7apy/test_parser/m_6.hl7': 'hl7v2.segment-missing',
  'hl7apy/test_parser/msh_5.hl7': 'hl7v2.segment-missing',
  'hl7apy/test_parser/m_7.hl7': 'hl7v2.message-type-missing',
  // The same separator twice.
  'hl7apy/test_parser/m_8.hl7': 'hl7v2.separators',
  'hl7apy/test_parser/m_9.hl7': 'hl7v2.separators',
  'linuxforhealth/sample_unix.hl7': 'hl7v2.separators',
  'linuxforhealth/sample_win.hl7': 'hl7v2.separators',
  // OBX-3, which says what was measured, is empty.
  'linuxforhealth/ORU-multiline-short-mixed.hl7': 'hl7v2.field-missing',
  'linuxforhealth/ORU-multiline-short.hl7': 'hl7v2.field-missing',
  'ms-fhir-converter/input/ORU-R01-01.hl7': 'hl7v2.field-missing',
  // A PID and nothing else.
  'python-hl7/rep_sample_hl7_1.hl7': 'hl7v2.segment-missing',
  // PID-7 is 196203520.
  'python-hl7/sample_hl7_0.hl7': 'hl7v2.time',
  // A header in the middle of a message, or no message between headers.
  'python-hl7/sample_bad_batch1_8.hl7': 'hl7v2.segment-missing hl7v2.not-hl7 hl7v2.batch-count',
  'python-hl7/sample_bad_batch_7.hl7': 'hl7v2.not-hl7 hl7v2.batch-count',
  'python-hl7/sample_bad_file1_17.hl7':
    'hl7v2.segment-missing hl7v2.not-hl7 hl7v2.batch-count hl7v2.batch-count',
  'python-hl7/sample_bad_file2_18.hl7':
    'hl7v2.segment-missing hl7v2.batch-structure hl7v2.not-hl7 hl7v2.batch-count',
  'python-hl7/sample_bad_file3_19.hl7': 'hl7v2.not-hl7',
  'python-hl7/sample_bad_file_16.hl7': 'hl7v2.not-hl7 hl7v2.batch-count',
}

/** The files that hold HL7 v2: not the bundles expected of them, and not the tables and notes beside them. */
function files(): string[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return all
    .filter((name) => /\.(hl7|txt|xml)$/.test(name) && !/expected-fhir|fhir-bundles/.test(name))
    .sort()
}

async function itemsOf(name: string): Promise<Arrival[]> {
  const bytes = readFileSync(new URL(encodeURIComponent(name).replaceAll('%2F', '/'), folder))
  async function* whole() {
    yield bytes
  }
  const items: Arrival[] = []
  for await (const item of readHl7File(whole(), name, { fingerprint: () => 'f' })) items.push(item)
  return items
}

function end(item: Arrival): Standardised | string {
  if ('refusal' in item) return item.refusal.code
  const result = hl7v2ToFhir(
    { ...item, deliveryId: 'd1', source, receivedTime: '2026-03-01T00:00:00Z' },
    tools,
  )
  return isRoomRefusal(result) ? result.code : result
}

function usualClass(item: Arrival): string {
  if (item.bytes[0] === 0x3c) return 'hl7v2.xml-encoding'
  const header = readHeader(item.bytes)
  if (isRoomRefusal(header)) return header.code
  if (headerPart(header, 10) === '') return 'hl7v2.control-id-missing'
  const kind = `${headerPart(header, 9)}^${headerPart(header, 9, 2)}`.toUpperCase()
  return supportedHl7Kinds.includes(kind) ? 'taken-in' : 'hl7v2.unsupported-message'
}

test('each message of the suites of other parsers is taken in or refused with the right class', async (context) => {
  if (!existsSync(folder)) return context.skip('../shared/data/04-hl7v2 is absent')
  const counts = new Map<string, number>()
  const names = files()
  for (const name of names) {
    const items = await itemsOf(name)
    const classes = items.map((item) => {
      const found = end(item)
      return typeof found === 'string' ? found : 'taken-in'
    })
    const expected = exceptional[name] ?? items.map(usualClass).join(' ')
    assert.equal(classes.join(' '), expected, name)
    assert.ok(items.length > 0, `${name}: nothing may be lost`)
    for (const one of classes) counts.set(one, (counts.get(one) ?? 0) + 1)
  }
  context.diagnostic(
    `${names.length} files: ${[...counts].map(([code, count]) => `${code} ${count}`).join(', ')}`,
  )
  assert.ok((counts.get('taken-in') ?? 0) > 50)
})

test('what is taken in is canonical text and valid FHIR R4, the Provenance too', async (context) => {
  if (!existsSync(folder)) return context.skip('../shared/data/04-hl7v2 is absent')
  const validator = createValidator()
  for (const name of files()) {
    for (const item of await itemsOf(name)) {
      const found = end(item)
      if (typeof found === 'string') continue
      for (const text of found.records.flatMap((record) => [record.text, record.provenance])) {
        assert.equal(readCanonicalText(text), text, name)
        const errors = validator
          .checkResource(JSON.parse(text), 'r4', { text })
          .filter((one) => one.severity === 'error')
        assert.deepEqual(
          errors.map((one) => `${one.code} ${one.path}`),
          [],
          name,
        )
      }
    }
  }
})
