/** What `@meridian/standards` offers to other packages. */
export { checkText, fileLimits, type TextForm } from './check-text.ts'
export {
  absentReasonExtension,
  ethnicGroupExtension,
  frontPageMarks,
  nationalSystems,
  sexCodeExtension,
} from './cn/national-codes.ts'
export { type Bilingual, type Finding, hasErrors, isFinding, type Severity } from './finding.ts'
export { type FindingCode, findingCodes, findingOf, findingWords } from './findings-catalogue.ts'
export { checkIdNumber, type IdNumberProblem, type IdNumberReading, upgrade15 } from './gb11643.ts'
export {
  type Comparator,
  type Measurement,
  readMeasurement,
  readMeasurementIn,
  toCanonicalUnit,
  type UnitSources,
  ucumUnit,
} from './measurement.ts'
export { isPrimitive } from './primitive-forms.ts'
export { loadStandardsSet, type StandardsItem, type StandardsSet } from './standards-set.ts'
export {
  type CheckOptions,
  createValidator,
  type ProfileName,
  profileNames,
  type Validator,
} from './validator.ts'
