/** Which kind of source a kind of file belongs to. */
import type { fileKindOf, Source } from '@meridian/gateway'

type FileKind = NonNullable<ReturnType<typeof fileKindOf>>

export const fileKinds: Readonly<Record<FileKind, Source['kind']>> = {
  hl7v2: 'hl7v2',
  'fhir-json': 'fhir',
  'fhir-ndjson': 'fhir',
  csv: 'csv',
}
