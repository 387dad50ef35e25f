/** Turns the resources of a message into records: each with its canonical text, its Provenance and its times. */
import { composite, firstNamed, text } from '../../connect/hl7v2/message.ts'
import type { CaptureMethod } from '../../connect/source.ts'
import { type FhirObject, writeFhirJson } from '../fhir-json.ts'
import { buildProvenance, type ProvenanceAgent, type ProvenanceFacts } from '../provenance.ts'
import { type Conversion, timesOf } from './conversion.ts'
import type { ExistingRule, MessageRecord } from './existing-rule.ts'
import { namedByHd, organisation, practitioners } from './references.ts'

/** One resource of a message on its way to a record. */
export interface Draft {
  readonly resource: FhirObject
  readonly patientId: string
  readonly clinical?: string | undefined
  readonly agents?: readonly ProvenanceAgent[]
  readonly captureMethod?: CaptureMethod | undefined
  readonly existing?: ExistingRule
}

/** What every Provenance of a message has in common. */
type MessageFacts = Pick<
  ProvenanceFacts,
  'received' | 'map' | 'standards' | 'sourceSystem' | 'event' | 'activity' | 'reason'
>

/** The version of every conversion of this folder; it changes whenever the same message would give other bytes. */
const mapVersion = '1.0.0'
const hl7Maps = 'http://hl7.org/fhir/uv/v2mappings'

/** Writes the drafts of one message. `shared` are agents that answer for all of it (EVN-5). */
export function recordsOf(
  conversion: Conversion,
  drafts: readonly Draft[],
  facts: Pick<ProvenanceFacts, 'activity' | 'reason'> = {},
): MessageRecord[] {
  const common = { ...messageFacts(conversion), ...facts }
  const shared = operators(conversion)
  return drafts.map((draft) => recordOf(conversion, draft, common, shared))
}

function recordOf(
  conversion: Conversion,
  draft: Draft,
  common: MessageFacts,
  shared: readonly ProvenanceAgent[],
): MessageRecord {
  const type = draft.resource.resourceType as string
  const id = draft.resource.id as string
  const times = timesOf(conversion, draft.clinical)
  const agents = [...(draft.agents ?? []), ...shared]
  const method = draft.captureMethod === undefined ? {} : { captureMethod: draft.captureMethod }
  return {
    type,
    id,
    text: writeFhirJson(draft.resource),
    provenance: buildProvenance(
      { ...common, ...method, target: { type, id }, times, agents },
      conversion.tools,
    ),
    patientId: draft.patientId,
    operation: 'upsert',
    times,
    ...(draft.existing === undefined ? {} : { existing: draft.existing }),
  }
}

function messageFacts(conversion: Conversion): MessageFacts {
  const { message, received } = conversion
  const { code, event } = message.type
  const sourceSystem = namedByHd('Device', composite(message.header, 3), conversion)
  const version = text(message.header, 12)
  return {
    received,
    map: { id: `hl7v2-${code.toLowerCase()}-${event.toLowerCase()}`, version: mapVersion },
    standards: [hl7Maps, ...(version === undefined ? [] : [`urn:hl7-org:v2:${encodeURIComponent(version)}`])],
    event: `${code}^${event}`,
    ...(sourceSystem === undefined ? {} : { sourceSystem }),
  }
}

/** EVN-5 entered it; the sending facility is the author of the message (v2-to-FHIR: EVN[Provenance], MSH[Provenance-Source]). */
function operators(conversion: Conversion): ProvenanceAgent[] {
  const { message } = conversion
  const people = practitioners(conversion, firstNamed(message, 'EVN'), 5)
  const facility =
    organisation(conversion, message.header, 22) ??
    namedByHd('Organization', composite(message.header, 4), conversion)
  return [
    ...people.map((who): ProvenanceAgent => ({ role: 'enterer', who })),
    ...(facility === undefined ? [] : [{ role: 'author' as const, who: facility }]),
  ]
}
