/** The governance module as the ledger lists it. */
import type { LedgerModule } from '../../module.ts'
import type { AnyProposalRule } from '../../proposal-rule.ts'
import { changeParameter } from './change-parameter.ts'
import { initialise } from './initialise.ts'
import { brokenInvariants } from './invariants.ts'
import type { GovernanceNeeds } from './needs.ts'
import { proposalTable } from './proposal-table.ts'
import { propose } from './propose.ts'
import { settleAll } from './settle.ts'
import { GOVERNANCE } from './state.ts'
import { upgrade } from './upgrade.ts'
import { vote } from './vote.ts'
import { withdrawProposal } from './withdraw-proposal.ts'

/** What the core members decide together; `rules` are the kinds of proposal that other modules bring. */
export function governanceModule(needs: GovernanceNeeds, rules: readonly AnyProposalRule[]): LedgerModule {
  const settling = { needs, table: proposalTable([...rules, changeParameter(needs), upgrade]) }
  return {
    name: GOVERNANCE,
    rules: [propose(settling), vote(settling), withdrawProposal],
    initialise,
    beginBlock: (view, context) => settleAll(view, settling, context),
    brokenInvariants,
  }
}
