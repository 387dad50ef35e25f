/** Who wrote and what measured a record, read from the resource itself, so that its Provenance leads to doctor and equipment. */
import type { NamedReference, ProvenanceAgent } from './provenance.ts'

type Members = Readonly<Record<string, unknown>>

/** Elements of R4 resources that name a participant, with the role it has and the type it most likely is. */
const participants: readonly (readonly [element: string, role: ProvenanceAgent['role'], type: string])[] = [
  ['author', 'author', 'Practitioner'],
  ['recorder', 'enterer', 'Practitioner'],
  ['asserter', 'informant', 'Practitioner'],
  ['requester', 'author', 'Practitioner'],
  ['performer', 'performer', 'Practitioner'],
  ['resultsInterpreter', 'verifier', 'Practitioner'],
  ['device', 'performer', 'Device'],
]

/** The agents a resource names, in the order of the table; at most 20, for a list may be of any length. */
export function agentsOf(resource: Members): ProvenanceAgent[] {
  const agents: ProvenanceAgent[] = []
  for (const [element, role, type] of participants) {
    for (const value of listOf(resource[element])) {
      const who = whoOf(value, type)
      if (who !== undefined) agents.push({ role, who })
    }
  }
  return agents.slice(0, 20)
}

/** A Reference, or a backbone element that holds one in `actor` (Procedure.performer, Immunization.performer). */
function whoOf(value: unknown, fallbackType: string): NamedReference | undefined {
  if (!isMembers(value)) return undefined
  if (isMembers(value.actor)) return whoOf(value.actor, fallbackType)
  const { reference, display, identifier } = value
  const system =
    isMembers(identifier) && typeof identifier.system === 'string' ? identifier.system : undefined
  const number = isMembers(identifier) && typeof identifier.value === 'string' ? identifier.value : undefined
  if (typeof reference !== 'string' && typeof display !== 'string' && number === undefined) return undefined
  return {
    type: typeof value.type === 'string' ? value.type : (typeOf(reference) ?? fallbackType),
    ...(typeof reference === 'string' && !reference.startsWith('#') ? { reference } : {}),
    ...(number === undefined ? {} : { identifier: { system, value: number } }),
    ...(typeof display === 'string' ? { display } : {}),
  }
}

function typeOf(reference: unknown): string | undefined {
  return typeof reference === 'string'
    ? /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]+$/.exec(reference)?.[1]
    : undefined
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
