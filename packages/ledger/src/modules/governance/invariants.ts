/** What must hold of governance after every block. */
import { toHex } from '@meridian/protocol'
import type { StateView } from '../../state-view.ts'
import { PARAMETER_TABLE } from './parameters.ts'
import { parameterOf, proposals } from './queries.ts'
import { type Proposal, pendingProposals } from './state.ts'
import { decisionOf } from './tally.ts'

/** Names of the invariants that do not hold. Cost: the whole module. */
export function brokenInvariants(view: StateView): readonly string[] {
  const all = proposals(view)
  const pending = all.filter(({ proposal }) => proposal.outcome === 'open' || proposal.outcome === 'passed')
  const listed = pendingProposals(view).map(({ proposalId }) => toHex(proposalId))
  const outOfBounds = PARAMETER_TABLE.filter(({ name, least, most }) => {
    const value = parameterOf(view, name)
    return value < least || value > most
  })
  return [
    ...all.flatMap(({ proposal }) => brokenProposal(proposal)),
    ...(pending.map(({ proposalId }) => toHex(proposalId)).join() === listed.join()
      ? []
      : ['the list of pending proposals is right']),
    ...outOfBounds.map(() => 'every parameter is within its bounds'),
  ]
}

function brokenProposal({ outcome, outcomeHeight, proposedHeight, tally, failure }: Proposal): string[] {
  const broken: string[] = []
  const passed = outcome === 'passed' || outcome === 'activated' || outcome === 'failed'
  if ((outcome === 'open') !== (outcomeHeight === undefined)) broken.push('an outcome has its height')
  if ((outcomeHeight ?? proposedHeight) < proposedHeight) broken.push('no outcome is before its proposal')
  if ((passed || outcome === 'rejected') !== (tally !== undefined)) broken.push('a decision has its tally')
  const decision = tally === undefined ? undefined : decisionOf(tally)
  if (tally !== undefined && decision !== (passed ? 'passed' : 'rejected')) {
    broken.push('a decision is what its tally says')
  }
  if ((outcome === 'failed') !== (failure !== '')) broken.push('a failure has its code, and nothing else has')
  return broken
}
