/** VXU^V04: vaccinations given, refused or reported (v2-to-FHIR: Message VXU_V04). */
import type { Conversion } from './conversion.ts'
import type { Draft } from './records.ts'

/** The drafts of a VXU^V04. */
export function vxuDrafts(_conversion: Conversion): Draft[] {
  return []
}
