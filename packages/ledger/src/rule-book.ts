/** Finds the rule of a statement for the version of the rules that state asks for. Design §5, upgrades. */
import { type Refusal, refuse, type Statement, type StatementKind } from '@meridian/protocol'
import type { LedgerModule, Rule } from './module.ts'
import type { Edition } from './modules/governance/queries.ts'

/** When a statement is judged. */
export interface RuleTime extends Edition {
  readonly height: bigint
}

/** The rules of all modules, of every version that this software can execute. */
export interface RuleBook {
  /** The rule, or statement.unknown-kind: a kind that has no rule in this version, or no longer. */
  ruleFor(statement: Statement, at: RuleTime): Rule<StatementKind> | Refusal
}

/** The book of these modules. A kind may have several rules; the newest one that counts is taken. */
export function createRuleBook(modules: readonly LedgerModule[]): RuleBook {
  const byKind = new Map<string, Rule<StatementKind>[]>()
  for (const rule of modules.flatMap((module) => module.rules)) {
    const rules = byKind.get(rule.kind) ?? []
    byKind.set(
      rule.kind,
      [...rules, rule as Rule<StatementKind>].sort((a, b) => sinceOf(b) - sinceOf(a)),
    )
  }
  return {
    ruleFor: (statement, at) =>
      byKind.get(statement.kind)?.find((rule) => counts(rule, at)) ??
      refuse('ledger', 'statement.unknown-kind'),
  }
}

const sinceOf = (rule: Rule<StatementKind>): number => rule.since ?? 1

/** What a version gives up is still taken until its retire height, so that nobody has to change at the same instant. */
function counts(rule: Rule<StatementKind>, { version, retireHeight, height }: RuleTime): boolean {
  if (sinceOf(rule) > version) return false
  const { retiredBy } = rule
  if (retiredBy === undefined || retiredBy > version) return true
  return retiredBy === version && height < retireHeight
}
