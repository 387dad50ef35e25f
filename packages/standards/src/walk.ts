/** The walk over one resource: where it is, what it has found, and what surrounds it. */
import { labelOf } from './element-labels.ts'
import type { Environment } from './fhirpath/functions.ts'
import type { Finding } from './finding.ts'
import { type FindingCode, findingOf, type Parameters } from './findings-catalogue.ts'

/** More findings than this help nobody; the rest is summed up by `r4.more-findings`. */
export const findingLimit = 100

/** What a check can see and where it writes. One per call, never kept. */
export interface Walk {
  readonly findings: Finding[]
  /** Member names and indexes from the root. */
  readonly path: (string | number)[]
  /** Findings not listed because of {@link findingLimit}. */
  more: number
  environment: Environment
  /** The number as written, by the object that holds it, where it differs from what `JSON.parse` shows. */
  readonly numbers?: WeakMap<object, Map<string, string>>
  /** Resources of the surrounding Bundle by fullUrl. */
  entries: ReadonlyMap<string, unknown> | undefined
  /** True where a reference to a missing entry refuses the Bundle (transaction, document, message). */
  mustResolve: boolean
  /** Ids of elements seen in this resource; made when the first is met. */
  elementIds: Set<string> | undefined
}

/** Starts a walk at a resource. */
export function startWalk(resource: unknown, numbers?: WeakMap<object, Map<string, string>>): Walk {
  return {
    findings: [],
    path: [],
    more: 0,
    environment: { resource, root: resource },
    entries: undefined,
    mustResolve: false,
    elementIds: undefined,
    ...(numbers === undefined ? {} : { numbers }),
  }
}

/** Notes a finding at the place where the walk is; `member` names one below it. */
export function report(
  walk: Walk,
  code: FindingCode,
  parameters: Parameters = {},
  member?: string | number,
): void {
  if (walk.findings.length >= findingLimit) {
    walk.more += 1
    return
  }
  const path = member === undefined ? walk.path : [...walk.path, member]
  walk.findings.push(findingOf(code, pathText(path), { element: labelOf(path), ...parameters }))
}

/** Ends a walk. */
export function findingsOf(walk: Walk): Finding[] {
  if (walk.more > 0) walk.findings.push(findingOf('r4.more-findings', '', { limit: findingLimit }))
  return walk.findings
}

/** `Patient.name[0].family` */
export function pathText(path: readonly (string | number)[]): string {
  let text = ''
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : text === '' ? part : `.${part}`
  return text
}
