/**
 * Builds the Provenance that is sealed with every record version: which source and message it came from, who wrote it, which
 * equipment measured it, how the value was captured, by which map and standards it was converted (`policy`), and the times.
 */
import type { CanonicalText } from '@meridian/protocol'
import type { Received } from '../connect/received.ts'
import type { CaptureMethod } from '../connect/source.ts'
import { type FhirObject, type WrittenText, writeFhirJson, writtenOnce } from './fhir-json.ts'
import type { RecordTimes, StandardiseTools } from './standardised.ts'

/** Staff, organisations, places and equipment are reference data: named by identifier and display inside the record. */
export interface NamedReference extends FhirObject {
  readonly type: string
  readonly identifier?: FhirObject
  readonly display?: string
}

/** A participant; `role` is a code of `provenance-participant-type`. */
export interface ProvenanceAgent {
  readonly role: 'author' | 'enterer' | 'verifier' | 'performer' | 'informant' | 'attester' | 'custodian'
  readonly who: NamedReference
  readonly onBehalfOf?: NamedReference
}

/** The conversion in force: its id and version go into the Provenance, so that a result can be traced to its map. */
export interface MapVersion {
  readonly id: string
  readonly version: string
}

/** What the Provenances of one item have in common. */
export interface ItemFacts {
  readonly received: Received
  readonly map: MapVersion
  /** Standards beside FHIR R4 the content is written in, as canonical uris. */
  readonly standards?: readonly string[]
  /** The sending system, when the item names it (MSH-3). */
  readonly sourceSystem?: NamedReference
  /** Who answers for the whole item (EVN-5, MSH-4). */
  readonly itemAgents?: readonly ProvenanceAgent[]
  /** A code of v3-DataOperation. */
  readonly activity?: 'CREATE' | 'UPDATE' | 'DELETE' | 'CANCEL' | 'APPEND'
  /** The source's own word for what happened (`ADT^A01`). */
  readonly event?: string
  readonly reason?: FhirObject
}

/** What is true of one record of an item. */
export interface RecordFacts {
  readonly target: { readonly type: string; readonly id: string }
  readonly times: RecordTimes
  /** Doctors, nurses and devices the source names. */
  readonly agents?: readonly ProvenanceAgent[]
  /** How the value was captured when the item says it better than the source's configuration does. */
  readonly captureMethod?: CaptureMethod
  /** The record as its sender names it, when the stored one has an id of ours. */
  readonly sourceRecord?: NamedReference
}

/** Everything a Provenance says. */
export interface ProvenanceFacts extends ItemFacts, RecordFacts {}

/** Who assembles. */
type Assembler = Pick<StandardiseTools, 'organisationId'>

/** Prefix of the extensions and identifier systems that Meridian itself defines. */
export const meridianUri = 'urn:meridian'

const participantType = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type'
const dataOperation = 'http://terminology.hl7.org/CodeSystem/v3-DataOperation'
const fhirR4 = 'http://hl7.org/fhir/4.0'

/** The canonical text of the Provenance of one record. The same facts give the same bytes. */
export function buildProvenance(facts: ProvenanceFacts, tools: Assembler): CanonicalText {
  return openProvenance(facts, tools)(facts)
}

/** The same for the many records of one item: what they have in common is written once. */
export function openProvenance(item: ItemFacts, tools: Assembler): (record: RecordFacts) => CanonicalText {
  const activity = writtenOnce(activityOf(item))
  const shared = [...(item.itemAgents ?? []).map(agentOf), assembler(tools.organisationId)].map(writtenOnce)
  const entities = entitiesOf(item)
  const entity = writtenOnce(entities)
  const policy = writtenOnce(policiesOf(item))
  const reason = item.reason === undefined ? undefined : [item.reason]
  return ({ target, times, agents = [], captureMethod, sourceRecord }) =>
    writeFhirJson({
      activity,
      agent: [...agents.map(agentOf), ...shared],
      entity: sourceRecord === undefined ? entity : [...entities, { role: 'source', what: sourceRecord }],
      extension: extensionsOf(captureMethod ?? item.received.source.captureMethod, times),
      occurredDateTime: times.clinical,
      policy,
      reason,
      recorded: item.received.receivedTime,
      resourceType: 'Provenance',
      target: [{ reference: `${target.type}/${target.id}` }],
    })
}

function activityOf(item: ItemFacts): FhirObject {
  const coding = item.activity === undefined ? undefined : [{ code: item.activity, system: dataOperation }]
  return { coding, text: item.event }
}

// PERF: the few roles there are stand in every Provenance several times.
const roles = new Map<string, WrittenText>()

function roleOf(code: ProvenanceAgent['role'] | 'assembler'): WrittenText {
  const known = roles.get(code)
  if (known !== undefined) return known
  const made = writtenOnce({ coding: [{ code, system: participantType }] })
  roles.set(code, made)
  return made
}

function agentOf(agent: ProvenanceAgent): FhirObject {
  return { onBehalfOf: agent.onBehalfOf, type: roleOf(agent.role), who: agent.who }
}

/** Our node put the record together; the organisation answers for it. */
function assembler(organisationId: string): FhirObject {
  return {
    onBehalfOf: {
      identifier: { system: `${meridianUri}:organisation`, value: organisationId },
      type: 'Organization',
    },
    type: roleOf('assembler'),
    who: { identifier: { system: `${meridianUri}:node`, value: organisationId }, type: 'Device' },
  }
}

function entitiesOf(item: ItemFacts): FhirObject[] {
  const { source, controlId } = item.received
  const record = { system: `${meridianUri}:source:${encodeURIComponent(source.name)}`, value: controlId }
  const entities: FhirObject[] = [{ role: 'source', what: { display: item.event, identifier: record } }]
  if (item.sourceSystem !== undefined) entities.push({ role: 'source', what: item.sourceSystem })
  return entities
}

function extensionsOf(method: CaptureMethod, times: RecordTimes): FhirObject[] {
  return [
    { url: `${meridianUri}:extension:capture-method`, valueCode: method },
    ...(times.message === undefined
      ? []
      : [{ url: `${meridianUri}:extension:message-time`, valueDateTime: times.message }]),
  ]
}

/** What governed the conversion: our map with its version, and the standards it is written in. One uri is one element. */
function policiesOf(item: ItemFacts): string[] {
  const { map, standards = [] } = item
  return [
    `${meridianUri}:map:${encodeURIComponent(map.id)}:${encodeURIComponent(map.version)}`,
    fhirR4,
    ...standards,
  ]
}
