/** A rule set of data quality: declarative checks, each of one type, with what it counts and how many failures it tolerates. */
import type { Bilingual } from '../finding.ts'
import type { CheckType } from './check-types.ts'

/** A condition on a record: the value at `path` starts with one of `prefixes`, or is there at all when none are given. */
export interface QualityCondition {
  readonly path: string
  readonly prefixes?: readonly string[]
  /** Only codings of this system count. */
  readonly system?: string
}

/**
 * One check. Numerator: what fails. Denominator: records of `resource` that meet every `where` (and have the value, where the
 * type judges a value), or persons, as the check type says. Paths: see `read-path.ts`; several are alternatives.
 */
export interface QualityCheck {
  /** Stable; results of different runs are compared by it. */
  readonly id: string
  readonly type: CheckType
  readonly titles: Bilingual
  /** How to mend it at the source. */
  readonly hint: Bilingual
  readonly resource: string
  readonly where?: readonly QualityCondition[]
  readonly paths?: readonly string[]
  /** Share of failures tolerated, 0 to 100. */
  readonly threshold: number
  /** A figure of the platform that this check is the numerator and denominator of (`mainDxMissingRate`). */
  readonly kpi?: string
  /** `cdmDatatype`: the FHIR primitive. */
  readonly datatype?: string
  /** `isForeignKey`: the type that must be there. */
  readonly target?: string
  /** `fkDomain`, `isStandardValidConcept`, `standardConceptRecordCompleteness`, `sourceValueCompleteness`: systems. */
  readonly systems?: readonly string[]
  /** `fkClass`, `plausibleGenderUseDescendants`: starts of codes; `plausibleGender`: whole codes. */
  readonly codes?: readonly string[]
  /** `isStandardValidConcept`: the form of a code where the system's release is not at hand. */
  readonly form?: string
  /** `plausibleValueLow`, `plausibleValueHigh`: the bound, in `unit` (UCUM) where that is given. */
  readonly bound?: number
  readonly unit?: string
  /** `plausibleUnitConceptIds`: the units (UCUM) allowed. */
  readonly units?: readonly string[]
  /** `plausibleTemporalAfter`, `plausibleStartBeforeEnd`: where the other date stands. */
  readonly other?: readonly string[]
  readonly sex?: 'male' | 'female'
}

/** The content of an artefact of the kind `quality-rules`, form `quality-rules.json`. */
export interface QualityRules {
  readonly format: 'meridian-quality-rules/1'
  readonly id: string
  readonly version: string
  readonly checks: readonly QualityCheck[]
}
