/** The rule set of data quality that ships with the program, and the hash it is named by in scores. */
import { readFileSync } from 'node:fs'
import { canonicalTextOf, type Suite, toHex, utf8 } from '@meridian/protocol'
import type { QualityRules } from './quality-rules.ts'
import { isQualityRulesProblem, readQualityRules } from './read-quality-rules.ts'

const file = new URL('../../artefacts/meridian.quality.core/quality-rules.json', import.meta.url)

/** Reads `meridian.quality.core`. Throws when the file that ships is broken. */
export function loadShippedQualityRules(): QualityRules {
  const rules = readQualityRules(readFileSync(file))
  if (isQualityRulesProblem(rules))
    throw new Error(`the shipped quality rules are broken at ${rules.problem}`)
  return rules
}

/** Hex SHA-256 of the canonical text of a rule set: whoever has the same hash counts by the same checks. */
export function qualityRulesHash(suite: Pick<Suite, 'sha256'>, rules: QualityRules): string {
  return toHex(suite.sha256(utf8(canonicalTextOf(rules))))
}
