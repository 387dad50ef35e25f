/** One invariant of FHIR R4, ready to be tested on an element. */
import { ruleTexts } from '../catalogue/rule-texts.ts'
import { compileTest, type Test } from '../fhirpath/compile.ts'
import type { ChoiceMembers } from '../fhirpath/navigate.ts'
import { report, type Walk } from '../walk.ts'
import { handWritten } from './hand-written-rules.ts'
import type { Definitions } from './structures.ts'

/** `test` answers false where the element breaks the rule; undefined (undecidable) passes. */
export interface Rule {
  readonly name: string
  readonly human: string
  readonly test: Test
}

/**
 * Rules whose `=` on an absent element means "not so": FHIRPath would answer `{}`, and the rule would never refuse
 * what its sentence forbids.
 */
const absentIsFalse = new Set(['drt-1', 'ras-1'])

/** Gives the rules of a set of definitions by name. */
export type RuleSource = (definitions: Definitions, choices: ChoiceMembers) => (name: string) => Rule

/** Compiles rules by name, each once. */
export const createRules: RuleSource = (definitions, choices) => {
  const compiled = new Map<string, Rule>()
  return (name) => {
    const known = compiled.get(name)
    if (known !== undefined) return known
    const definition = definitions.rules[name]
    if (definition === undefined) throw new Error(`no rule ${name} in the definitions`)
    const test = handWritten[name] ?? compileTest(definition.expression, choices)
    const strict: Test = (item, environment) => test(item, environment) === true
    const rule = { name, human: definition.human, test: absentIsFalse.has(name) ? strict : test }
    compiled.set(name, rule)
    return rule
  }
}

/** Tests the rules on one element and reports those it breaks. */
export function testRules(rules: readonly Rule[], value: unknown, walk: Walk): void {
  for (const rule of rules) {
    if (rule.test(value, walk.environment) === false)
      report(walk, 'r4.invariant', {
        rule: rule.name,
        says: { zh: ruleTexts[rule.name] ?? rule.human, en: rule.human },
      })
  }
}
