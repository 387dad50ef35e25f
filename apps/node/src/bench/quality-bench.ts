/** `bench quality`: the whole rule set of data quality over a tenth of the patients asked for, and over all of them. */
import { runQuality } from '@meridian/gateway'
import { canonicalTextOf, toHex } from '@meridian/protocol'
import { loadShippedQualityRules, qualityRulesHash } from '@meridian/standards/quality'
import type { StoreItem } from '@meridian/vault'
import type { Node } from '../wiring/node.ts'
import { type Figure, figure, peakMemoryMb, perSecond } from './figure.ts'
import { type BenchPlace, openThrowawayNode } from './throwaway-home.ts'

/** Patients stored in one transaction. */
const AT_ONCE = 100
const OBSERVATIONS = 6

/** `patients` have nine records each. Effects: those of storing them in a throw-away home. */
export async function qualityBench(place: BenchPlace, patients: number): Promise<Figure[]> {
  const opened = await openThrowawayNode(place)
  const figures: Figure[] = []
  try {
    let stored = 0
    for (const size of [Math.max(1, Math.round(patients / 10)), patients]) {
      for (; stored < size; stored += AT_ONCE)
        await storePatients(opened.node, stored, Math.min(size, stored + AT_ONCE))
      stored = size
      figures.push(...(await measured(opened.node, size)))
      place.log(`${size} patients judged`)
    }
  } finally {
    await opened.close()
  }
  return [...figures, figure('peak memory', peakMemoryMb(), 'MB')]
}

async function measured(node: Node, patients: number): Promise<Figure[]> {
  const { quality } = node.vault
  const rules = loadShippedQualityRules()
  const started = performance.now()
  const run = await runQuality(
    {
      quality,
      rules,
      rulesHash: qualityRulesHash(node.suite, rules),
      standardsSetHash: toHex(node.standardsSetHash),
      nowMs: () => node.clock.now().getTime(),
    },
    {},
  )
  const ms = performance.now() - started
  const records = (await quality.run(run))?.records ?? 0
  const name = `${rules.checks.length} checks, ${patients} patients, ${records} records`
  return [figure(name, ms / 1000, 's'), figure(`${name}: rate`, perSecond(records, ms), 'records/s')]
}

async function storePatients(node: Node, from: number, to: number): Promise<void> {
  const items = Array.from({ length: to - from }, (_, i) => recordsOf(from + i)).flat()
  await node.vault.records.store({ items, finished: [] })
}

/** One in ten has no main diagnosis, one in fifty a temperature that cannot be. */
function recordsOf(n: number): StoreItem[] {
  const p = `p${n}`
  const subject = { reference: `Patient/${p}` }
  const encounter = { reference: `Encounter/e${n}` }
  const period = { start: '2026-03-01T08:00:00+08:00', end: '2026-03-08T08:00:00+08:00' }
  const diagnosis =
    n % 10 === 0 ? {} : { diagnosis: [{ rank: 1, condition: { reference: `Condition/c${n}` } }] }
  const icd = { system: 'http://hl7.org/fhir/sid/icd-10', code: 'K74.6' }
  const observations = Array.from({ length: OBSERVATIONS }, (_, i) => ({
    resourceType: 'Observation',
    id: `o${n}-${i}`,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: i % 2 === 0 ? '8310-5' : '8867-4' }] },
    valueQuantity: {
      value: i % 2 === 0 ? (n % 50 === 0 ? 98 : 36.5) : 72,
      system: 'http://unitsofmeasure.org',
      code: i % 2 === 0 ? 'Cel' : '/min',
    },
    effectiveDateTime: '2026-03-02T08:00:00+08:00',
    subject,
    encounter,
  }))
  const identifier = [{ system: 'urn:bench', value: String(n) }]
  const resources = [
    { resourceType: 'Patient', id: p, gender: 'female', birthDate: '1980-01-01', identifier },
    {
      resourceType: 'Encounter',
      id: `e${n}`,
      class: { code: 'IMP' },
      identifier,
      subject,
      period,
      ...diagnosis,
    },
    { resourceType: 'Condition', id: `c${n}`, code: { coding: [icd], text: '肝硬化' }, subject, encounter },
    ...observations,
  ]
  return resources.map((resource) => itemOf(resource, p))
}

function itemOf(
  resource: { readonly resourceType: string; readonly id: string },
  patientId: string,
): StoreItem {
  const { resourceType, id } = resource
  const target = [{ reference: `${resourceType}/${id}` }]
  return {
    deliveryId: null,
    type: resourceType,
    id,
    operation: 'upsert',
    text: canonicalTextOf(resource),
    provenance: canonicalTextOf({ resourceType: 'Provenance', recorded: '2026-03-02T00:00:00Z', target }),
    patientId,
    source: 'bench',
    captureMethod: 'interface',
    careStage: 'inpatient',
    times: { received: '2026-03-02T00:00:00.000Z' },
    search: [],
  }
}
