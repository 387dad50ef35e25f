/**
 * The check types of the OHDSI DataQualityDashboard (v2, CheckTypeDescriptions), carried over from tables and fields of OMOP to
 * FHIR resources and elements, in Kahn's three categories (doi:10.13063/2327-9214.1244). Two of them OHDSI has since retired.
 */

/** Kahn's categories. */
export type QualityCategory = 'conformance' | 'completeness' | 'plausibility'

/** What a check type is. `unit` is what its denominator counts. */
export interface CheckTypeFacts {
  readonly category: QualityCategory
  readonly subcategory?: 'relational' | 'value' | 'computational' | 'atemporal' | 'temporal'
  readonly unit: 'organisation' | 'person' | 'record' | 'distinct value'
  /** OHDSI no longer runs it; kept because rule sets written for it still name it. */
  readonly retired?: true
}

/** Every check type by its OHDSI name: 24 in force and two retired. */
export const checkTypes = {
  cdmTable: { category: 'conformance', subcategory: 'relational', unit: 'organisation' },
  measurePersonCompleteness: { category: 'completeness', unit: 'person' },
  measureConditionEraCompleteness: { category: 'completeness', unit: 'person' },
  cdmField: { category: 'conformance', subcategory: 'relational', unit: 'organisation' },
  isRequired: { category: 'conformance', subcategory: 'relational', unit: 'record' },
  cdmDatatype: { category: 'conformance', subcategory: 'value', unit: 'record' },
  isPrimaryKey: { category: 'conformance', subcategory: 'relational', unit: 'record' },
  isForeignKey: { category: 'conformance', subcategory: 'relational', unit: 'record' },
  fkDomain: { category: 'conformance', subcategory: 'value', unit: 'record' },
  fkClass: { category: 'conformance', subcategory: 'computational', unit: 'record' },
  isStandardValidConcept: { category: 'conformance', subcategory: 'value', unit: 'record' },
  measureValueCompleteness: { category: 'completeness', unit: 'record' },
  standardConceptRecordCompleteness: { category: 'completeness', unit: 'record' },
  sourceConceptRecordCompleteness: { category: 'completeness', unit: 'record' },
  sourceValueCompleteness: { category: 'completeness', unit: 'distinct value' },
  plausibleValueLow: { category: 'plausibility', subcategory: 'atemporal', unit: 'record' },
  plausibleValueHigh: { category: 'plausibility', subcategory: 'atemporal', unit: 'record' },
  plausibleTemporalAfter: {
    category: 'plausibility',
    subcategory: 'temporal',
    unit: 'record',
    retired: true,
  },
  plausibleDuringLife: { category: 'plausibility', subcategory: 'temporal', unit: 'record', retired: true },
  withinVisitDates: { category: 'plausibility', subcategory: 'temporal', unit: 'record' },
  plausibleAfterBirth: { category: 'plausibility', subcategory: 'temporal', unit: 'record' },
  plausibleBeforeDeath: { category: 'plausibility', subcategory: 'temporal', unit: 'record' },
  plausibleStartBeforeEnd: { category: 'plausibility', subcategory: 'temporal', unit: 'record' },
  plausibleGender: { category: 'plausibility', subcategory: 'atemporal', unit: 'record' },
  plausibleGenderUseDescendants: { category: 'plausibility', subcategory: 'atemporal', unit: 'record' },
  plausibleUnitConceptIds: { category: 'plausibility', subcategory: 'atemporal', unit: 'record' },
} as const satisfies Readonly<Record<string, CheckTypeFacts>>

/** The name of a check type. */
export type CheckType = keyof typeof checkTypes

/** What a check type is, by its name. */
export function checkTypeFacts(type: CheckType): CheckTypeFacts {
  return checkTypes[type]
}
