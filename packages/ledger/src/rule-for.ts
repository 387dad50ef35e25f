/** Finds the rule of a statement kind among the modules. */
import { type Refusal, refuse, type Statement, type StatementKind } from '@meridian/protocol'
import type { Rule } from './module.ts'
import { modules } from './modules/index.ts'

const rules: ReadonlyMap<string, Rule<StatementKind>> = new Map(
  modules.flatMap((module) => module.rules).map((rule) => [rule.kind, rule as Rule<StatementKind>]),
)

/** The rule, or statement.unknown-kind: a kind that the protocol can read and this ledger has no rule for. */
export function ruleFor(statement: Statement): Rule<StatementKind> | Refusal {
  return rules.get(statement.kind) ?? refuse('ledger', 'statement.unknown-kind')
}
