/** Parameters of an operation, from a query or from a Parameters resource (R4 §3.2.0.1). Only what the operations use is read. */
import { isRefusal, plainCopy, readCanonicalText } from '@meridian/protocol'

/** Values by name; `resource` only from a body. */
export interface OperationParameters {
  value(name: string): string | undefined
  /** A Coding, or the first coding of a CodeableConcept, under one of the two names. */
  readonly coding: Coding | undefined
  /** Every coding that was given, a CodeableConcept's in its order. */
  readonly codings: readonly Coding[]
}

/** A coding as it came. */
export interface Coding {
  readonly system?: string
  readonly version?: string
  readonly code?: string
  readonly display?: string
}

/** Those of a GET. */
export function parametersOfQuery(query: URLSearchParams): OperationParameters {
  return { value: (name) => query.get(name) ?? undefined, coding: undefined, codings: [] }
}

/** A question about a code is small. */
const limits = { maxBytes: 1_000_000, maxDepth: 32, maxMembers: 20_000 }

interface BodyParameter {
  readonly name?: unknown
  readonly valueCoding?: Coding
  readonly valueCodeableConcept?: { readonly coding?: readonly Coding[] }
}

/** Those of a POST; undefined when the body is no Parameters resource. */
export function parametersOfBody(body: Uint8Array): OperationParameters | undefined {
  const text = readCanonicalText(body, limits)
  if (isRefusal(text)) return undefined
  const json = (plainCopy(text) ?? {}) as { resourceType?: unknown; parameter?: unknown }
  if (json.resourceType !== 'Parameters' || !Array.isArray(json.parameter ?? [])) return undefined
  const values = new Map<string, string>()
  const codings: Coding[] = []
  for (const one of (json.parameter ?? []) as readonly (BodyParameter | null)[]) {
    if (one === null || typeof one !== 'object' || typeof one.name !== 'string') return undefined
    for (const given of [one.valueCoding, ...listOf(one.valueCodeableConcept?.coding)])
      codings.push(...(codingOf(given) ?? []))
    const given = Object.entries(one).find(([name]) => name.startsWith('value'))?.[1]
    if (given !== null && typeof given !== 'object' && given !== undefined)
      values.set(one.name, String(given))
  }
  return { value: (name) => values.get(name), coding: codings[0], codings }
}

const listOf = (value: unknown): readonly Coding[] => (Array.isArray(value) ? value : [])

function codingOf(from: Coding | undefined): readonly [Coding] | undefined {
  if (from === null || typeof from !== 'object') return undefined
  const text = (name: keyof Coding) => (typeof from[name] === 'string' ? { [name]: from[name] } : {})
  return [{ ...text('system'), ...text('version'), ...text('code'), ...text('display') }]
}
