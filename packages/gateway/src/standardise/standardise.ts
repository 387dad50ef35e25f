/** The room `standardise`: picks the conversion for what arrived. Pure; a conversion that breaks refuses its item only. */
import type { Received, ReceivedForm } from '../connect/received.ts'
import { type RoomRefusal, refuseIn } from '../room-refusal.ts'
import { csvRowToFhir } from './csv-to-fhir/csv-row-to-fhir.ts'
import { standardiseFhir } from './fhir/standardise-fhir.ts'
import { hl7v2ToFhir } from './hl7v2-to-fhir/hl7v2-to-fhir.ts'
import type { Standardise, Standardised, StandardiseTools } from './standardised.ts'

const conversions: Readonly<Record<ReceivedForm, Standardise>> = {
  hl7v2: hl7v2ToFhir,
  fhir: standardiseFhir,
  'csv-row': csvRowToFhir,
}

/** Stage 2. */
export function standardise(received: Received, tools: StandardiseTools): Standardised | RoomRefusal {
  const convert = conversions[received.form]
  if (convert === undefined) return refuseIn('standardise', 'standardise.form-unknown')
  try {
    return convert(received, tools)
  } catch {
    // A bug of ours on one item must not stop the hospital's queue; the item waits in quarantine with its bytes.
    return refuseIn('standardise', 'standardise.unexpected')
  }
}
