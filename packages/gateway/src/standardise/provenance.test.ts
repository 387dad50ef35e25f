/** Every record says where it came from, who wrote it and what measured it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Received } from '../connect/received.ts'
import { decimalText, writeFhirJson } from './fhir-json.ts'
import { buildProvenance, type ProvenanceFacts } from './provenance.ts'

const received: Received = {
  deliveryId: 'd-1',
  source: {
    name: '检验 LIS',
    kind: 'hl7v2',
    profile: 'r4',
    timeZone: '+08:00',
    captureMethod: 'interface',
    ackAfter: 'stored',
    onBadValue: 'refuse',
  },
  form: 'hl7v2',
  bytes: new Uint8Array(),
  context: {},
  position: { index: 1 },
  controlId: 'MSG-7',
  receivedTime: '2026-03-01T02:03:04.005Z',
}

const facts: ProvenanceFacts = {
  target: { type: 'Observation', id: 'o1' },
  received,
  times: {
    clinical: '2026-03-01T09:00:00+08:00',
    message: '2026-03-01T10:00:00+08:00',
    received: received.receivedTime,
  },
  map: { id: 'hl7v2-oru-r01', version: '1' },
  event: 'ORU^R01',
  agents: [
    { role: 'author', who: { type: 'Practitioner', identifier: { value: 'D12' }, display: '王医生' } },
    { role: 'performer', who: { type: 'Device', identifier: { value: 'AU5800-1' } } },
  ],
}

interface AgentCopy {
  type: { coding: { code: string }[] }
  who: { identifier: { value: string } }
}

function built(more: Partial<ProvenanceFacts> = {}) {
  return JSON.parse(buildProvenance({ ...facts, ...more }, { organisationId: 'hospital-a' }))
}

test('a record can be traced to its doctor, its equipment and our node', () => {
  const roles = built().agent.map((agent: AgentCopy) => [
    agent.type.coding[0]?.code,
    agent.who.identifier.value,
  ])
  assert.deepEqual(roles, [
    ['author', 'D12'],
    ['performer', 'AU5800-1'],
    ['assembler', 'hospital-a'],
  ])
})

test('the source record is named by the source and its control id', () => {
  assert.deepEqual(built().entity[0].what.identifier, {
    system: 'urn:meridian:source:%E6%A3%80%E9%AA%8C%20LIS',
    value: 'MSG-7',
  })
})

test('clinical, message and received time stand in three places', () => {
  const provenance = built()
  const message = provenance.extension.find((item: { url: string }) => item.url.endsWith('message-time'))
  assert.equal(provenance.occurredDateTime, '2026-03-01T09:00:00+08:00')
  assert.equal(message.valueDateTime, '2026-03-01T10:00:00+08:00')
  assert.equal(provenance.recorded, '2026-03-01T02:03:04.005Z')
})

test('the map with its version and the standards are named as what governed the conversion', () => {
  const { policy } = built({ standards: ['http://hl7.org/fhir/uv/v2mappings'] })
  assert.deepEqual(policy, [
    'urn:meridian:map:hl7v2-oru-r01:1',
    'http://hl7.org/fhir/4.0',
    'http://hl7.org/fhir/uv/v2mappings',
  ])
})

test('what the message says about capture wins over the configuration of the source', () => {
  const method = (provenance: { extension: { url: string; valueCode?: string }[] }) =>
    provenance.extension.find((item) => item.url.endsWith('capture-method'))?.valueCode
  assert.equal(method(built()), 'interface')
  assert.equal(method(built({ captureMethod: 'device' })), 'device')
})

test('the same facts give the same bytes, with sorted members and nothing empty', () => {
  const text = buildProvenance(facts, { organisationId: 'hospital-a' })
  assert.equal(text, buildProvenance({ ...facts }, { organisationId: 'hospital-a' }))
  assert.doesNotMatch(text, /\{\}|\[\]|null/)
  assert.match(text, /^\{"activity":.*"agent":.*"entity":.*"extension":.*"policy":.*"target":/)
})

test('decimals keep the digits they came with and take the form JSON wants', () => {
  const cases: [string, string | undefined][] = [
    ['1.00', '1.00'],
    ['+0.50', '0.50'],
    ['.5', '0.5'],
    ['-007.10', '-7.10'],
    ['0', '0'],
    ['000', '0'],
    ['5.', '5'],
    ['1e3', '1e3'],
    ['1,5', undefined],
    ['', undefined],
    ['.', undefined],
    ['1.2.3', undefined],
    ['12345678901234567890.10', '12345678901234567890.10'],
  ]
  for (const [source, expected] of cases) {
    assert.equal(decimalText(source)?.decimal, expected, source)
    if (expected !== undefined) {
      assert.equal(writeFhirJson({ value: decimalText(source) }), `{"value":${expected}}`)
      JSON.parse(expected)
    }
  }
})

test('members are sorted, empty ones are left out, and a fraction as a JavaScript number is a bug', () => {
  assert.equal(writeFhirJson({ b: 'x', a: [], c: { d: undefined }, e: [undefined, 1] }), '{"b":"x","e":[1]}')
  assert.throws(() => writeFhirJson({ value: 0.1 }))
})
