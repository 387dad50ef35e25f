/** What the door is handed of data quality. */
import type { QualityRules, QualityScope } from '@meridian/standards/quality'
import type { Vault } from '@meridian/vault'

/** The rule set in force, the results, and a new run. */
export interface QualityNeed {
  readonly rules: QualityRules
  readonly results: Vault['quality']
  /** Runs the checks and gives the number of the run; `'running'` when one is under way. */
  run(scope: QualityScope): Promise<number | 'running'>
}
