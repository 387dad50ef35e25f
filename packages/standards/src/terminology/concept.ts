/** What a terminology holds: concepts, and releases of code systems. Plain values; texts in any language. */
import type { Bilingual } from '../finding.ts'

/** What a designation is for. `preferred` is the one shown in its language; `former` names are found but never shown. */
export type DesignationUse = 'preferred' | 'synonym' | 'abbreviation' | 'fully-specified' | 'former'

/** A text for a concept in one language (BCP 47). */
export interface Designation {
  readonly language: string
  readonly value: string
  readonly use: DesignationUse
}

/** A property of a concept, as FHIR's `CodeSystem.concept.property`. */
export interface ConceptProperty {
  readonly code: string
  readonly value: string | number | boolean
}

/** One concept of a release. `parents` are codes of the same release; several make a poly-hierarchy. */
export interface Concept {
  readonly code: string
  /** In the language of the release. */
  readonly display: string
  readonly designations?: readonly Designation[]
  readonly properties?: readonly ConceptProperty[]
  readonly parents?: readonly string[]
  readonly definition?: string
  /** Left out: active. */
  readonly inactive?: true
  /** Only groups others: never a value itself. */
  readonly abstract?: true
  /** The days (YYYY-MM-DD) from and to which the code may be used; both included. */
  readonly from?: string
  readonly to?: string
}

/** What is known of one release of a code system before its concepts are read. */
export interface ReleaseHead {
  readonly system: string
  readonly version: string
  readonly titles: Bilingual
  /** The language of `display`. */
  readonly language: string
  /** From and to which day (YYYY-MM-DD) the release is the one in force. */
  readonly from?: string
  readonly to?: string
  /** Part of the system only, as FHIR's `fragment`: an unknown code may still be one. */
  readonly fragment?: true
  readonly licence: string
}

/** A release that is there. `origin`: shipped with Meridian, or imported here. */
export interface Release extends ReleaseHead {
  readonly concepts: number
  /** Some of its codes may be used on some days only. */
  readonly dated?: true
  readonly origin: 'shipped' | 'imported'
  readonly importedTime?: string
}
