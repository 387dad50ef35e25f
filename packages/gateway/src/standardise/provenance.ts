/**
 * Builds the Provenance that is sealed with every record version: which source and message it came from, who wrote it, which
 * equipment measured it, how the value was captured, by which map and standards it was converted (`policy`), and the times.
 */
import type { CanonicalText } from '@meridian/protocol'
import type { Received } from '../connect/received.ts'
import type { CaptureMethod } from '../connect/source.ts'
import { type FhirObject, writeFhirJson } from './fhir-json.ts'
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

/** Everything a Provenance says. `activity` is a code of v3-DataOperation; `event` the source's own word (`ADT^A01`). */
export interface ProvenanceFacts {
  readonly target: { readonly type: string; readonly id: string }
  readonly received: Received
  readonly times: RecordTimes
  readonly map: MapVersion
  /** Standards beside FHIR R4 the content is written in, as canonical uris. */
  readonly standards?: readonly string[]
  /** Doctors, nurses and devices the source names. */
  readonly agents?: readonly ProvenanceAgent[]
  /** The sending system, when the item names it (MSH-3). */
  readonly sourceSystem?: NamedReference
  /** The record as its sender names it, when the stored one has an id of ours. */
  readonly sourceRecord?: NamedReference
  /** How the value was captured when the item says it better than the source's configuration does. */
  readonly captureMethod?: CaptureMethod
  readonly activity?: 'CREATE' | 'UPDATE' | 'DELETE' | 'CANCEL' | 'APPEND'
  readonly event?: string
  readonly reason?: FhirObject
}

/** Prefix of the extensions and identifier systems that Meridian itself defines. */
export const meridianUri = 'urn:meridian'

const participantType = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type'
const dataOperation = 'http://terminology.hl7.org/CodeSystem/v3-DataOperation'
const fhirR4 = 'http://hl7.org/fhir/4.0'

/** The canonical text of the Provenance of one record. The same facts give the same bytes. */
export function buildProvenance(
  facts: ProvenanceFacts,
  tools: Pick<StandardiseTools, 'organisationId'>,
): CanonicalText {
  const { received, times, target } = facts
  return writeFhirJson({
    activity: activityOf(facts),
    agent: [...(facts.agents ?? []).map(agentOf), assembler(tools.organisationId)],
    entity: entitiesOf(facts),
    extension: extensionsOf(facts),
    occurredDateTime: times.clinical,
    policy: policiesOf(facts),
    reason: facts.reason === undefined ? undefined : [facts.reason],
    recorded: received.receivedTime,
    resourceType: 'Provenance',
    target: [{ reference: `${target.type}/${target.id}` }],
  })
}

function activityOf(facts: ProvenanceFacts): FhirObject {
  const coding = facts.activity === undefined ? undefined : [{ code: facts.activity, system: dataOperation }]
  return { coding, text: facts.event }
}

function roleOf(code: string): FhirObject {
  return { coding: [{ code, system: participantType }] }
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

function entitiesOf(facts: ProvenanceFacts): FhirObject[] {
  const { source, controlId } = facts.received
  const record = { system: `${meridianUri}:source:${encodeURIComponent(source.name)}`, value: controlId }
  const entities: FhirObject[] = [{ role: 'source', what: { display: facts.event, identifier: record } }]
  if (facts.sourceSystem !== undefined) entities.push({ role: 'source', what: facts.sourceSystem })
  if (facts.sourceRecord !== undefined) entities.push({ role: 'source', what: facts.sourceRecord })
  return entities
}

function extensionsOf(facts: ProvenanceFacts): FhirObject[] {
  const { received, times } = facts
  const method = facts.captureMethod ?? received.source.captureMethod
  return [
    { url: `${meridianUri}:extension:capture-method`, valueCode: method },
    ...(times.message === undefined
      ? []
      : [{ url: `${meridianUri}:extension:message-time`, valueDateTime: times.message }]),
  ]
}

/** What governed the conversion: our map with its version, and the standards it is written in. One uri is one element. */
function policiesOf(facts: ProvenanceFacts): string[] {
  const { map, standards = [] } = facts
  return [
    `${meridianUri}:map:${encodeURIComponent(map.id)}:${encodeURIComponent(map.version)}`,
    fhirR4,
    ...standards,
  ]
}
