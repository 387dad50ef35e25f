/** Turns the resources of a message into records: each with its canonical text, its Provenance and its times. */
import { composite, firstNamed, text } from '../../connect/hl7v2/message.ts'
import type { CaptureMethod } from '../../connect/source.ts'
import { type FhirObject, writeFhirJson } from '../fhir-json.ts'
import { type ItemFacts, openProvenance, type ProvenanceAgent } from '../provenance.ts'
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

/** The version of every conversion of this folder; it changes whenever the same message would give other bytes. */
const mapVersion = '1.0.0'
const hl7Maps = 'http://hl7.org/fhir/uv/v2mappings'

/** Writes the drafts of one message. */
export function recordsOf(
  conversion: Conversion,
  drafts: readonly Draft[],
  facts: Pick<ItemFacts, 'activity' | 'reason'> = {},
): MessageRecord[] {
  const provenanceOf = openProvenance({ ...messageFacts(conversion), ...facts }, conversion.tools)
  return drafts.map((draft) => {
    const { resource, patientId, agents = [], captureMethod, existing } = draft
    const target = { type: resource.resourceType as string, id: resource.id as string }
    const times = timesOf(conversion, draft.clinical)
    const method = captureMethod === undefined ? {} : { captureMethod }
    return {
      ...target,
      text: writeFhirJson(resource),
      provenance: provenanceOf({ target, times, agents, ...method }),
      patientId,
      operation: 'upsert',
      times,
      ...(existing === undefined ? {} : { existing }),
    }
  })
}

function messageFacts(conversion: Conversion): ItemFacts {
  const { message, received } = conversion
  const { code, event } = message.type
  const sourceSystem = namedByHd('Device', composite(message.header, 3), conversion)
  const version = text(message.header, 12)
  return {
    received,
    map: { id: `hl7v2-${code.toLowerCase()}-${event.toLowerCase()}`, version: mapVersion },
    standards: [hl7Maps, ...(version === undefined ? [] : [`urn:hl7-org:v2:${encodeURIComponent(version)}`])],
    event: `${code}^${event}`,
    itemAgents: operators(conversion),
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
