/** A FHIR R4 ConceptMap as rows. What R4 cannot say (groups, priorities, rules) is one group in the order of the targets. */
import { type Equivalence, equivalences, type MapRow } from '../concept-map.ts'

/** What was read. A map between several systems is several maps: the first group's systems are taken, and the others counted. */
export interface FhirMap {
  readonly source: string
  readonly target: string
  readonly rows: readonly MapRow[]
  readonly otherGroups: number
}

interface Group {
  readonly source?: string
  readonly target?: string
  readonly element?: readonly { code?: string; target?: readonly Target[] }[]
}

interface Target {
  readonly code?: string
  readonly display?: string
  readonly equivalence?: string
  readonly comment?: string
}

/** Undefined when it is no ConceptMap with a group that names both systems. `resource` is plain JSON. */
export function readFhirConceptMap(resource: unknown): FhirMap | undefined {
  const { resourceType, group } = (resource ?? {}) as { resourceType?: unknown; group?: readonly Group[] }
  if (resourceType !== 'ConceptMap' || !Array.isArray(group)) return undefined
  const [first, ...others] = group as readonly Group[]
  if (typeof first?.source !== 'string' || typeof first.target !== 'string') return undefined
  const rows = (first.element ?? []).flatMap(({ code, target = [] }) =>
    typeof code === 'string' ? (target.length === 0 ? [unmatched(code)] : target.map(rowOf(code))) : [],
  )
  return { source: first.source, target: first.target, rows, otherGroups: others.length }
}

const always = { group: 1, rule: { when: 'always' }, ruleText: 'TRUE' } as const

function unmatched(code: string): MapRow {
  return { ...always, code, priority: 1, target: null, equivalence: 'unmatched' }
}

function rowOf(code: string): (target: Target, at: number) => MapRow {
  return ({ code: target, display, equivalence, comment }, at) => {
    const known = equivalences.find((one) => one === equivalence) as Equivalence | undefined
    return {
      ...always,
      code,
      priority: at + 1,
      target: known === 'unmatched' || target === undefined ? null : target,
      equivalence: known ?? 'relatedto',
      ...(typeof display === 'string' ? { display } : {}),
      ...(typeof comment === 'string' ? { advice: comment } : {}),
    }
  }
}
