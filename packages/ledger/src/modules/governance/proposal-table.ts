/** The table of proposal kinds: all that governance knows of what is voted on. */
import type { ProposalKind } from '@meridian/protocol'
import type { AnyProposalRule, ProposalRule } from '../../proposal-rule.ts'

/** Rules by kind. */
export type ProposalTable = ReadonlyMap<string, ProposalRule<ProposalKind>>

/** The table of these rules. */
export function proposalTable(rules: readonly AnyProposalRule[]): ProposalTable {
  return new Map(rules.map((rule) => [rule.kind, rule as ProposalRule<ProposalKind>]))
}
