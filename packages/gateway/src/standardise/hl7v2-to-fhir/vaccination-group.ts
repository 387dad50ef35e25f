/** Finds the orders of a VXU by walking its segments once: each ORC/RXA with its route and its observations. */
import type { Segment } from '../../connect/hl7v2/message.ts'
import type { ResultSegments } from './result-group.ts'

/** One vaccination: RXA, the ORC before it and what follows it. */
export interface VaccinationGroup {
  readonly rxa: Segment
  readonly orc?: Segment
  rxr?: Segment
  readonly results: ResultSegments[]
}

/** The vaccinations of a message, and the observations about the person that stand before them. */
export interface VaccinationSegments {
  readonly person: ResultSegments[]
  readonly vaccinations: VaccinationGroup[]
}

/** Walks the segments of a VXU^V04. */
export function vaccinationGroups(segments: readonly Segment[]): VaccinationSegments {
  const person: ResultSegments[] = []
  const vaccinations: VaccinationGroup[] = []
  let orc: Segment | undefined
  let notes: Segment[] | undefined
  for (const segment of segments) {
    const group = vaccinations[vaccinations.length - 1]
    if (segment.name === 'ORC') orc = segment
    else if (segment.name === 'RXA') {
      vaccinations.push({ rxa: segment, results: [], ...(orc === undefined ? {} : { orc }) })
      orc = notes = undefined
    } else if (segment.name === 'RXR' && group !== undefined) group.rxr ??= segment
    else if (segment.name === 'OBX') {
      const result = { obx: segment, notes: [] }
      ;(group?.results ?? person).push(result)
      notes = result.notes
    } else if (segment.name === 'NTE') notes?.push(segment)
  }
  return { person, vaccinations }
}
