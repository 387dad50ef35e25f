/** Comments (NTE) as Annotation (v2-to-FHIR: NTE[Observation], NTE[ServiceRequest]). */
import { type Segment, text, wholeText } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import type { Conversion } from './conversion.ts'
import { practitioners } from './references.ts'
import { dateTime } from './time.ts'

/** The comments that say something; several repetitions of NTE-3 are its lines. */
export function notesOf(conversion: Conversion, ntes: readonly Segment[]): FhirObject[] {
  return ntes.map((nte) => noteOf(conversion, nte)).filter((note) => note !== undefined)
}

function noteOf(conversion: Conversion, nte: Segment): FhirObject | undefined {
  const raw = nte.fields[3] ?? ''
  const lines = raw.split(nte.encoding.repetition).map((line) => wholeText(line, nte.encoding))
  const written = lines.filter((line) => line !== undefined).join('\n')
  if (written === '') return undefined
  return {
    authorReference: practitioners(conversion, nte, 5)[0],
    text: written,
    time: text(nte, 6) === undefined ? undefined : dateTime(conversion, nte, 6),
  }
}
