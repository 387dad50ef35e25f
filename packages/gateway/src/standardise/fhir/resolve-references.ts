/** Resolves the references of an item's records: between its entries, to the sender's other records, and by condition. */
import type { CanonicalText } from '@meridian/protocol'
import type { Received } from '../../connect/received.ts'
import { type RoomRefusal, refuseIn } from '../../room-refusal.ts'
import { matchesOf } from './conditions.ts'
import { foreign } from './plan-entry.ts'
import type { Plan, PlannedRecord } from './planned-record.ts'
import type { RecordIdentity } from './record-identity.ts'
import { isPlaceholder, rewritePlaceholders, rewriteReferences } from './reference-edit.ts'
import { readAddress, readCondition, withoutVersion } from './sender-urls.ts'

/** What resolving knows. */
export interface Resolving {
  readonly plan: Plan
  readonly received: Received
  readonly identity: RecordIdentity
  /** Full url → `Type/id` of ours. */
  readonly targets: ReadonlyMap<string, string>
}

/** Where every full url of the plan leads. The last version of a record in a collection has the same address as the first. */
export function targetsOf(plan: Plan): ReadonlyMap<string, string> {
  const targets = new Map<string, string>()
  for (const { fullUrl, type, id } of [...plan.records, ...plan.known]) {
    if (fullUrl !== undefined && fullUrl !== '') targets.set(fullUrl, `${type}/${id}`)
  }
  return targets
}

/** The record's text with references of ours, or the first reference that cannot be resolved. */
export function resolveReferences(record: PlannedRecord, resolving: Resolving): CanonicalText | RoomRefusal {
  if (record.keepReferences === true || record.operation === 'delete') return record.text
  let refusal: RoomRefusal | undefined
  const rewrite = (reference: string): string | undefined => {
    const resolved = resolve(reference, record, resolving)
    if (typeof resolved !== 'object') return resolved
    refusal ??= resolved
    return undefined
  }
  const edited = rewriteReferences(record.text, rewrite)
  const text = rewritePlaceholders(edited, (uri) => resolving.targets.get(uri))
  return refusal ?? text
}

function resolve(
  reference: string,
  record: PlannedRecord,
  resolving: Resolving,
): string | RoomRefusal | undefined {
  if (reference.startsWith('#')) return undefined
  const [url = '', fragment] = reference.split('#', 2)
  const target =
    resolving.targets.get(url) ??
    resolving.targets.get(withoutVersion(url)) ??
    fromBase(url, record, resolving)
  if (target !== undefined) return fragment === undefined ? target : `${target}#${fragment}`
  if (isPlaceholder(url)) {
    return resolving.plan.closed ? refuse('fhir.reference.placeholder', record) : undefined
  }
  const condition = readCondition(url)
  return condition === undefined ? undefined : resolveCondition(url, condition, record, resolving)
}

// A relative reference belongs to the base of the entry it stands in (FHIR R4 Bundle, Resolving references in Bundles).
function fromBase(
  url: string,
  record: PlannedRecord,
  { plan, targets, identity }: Resolving,
): string | undefined {
  const address = readAddress(url)
  if (address === undefined) return undefined
  if (address.base !== undefined) return undefined
  const base = record.base ?? plan.homeBase
  const inside = base === undefined ? undefined : targets.get(withoutVersion(`${base}/${url}`))
  if (inside !== undefined) return inside
  if (identity.idsAreOurs) return undefined
  const { type, id } = address
  return `${type}/${identity.ofSender(type, id, foreign(base, plan))}`
}

function resolveCondition(
  url: string,
  condition: { readonly type: string; readonly query: string },
  record: PlannedRecord,
  { received, identity }: Resolving,
): string | RoomRefusal {
  const { type, query } = condition
  const matches = matchesOf(received, url)
  if (matches === undefined) {
    return identity.idsAreOurs
      ? refuse('fhir.reference.condition', record)
      : `${type}/${identity.ofCondition(type, query)}`
  }
  if (matches.length !== 1) return refuse('fhir.reference.condition', record)
  return `${type}/${matches[0]}`
}

function refuse(code: string, record: PlannedRecord): RoomRefusal {
  return refuseIn('standardise', code, { place: record.place, detail: {} })
}
