/** Doctors named by ROL and PRT (v2-to-FHIR: ROL[Patient-GeneralPractitioner], ROL[Encounter-PractitionerRole], PRT). */
import { type Hl7Message, type Segment, text } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { concept } from './coded.ts'
import { providerRoles } from './concept-tables.ts'
import type { Conversion } from './conversion.ts'
import { practitioners } from './references.ts'
import { dateTime } from './time.ts'

// Segments that may stand between an anchor and its roles.
const between = new Set(['PD1', 'PV2', 'ARV', 'OH1', 'OH2', 'OH3', 'OH4', 'ROL', 'PRT'])

/** The ROL and PRT segments that belong to the PID or the PV1. */
function rolesAfter(message: Hl7Message, anchor: 'PID' | 'PV1'): Segment[] {
  let current = ''
  return message.segments.filter((segment) => {
    if (!between.has(segment.name)) current = segment.name
    return current === anchor && (segment.name === 'ROL' || segment.name === 'PRT')
  })
}

/** The family doctors of the patient: role PP after the PID. */
export function generalPractitionerRoles(conversion: Conversion): FhirObject[] {
  return rolesAfter(conversion.message, 'PID').flatMap((segment) => {
    const isRole = segment.name === 'ROL'
    if (text(segment, isRole ? 3 : 4) !== 'PP') return []
    return practitioners(conversion, segment, isRole ? 4 : 5)
  })
}

/** The doctors of the visit: every ROL after the PV1. */
export function visitRoles(conversion: Conversion): FhirObject[] {
  return rolesAfter(conversion.message, 'PV1')
    .filter((segment) => segment.name === 'ROL')
    .flatMap((rol) => {
      const kind = concept(conversion, rol, 3, { table: '0443', map: providerRoles })
      const start = dateTime(conversion, rol, 5)
      const end = dateTime(conversion, rol, 6)
      return practitioners(conversion, rol, 4).map((individual) => ({
        individual,
        period: { end, start },
        type: kind === undefined ? [] : [kind],
      }))
    })
}
