/** What `@meridian/standards/quality` offers to other packages. */
export { type CheckType, checkTypeFacts, type QualityCategory } from './check-types.ts'
export {
  type CheckScore,
  createEvaluation,
  type EvaluationOptions,
  type QualityCell,
  type QualityFailure,
  type QualityScope,
  scoreChecks,
} from './evaluate.ts'
export type { QualityRecord } from './person.ts'
export type { QualityCheck, QualityRules } from './quality-rules.ts'
export { loadShippedQualityRules, qualityRulesHash } from './shipped-rules.ts'
