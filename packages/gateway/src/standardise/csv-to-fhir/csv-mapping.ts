/**
 * A CSV mapping: a versioned document that says how a source's tables are laid out and what records a row becomes. Everything a
 * clinic or hospital changes to join lies in it; no code of ours knows any table. Form: `meridian-csv-mapping/1`.
 */
import type { Bilingual } from '@meridian/standards'
import type { CsvLayout } from '../../connect/csv-layout.ts'

/** JSON as a template may hold it. Numbers are whole; a decimal comes from a cell, or from the text of `$decimal`. */
export type Template =
  | string
  | number
  | boolean
  | readonly Template[]
  | { readonly [member: string]: Template }

/** Which rows give a record: those where the column has a value, or one of some values. */
export interface RecordCondition {
  readonly column: string
  readonly in?: readonly string[]
}

/**
 * One record of a row. `name` is how other records of the row refer to it. `key` names what the record's id is made from:
 * columns, texts after `=`, and `@row` (the row's own key, or file and place). `template` is a FHIR resource with directives. In a mapping of
 * segments `@patient` and `@encounter` name the records of the message, as a part of a key and in `$reference`.
 */
export interface RecordRule {
  readonly name: string
  readonly type: string
  readonly key: readonly string[]
  readonly when?: RecordCondition
  readonly template: { readonly [member: string]: Template }
}

/** A measured column: becomes an Observation by the panel's template. */
export interface MeasurementRule {
  readonly column: string
  readonly code: { readonly system: string; readonly code: string; readonly display?: string }
  /** What it is called, for a reader. */
  readonly text: string
  /** The unit stated by the mapping (UCUM, or as a hospital writes it); a unit in the cell or in `unitColumn` comes first. */
  readonly unit?: string
  readonly unitColumn?: string
  /** UCUM unit to convert to (`Cel`). */
  readonly convertTo?: string
  readonly dimensionless?: boolean
  /** What an empty cell becomes: no record, or an Observation that says why there is no value (FHIR data-absent-reason). */
  readonly whenAbsent: 'omit' | 'unknown' | 'not-performed' | 'not-asked'
}

/** Many measured columns with one shape. `template` is the Observation without `code` and value. */
export interface PanelRule {
  readonly key: readonly string[]
  readonly template: { readonly [member: string]: Template }
  readonly measurements: readonly MeasurementRule[]
}

/** A whole mapping. */
export interface CsvMapping {
  readonly format: 'meridian-csv-mapping/1'
  readonly id: string
  /** Semantic version; a row keeps the version it was read by. */
  readonly version: string
  readonly title: Bilingual
  readonly layout: CsvLayout
  /** When the row happened to the patient, and when its source wrote it: columns read as date-times. */
  readonly times: { readonly clinical?: string; readonly message?: string }
  /** Tables of values: cell → value, used by `$code`. */
  readonly valueMaps: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly records: readonly RecordRule[]
  readonly panels: readonly PanelRule[]
}
