/**
 * FHIR to FHIR: the stored resource is the received one, its canonical text edited in id, meta and references only
 * (design: At the door), each record with a Provenance that names the sender's own id.
 */
import {
  type CanonicalText,
  canonicalTextOf,
  isRefusal,
  plainCopy,
  readCanonicalText,
  removeMember,
  setMember,
  valueAt,
} from '@meridian/protocol'
import type { Received } from '../../connect/received.ts'
import { isRoomRefusal, type RoomRefusal, refuseIn } from '../../room-refusal.ts'
import { buildProvenance, meridianUri, type NamedReference } from '../provenance.ts'
import { agentsOf } from '../record-agents.ts'
import {
  type Standardised,
  type StandardiseTools,
  type StandardRecord,
  standardisedOf,
} from '../standardised.ts'
import { planDeletion, planItem } from './plan-item.ts'
import type { Plan, PlannedRecord } from './planned-record.ts'
import { patientIdOf, timesOf } from './record-facts.ts'
import { identityFor } from './record-identity.ts'
import { type Resolving, resolveReferences, targetsOf } from './resolve-references.ts'

const map = { id: 'fhir-r4', version: '1' }

/** Stage 2 for FHIR R4 JSON. Refusals: `text.*` with line and column, `fhir.*` with the entry or element. */
export function standardiseFhir(received: Received, tools: StandardiseTools): Standardised | RoomRefusal {
  const plan = planDeletion(received) ?? planOf(received, tools)
  if (isRoomRefusal(plan)) return plan
  const resolving: Resolving = {
    plan,
    received,
    identity: identityFor(received, tools),
    targets: targetsOf(plan),
  }
  const records: StandardRecord[] = []
  for (const planned of plan.records) {
    const text = resolveReferences(planned, resolving)
    if (typeof text !== 'string') return text
    records.push(recordOf(planned, text, received, tools))
  }
  return standardisedOf(received, records)
}

function planOf(received: Received, tools: StandardiseTools): Plan | RoomRefusal {
  const text = readCanonicalText(received.bytes)
  if (!isRefusal(text)) return planItem(text, received, identityFor(received, tools))
  const { line, column } = text.detail
  const place = line === undefined ? {} : { place: `line ${line}, column ${column}` }
  return refuseIn('standardise', text.code, { ...place, detail: { ...text.detail } })
}

function recordOf(
  planned: PlannedRecord,
  resolved: CanonicalText,
  received: Received,
  tools: StandardiseTools,
): StandardRecord {
  const { type, id, operation } = planned
  const text = setMember(withoutSenderVersion(resolved), '', { name: 'id', value: canonicalTextOf(id) })
  const resource = plainCopy(resolved) as Record<string, unknown>
  const times = timesOf(resource, received.receivedTime, received.context.via !== 'rest')
  const patientId = patientIdOf({ ...resource, id })
  const provenance = buildProvenance(
    {
      target: { type, id },
      received,
      times,
      map,
      agents: agentsOf(resource),
      ...(planned.sourceId === undefined ? {} : { sourceRecord: senderRecord(planned.sourceId, received) }),
      ...(operation === 'delete' ? { activity: 'DELETE' as const } : {}),
    },
    tools,
  )
  return {
    type,
    id,
    text,
    provenance,
    operation,
    times,
    ...(patientId === undefined ? {} : { patientId }),
    ...(planned.expectVersion === undefined ? {} : { expectVersion: planned.expectVersion }),
  }
}

/** What the sender calls the record: the only place the original id is kept, since the stored one is ours. */
function senderRecord(sourceId: string, received: Received): NamedReference {
  const [type = '', value = ''] = sourceId.split('/', 2)
  const system = `${meridianUri}:source:${encodeURIComponent(received.source.name)}`
  return { type, identifier: { system, value } }
}

// The sender's counting and clock are not ours; left in, a mere new lastUpdated would make a new version of unchanged content.
function withoutSenderVersion(text: CanonicalText): CanonicalText {
  if (valueAt(text, '/meta')?.startsWith('{') !== true) return text
  const stripped = removeMember(removeMember(text, '/meta', 'versionId'), '/meta', 'lastUpdated')
  return valueAt(stripped, '/meta') === '{}' ? removeMember(stripped, '', 'meta') : stripped
}
