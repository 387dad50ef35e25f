/**
 * Measures how much of what another converter (the pairs in ../shared/data/04-hl7v2/ms-fhir-converter) makes of the supported
 * kinds we make too: resource types and coded values. Where HL7's own maps differ, HL7 wins and the difference is explained in
 * fixtures/hl7v2/explained-differences.json. `MERIDIAN_REPORT=1` prints the report.
 */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Received } from '../../connect/received.ts'
import { isRoomRefusal } from '../../room-refusal.ts'
import { hl7v2ToFhir } from './hl7v2-to-fhir.ts'

const pairs = new URL('../../../../../../shared/data/04-hl7v2/ms-fhir-converter/', import.meta.url)
const kinds =
  'ADT_A01 ADT_A02 ADT_A03 ADT_A04 ADT_A05 ADT_A06 ADT_A07 ADT_A08 ADT_A11 ADT_A13 ADT_A28 ADT_A31 ADT_A40 ORU_R01 VXU_V04'

/** A difference HL7's maps explain: patterns over facts, and the messages a second pattern holds for. */
interface Explanation {
  readonly why: string
  readonly facts: string
  readonly in?: string
  readonly also?: string
  readonly alsoIn?: string
}

const explanations: readonly Explanation[] = JSON.parse(
  readFileSync(new URL('../../../fixtures/hl7v2/explained-differences.json', import.meta.url), 'utf8'),
)

const identify = (type: string, key: string) =>
  createHmac('sha256', 'test').update(`${type}|${key}`).digest('hex').slice(0, 32)

/**
 * The facts of a resource: `type:Patient`, and `Patient.maritalStatus.coding SYSTEM|CODE` for each coded value. A reference
 * that names its target by type and identifier counts as that type, and its codes as codes of that type.
 */
function addFacts(value: unknown, path: string, facts: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) addFacts(item, path, facts)
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return
  const { code, system, type, identifier, display } = value as Record<string, unknown>
  if (typeof code === 'string') facts.add(`${path} ${systemOf(system)}|${code}`)
  const named =
    typeof type === 'string' && /^[A-Z]/.test(type) && (identifier !== undefined || display !== undefined)
  if (named) facts.add(`type:${type}`)
  for (const [key, member] of Object.entries(value)) addFacts(member, `${named ? type : path}.${key}`, facts)
}

// Systems the converter invents say nothing; such a code is compared alone.
const systemOf = (system: unknown) =>
  typeof system === 'string' && !system.includes('example.com') ? system : ''

function factsOf(resources: readonly { resourceType: string }[]): Set<string> {
  const facts = new Set<string>()
  for (const resource of resources) {
    facts.add(`type:${resource.resourceType}`)
    addFacts(resource, resource.resourceType, facts)
  }
  return facts
}

/** What is compared of a fact: resource type, system and code; where in the resource it stands does not matter. */
function essence(fact: string, withSystem: boolean): string {
  const [, type, system, code] = /^([A-Za-z]+)\.?[^ ]* ([^|]*)\|(.*)$/.exec(fact) ?? []
  return type === undefined ? fact : `${type} ${withSystem ? system : ''}|${code}`
}

function missing(expected: Set<string>, made: Set<string>): string[] {
  const exact = new Set([...made].map((fact) => essence(fact, true)))
  const codes = new Set([...made].map((fact) => essence(fact, false)))
  return [...expected].filter((fact) => {
    const alone = / \|/.test(fact)
    return !(alone ? codes.has(essence(fact, false)) : exact.has(essence(fact, true)))
  })
}

function explanationOf(fact: string, name: string): Explanation | undefined {
  return explanations.find((one) => {
    const inScope = one.in === undefined || new RegExp(one.in).test(name)
    if (inScope && new RegExp(one.facts).test(fact)) return true
    return (
      one.also !== undefined && new RegExp(one.also).test(fact) && new RegExp(one.alsoIn ?? '').test(name)
    )
  })
}

function madeOf(name: string): Set<string> {
  const received = {
    deliveryId: 'd1',
    source: {
      name: 'sender',
      kind: 'hl7v2',
      profile: 'r4',
      timeZone: '+00:00',
      captureMethod: 'interface',
      ackAfter: 'stored',
      onBadValue: 'absent',
    },
    form: 'hl7v2',
    bytes: readFileSync(new URL(`input/${name}.hl7`, pairs)),
    context: {},
    position: { index: 1 },
    controlId: 'c1',
    receivedTime: '2026-03-01T00:00:00Z',
  } satisfies Received
  const result = hl7v2ToFhir(received, { identify, organisationId: 'org' })
  assert.ok(!isRoomRefusal(result), `${name}: ${JSON.stringify(result)}`)
  return factsOf(result.records.flatMap(({ text, provenance }) => [JSON.parse(text), JSON.parse(provenance)]))
}

test('at least 95 % of what HL7 does not explain away is made', (context) => {
  if (!existsSync(pairs)) return context.skip('../shared/data/04-hl7v2 is absent')
  let expectedCount = 0
  let explainedCount = 0
  const unexplained = new Map<string, number>()
  const used = new Map<Explanation, number>()
  for (const kind of kinds.split(' ')) {
    for (const file of readdirSync(new URL(`expected-fhir/${kind}/`, pairs))) {
      const bundle = JSON.parse(readFileSync(new URL(`expected-fhir/${kind}/${file}`, pairs), 'utf8'))
      const name = file.replace('-expected.json', '')
      const expected = factsOf(bundle.entry.map((entry: { resource: never }) => entry.resource))
      expectedCount += expected.size
      for (const fact of missing(expected, madeOf(name))) {
        const explanation = explanationOf(fact, name)
        if (explanation === undefined) unexplained.set(`${name}: ${fact}`, 1)
        else {
          used.set(explanation, (used.get(explanation) ?? 0) + 1)
          explainedCount++
        }
      }
    }
  }
  const judged = expectedCount - explainedCount
  const share = (judged - unexplained.size) / judged
  const report = `expected ${expectedCount}, made ${expectedCount - explainedCount - unexplained.size}, explained ${explainedCount}, unexplained ${unexplained.size}: ${(share * 100).toFixed(1)} %`
  context.diagnostic(report)
  const reasons = [...used].map(([one, count]) => `${String(count).padStart(5)} ${one.why}`)
  if (process.env.MERIDIAN_REPORT !== undefined) {
    console.log([report, ...reasons, 'unexplained:', ...unexplained.keys()].join('\n'))
  }
  assert.ok(share >= 0.95, report)
  assert.deepEqual(
    explanations.filter((one) => !used.has(one)).map((one) => one.why),
    [],
    'an explanation that explains nothing any more must go',
  )
})
