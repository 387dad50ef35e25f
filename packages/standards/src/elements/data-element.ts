/** The data element of WS/T 303 as this product holds it, and a data set that asks for elements. */
import type { Bilingual } from '../finding.ts'

/** S1 free text, S2 enumerated text, S3 coded text, L Boolean, N number, D date, DT date and time, T time, BY binary. */
export const dataTypes = ['S1', 'S2', 'S3', 'L', 'N', 'D', 'DT', 'T', 'BY'] as const

/** One of the types of WS/T 303. */
export type DataType = (typeof dataTypes)[number]

/** One data element. `id` is a DE number of the national catalogue, verbatim, or `MER.*`. */
export interface DataElement {
  readonly id: string
  readonly standard: string
  readonly names: Bilingual
  readonly definition: Bilingual
  readonly type: DataType
  /** Format notation, `A..50`. */
  readonly format: string
  /** Id of the value domain of a coded element. */
  readonly valueSet?: string
  /** UCUM; a Quantity at the path is converted to it. */
  readonly unit?: string
  /** Bounds in `unit`, both included; decimal text. */
  readonly low?: string
  readonly high?: string
  /** Where it stands in FHIR; absent for what the system itself adds. */
  readonly fhirPath?: string
  /** Codes of the element and the FHIR codes that say the same, for `code` elements of FHIR. */
  readonly fhirCodes?: Readonly<Record<string, string>>
  /** A value that passes and one that fails; absent in imported tables, which bring none. */
  readonly sample?: { readonly ok: string; readonly failing: string }
}

/** M mandatory, O optional, C mandatory under a condition. */
export type Obligation = 'M' | 'O' | 'C'

/** An element in a data set. `when` is an element path: the condition holds where it leads to something. */
export interface DataSetElement {
  readonly id: string
  readonly obligation: Obligation
  readonly when?: string
  /** Codes of HL7's data-absent-reason that are accepted instead of a value. */
  readonly absent?: readonly string[]
}

/** A data set. An overlay names the set it changes, and holds only what differs in its jurisdiction. */
export interface DataSet {
  readonly id: string
  readonly titles: Bilingual
  readonly overlays?: string
  readonly elements: readonly DataSetElement[]
  /** Other formats for elements of the set. */
  readonly formats?: Readonly<Record<string, string>>
}

/** A value domain: its code system and codes. */
export interface ValueDomain {
  readonly id: string
  readonly system: string
  readonly titles: Bilingual
  readonly codes: readonly { readonly code: string; readonly zh: string; readonly en: string }[]
}

/** A catalogue as it stands in an artefact: the elements and the value domains they use. */
export interface ElementCatalogue {
  readonly elements: readonly DataElement[]
  readonly domains: readonly ValueDomain[]
}
