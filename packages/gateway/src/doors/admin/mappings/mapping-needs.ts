/** What the mapping workbench needs of the node. */

import type { CsvMapping } from '../../../standardise/csv-to-fhir/csv-mapping.ts'
import type { MappingProblem } from '../../../standardise/csv-to-fhir/mapping-shape.ts'
import type { MappingPreview } from '../../../workbench/preview-mapping.ts'

/** A mapping that is known. `isOwn`: it lies in this institution's home and not with the program. */
export interface KnownMapping {
  readonly mapping: CsvMapping
  readonly isOwn: boolean
}

/** Mappings: listed, tried, kept. */
export interface MappingsNeed {
  list(): readonly KnownMapping[]
  /** A plain JSON document, or its mistakes. */
  read(document: unknown): CsvMapping | { readonly problems: readonly MappingProblem[] }
  /** Tries it on a file; nothing is stored. */
  preview(mapping: CsvMapping, sample: Uint8Array, profile: string): Promise<MappingPreview>
  /** Keeps a new version for intake. `taken` when this id and version exist with another content. */
  keep(mapping: CsvMapping): 'kept' | 'taken'
}
