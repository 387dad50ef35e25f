/** GET /ledger/v1/proposals: what is put to the core members, how it stands and what became of it. */
import { type LedgerProposal, type LedgerProposals, PROPOSAL_OUTCOMES, proposalsForm } from '@meridian/client'
import type { Engine } from '@meridian/engine'
import { governanceQueries, membershipQueries } from '@meridian/ledger'
import { decodeAction, isProposalKind, isRefusal, timeSeconds } from '@meridian/protocol'
import { found, type LedgerRoute } from '../ledger-route.ts'

const { outcomeAt, proposalKey, proposals, tallyOf, votesOf } = governanceQueries

const MOST_ITEMS = 1_000

/** The route; `outcome` picks one. Each item names the key by which `proofs` proves it. */
export const readProposals: LedgerRoute = {
  method: 'GET',
  audience: 'member',
  url: '/ledger/v1/proposals',
  params: {},
  query: { outcome: `^(?:${PROPOSAL_OUTCOMES.join('|')})$` },
  async answer({ engine }, { query }) {
    const { items, ...rest } = proposalsDocument(engine)
    const wanted = items.filter(({ outcome }) => query.outcome === undefined || outcome === query.outcome)
    return found(proposalsForm, { ...rest, items: wanted.slice(0, MOST_ITEMS) })
  },
}

function proposalsDocument({ state, status }: Engine): LedgerProposals {
  const { height, time } = status()
  const blockTimeSeconds = timeSeconds(time)
  const voters = membershipQueries.coreMembers(state)
  const items = proposals(state).map(({ proposalId, proposal }): LedgerProposal => {
    const { tally, outcomeHeight, action, ...said } = proposal
    const votes = [...votesOf(state, proposalId)]
    return {
      proposalId,
      kind: said.kind,
      action: actionParts(said.kind, action),
      actionBytes: action,
      bodyHash: said.bodyHash,
      proposer: said.proposer,
      proposedHeight: said.proposedHeight,
      deadlineSeconds: said.deadlineSeconds,
      activationHeight: said.activationHeight,
      outcome: outcomeAt(proposal, blockTimeSeconds),
      outcomeHeight: outcomeHeight ?? null,
      tally: tallyDocument(tally ?? tallyOf(state, proposalId, voters)),
      votes: votes.map(([organisation, vote]) => ({ organisation, evidence: null, ...vote })),
      failure: said.failure,
      stateKey: proposalKey(proposalId),
    }
  })
  return { height, blockTimeSeconds, items: items.sort(newestFirst) }
}

function tallyDocument({ agreement, ...counts }: governanceQueries.Tally): LedgerProposal['tally'] {
  return { ...counts, differing: agreement?.differing ?? 0 }
}

function newestFirst(a: LedgerProposal, b: LedgerProposal): number {
  return Number(b.proposedHeight - a.proposedHeight)
}

/** The members of an action by name; none when this release does not know the kind. */
function actionParts(kind: string, bytes: Uint8Array): LedgerProposal['action'] {
  const action = isProposalKind(kind) ? decodeAction(kind, bytes) : undefined
  if (action === undefined || isRefusal(action)) return []
  return Object.entries(action).map(([name, value]) => ({ name, value: String(value) }))
}
