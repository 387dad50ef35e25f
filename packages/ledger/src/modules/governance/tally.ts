/** Counting votes: more than two thirds of the core members say yes, or a third says no. One organisation, one vote. */
import { fromUtf8 } from '@meridian/protocol'
import type { StateView } from '../../state-view.ts'
import { decodeVote, type Tally, votesUnder } from './state.ts'

/** Counts the votes of those that are active core members now; what others said while they were counts no more. */
export function tallyOf(view: StateView, proposalId: Uint8Array, voters: readonly string[]): Tally {
  const count = { yes: 0, no: 0, abstain: 0 }
  for (const { rest, value } of votesUnder(view, proposalId)) {
    if (voters.includes(fromUtf8(rest) ?? '')) count[decodeVote(value).choice] += 1
  }
  return { ...count, electorate: voters.length }
}

/** CONSENSUS: in whole numbers. `undefined` while neither has enough. */
export function decisionOf({ yes, no, electorate }: Tally): 'passed' | 'rejected' | undefined {
  if (3 * yes > 2 * electorate) return 'passed'
  return 3 * no >= electorate ? 'rejected' : undefined
}
