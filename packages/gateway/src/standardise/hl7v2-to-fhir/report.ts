/** The report that holds results together: OBR as DiagnosticReport (v2-to-FHIR: OBR[DiagnosticReport], ORC[DiagnosticReport]). */
import { repetitions, type Segment, text } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { concept, concepts } from './coded.ts'
import { badValue, type Conversion } from './conversion.ts'
import { type OrderSegments, resultIdentifiers } from './order.ts'
import { practitionerOf, practitionerOfNdl } from './references.ts'
import { dateTime, instant } from './time.ts'
import { reportStatuses } from './value-maps.ts'

/** What a report refers to. */
export interface ReportPlace {
  readonly id: string
  readonly subject: FhirObject
  readonly encounter: FhirObject | undefined
  readonly basedOn: FhirObject | undefined
  readonly results: readonly FhirObject[]
  readonly specimens: readonly FhirObject[]
}

/** The DiagnosticReport of an OBR. */
export function reportOf(
  conversion: Conversion,
  order: OrderSegments,
  obr: Segment,
  place: ReportPlace,
): FhirObject {
  return {
    basedOn: place.basedOn === undefined ? undefined : [place.basedOn],
    category: concepts(conversion, obr, 24, { table: '0074' }),
    code: concept(conversion, obr, 4) ?? missingCode(conversion, obr),
    ...effective(conversion, obr),
    encounter: place.encounter,
    id: place.id,
    identifier: resultIdentifiers(conversion, order),
    issued: instant(conversion, obr, 22),
    performer: [...people(conversion, obr, 34), ...people(conversion, obr, 35)],
    resourceType: 'DiagnosticReport',
    result: place.results,
    resultsInterpreter: people(conversion, obr, 32),
    specimen: place.specimens,
    status: statusOf(conversion, obr),
    subject: place.subject,
  }
}

/** When the results of an order are true: OBR-7. */
export function reportTime(conversion: Conversion, obr: Segment): string | undefined {
  return dateTime(conversion, obr, 7)
}

function effective(conversion: Conversion, obr: Segment): FhirObject {
  const start = dateTime(conversion, obr, 7)
  const end = dateTime(conversion, obr, 8)
  return end === undefined ? { effectiveDateTime: start } : { effectivePeriod: { end, start } }
}

// OBR-32, -34 and -35 are NDL (the person is its first component); systems before v2.3 wrote a person straight away.
function people(conversion: Conversion, obr: Segment, field: number): FhirObject[] {
  return repetitions(obr, field)
    .map((value) => {
      const plain =
        value.components[0]?.includes(value.encoding.subcomponent) === false && value.components.length > 1
      return plain && /\D/.test(value.components[1] ?? '')
        ? practitionerOf(value, conversion)
        : practitionerOfNdl(value, conversion)
    })
    .filter((person) => person !== undefined)
}

function missingCode(conversion: Conversion, obr: Segment): FhirObject {
  badValue(conversion, 'hl7v2.field-missing', obr, 4)
  return { text: 'unknown' }
}

function statusOf(conversion: Conversion, obr: Segment): string {
  const said = text(obr, 25)?.toUpperCase()
  if (said === undefined) return 'unknown'
  return reportStatuses[said] ?? badValue(conversion, 'hl7v2.code', obr, 25) ?? 'unknown'
}
