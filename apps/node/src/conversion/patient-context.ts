/** What a map may ask about the patient of a record: age at the time of the finding, and sex. */
import { type CanonicalText, plainCopy, valueAt } from '@meridian/protocol'
import type { MapContext } from '@meridian/standards'
import { accessAll } from '@meridian/vault'
import type { Node } from '../wiring/node.ts'

interface Dated {
  readonly subject?: { readonly reference?: string }
  readonly patient?: { readonly reference?: string }
  readonly onsetDateTime?: string
  readonly effectiveDateTime?: string
  readonly recordedDate?: string
}

/** Empty for a record without a patient of ours. */
export async function patientContext(node: Node, resource: CanonicalText): Promise<MapContext> {
  const { subject, patient, onsetDateTime, effectiveDateTime, recordedDate } = plainCopy(resource) as Dated
  const [type, id] = ((subject ?? patient)?.reference ?? '').split('/')
  if (type !== 'Patient' || id === undefined) return {}
  const content = (await node.vault.records.read('Patient', id, accessAll))?.opened?.content
  const held = content === undefined ? undefined : valueAt(content, '/resource')
  if (held === undefined) return {}
  const { birthDate, gender } = plainCopy(held) as { birthDate?: string; gender?: string }
  const days = daysBetween(birthDate, onsetDateTime ?? effectiveDateTime ?? recordedDate)
  return {
    ...(gender === undefined ? {} : { sex: gender }),
    ...(days === undefined ? {} : { ageDays: days }),
  }
}

/** Whole days between two dates of which the days are known. */
function daysBetween(from: string | undefined, to: string | undefined): number | undefined {
  const [start, end] = [from, to].map((text) =>
    Date.parse(`${/^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0]}T00:00:00Z`),
  )
  const days = ((end ?? Number.NaN) - (start ?? Number.NaN)) / 86_400_000
  return Number.isFinite(days) && days >= 0 ? Math.floor(days) : undefined
}
