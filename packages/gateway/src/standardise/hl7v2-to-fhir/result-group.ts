/** Finds the groups of an ORU by walking its segments once: patient, visit, orders with their results, specimens and notes. */
import type { Segment } from '../../connect/hl7v2/message.ts'

/** An OBX with the NTEs that follow it. */
export interface ResultSegments {
  readonly obx: Segment
  readonly notes: Segment[]
}

/** A specimen with results of its own (of v2.5 and later). */
export interface SpecimenSegments {
  readonly spm: Segment
  readonly results: ResultSegments[]
}

/** One ORC/OBR with everything under it. */
export interface OrderGroup {
  readonly orc?: Segment
  readonly obr: Segment
  readonly notes: Segment[]
  readonly results: ResultSegments[]
  readonly specimens: SpecimenSegments[]
}

/** One PID with everything under it. */
export interface PatientGroup {
  readonly pid: Segment
  pv1?: Segment
  readonly results: ResultSegments[]
  readonly orders: OrderGroup[]
}

/** Walks the segments. Those before the first PID and those this conversion does not read are passed over. */
export function patientGroups(segments: readonly Segment[]): PatientGroup[] {
  const groups: PatientGroup[] = []
  let orc: Segment | undefined
  let notes: Segment[] | undefined
  for (const segment of segments) {
    const group = groups[groups.length - 1]
    if (segment.name === 'PID') {
      groups.push({ pid: segment, results: [], orders: [] })
      orc = notes = undefined
    } else if (group === undefined) continue
    else if (segment.name === 'PV1') group.pv1 ??= segment
    else if (segment.name === 'ORC') orc = segment
    else if (segment.name === 'OBR') {
      const order = {
        obr: segment,
        notes: [],
        results: [],
        specimens: [],
        ...(orc === undefined ? {} : { orc }),
      }
      group.orders.push(order)
      notes = order.notes
      orc = undefined
    } else if (segment.name === 'SPM') {
      group.orders[group.orders.length - 1]?.specimens.push({ spm: segment, results: [] })
      notes = undefined
    } else if (segment.name === 'OBX') notes = addResult(group, segment)
    else if (segment.name === 'NTE') notes?.push(segment)
  }
  return groups
}

// An OBX belongs to the specimen before it, else to the order, else to the patient.
function addResult(group: PatientGroup, obx: Segment): Segment[] {
  const order = group.orders[group.orders.length - 1]
  const specimen = order?.specimens[order.specimens.length - 1]
  const result = { obx, notes: [] }
  ;(specimen ?? order ?? group).results.push(result)
  return result.notes
}
