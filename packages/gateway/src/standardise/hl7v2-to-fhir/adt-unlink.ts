/** ADT^A37: two patient numbers are no longer one patient; undoes an A40 (v2.8 §3.3.37: two PIDs, no MRG). */
import { segmentsNamed } from '../../connect/hl7v2/message.ts'
import { type Conversion, cannot, placeOf } from './conversion.ts'
import { identifiers } from './identifiers.ts'
import { patientSubject } from './patient.ts'
import type { Draft } from './records.ts'

/** Both patients of the message, each to be taken apart from the other, whichever of them was merged away. */
export function unlinkDrafts(conversion: Conversion): Draft[] {
  const pids = segmentsNamed(conversion.message, 'PID')
  const [first, second] = pids
  if (first === undefined || second === undefined) {
    cannot(conversion, 'hl7v2.segment-missing', 'PID')
    return []
  }
  if (pids.length > 2) cannot(conversion, 'hl7v2.unlink-pair', placeOf(conversion, second, 3))
  const [one, other] = [patientSubject(conversion, first), patientSubject(conversion, second)]
  if (one === undefined || other === undefined) return []
  if (one.id === other.id) cannot(conversion, 'hl7v2.merge-self', placeOf(conversion, second, 3))
  const draft = (id: string, pid: typeof first, from: string): Draft => ({
    resource: { id, identifier: identifiers(conversion, pid, 3), resourceType: 'Patient' },
    patientId: id,
    existing: { rule: 'unlink', from: `Patient/${from}` },
  })
  return [draft(one.id, first, other.id), draft(other.id, second, one.id)]
}
