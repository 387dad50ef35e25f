/** Counting votes: more than two thirds of the core members say yes, or a third says no. One organisation, one vote. */
import { compareBytes, fromUtf8, toHex } from '@meridian/protocol'
import type { StateView } from '../../state-view.ts'
import { type Agreement, decodeVote, type Tally, votesUnder } from './state.ts'

/**
 * Counts the votes of those that are active core members now; what others said while they were counts no more. Of yes votes
 * with evidence only those count that found what most of them found.
 */
export function tallyOf(view: StateView, proposalId: Uint8Array, voters: readonly string[]): Tally {
  const count = { yes: 0, no: 0, abstain: 0 }
  const found: Uint8Array[] = []
  for (const { rest, value } of votesUnder(view, proposalId)) {
    if (!voters.includes(fromUtf8(rest) ?? '')) continue
    const { choice, evidence } = decodeVote(value)
    count[choice] += 1
    if (choice === 'yes' && evidence !== undefined) found.push(evidence)
  }
  const agreement = agreementOf(found)
  const electorate = voters.length
  if (agreement === undefined) return { ...count, electorate }
  return { ...count, yes: count.yes - agreement.differing, electorate, agreement }
}

/** CONSENSUS: the largest group, and of equal ones that with the smallest bytes. */
function agreementOf(found: readonly Uint8Array[]): Agreement | undefined {
  const groups = new Map<string, { readonly evidence: Uint8Array; readonly size: number }>()
  for (const evidence of found) {
    const name = toHex(evidence)
    groups.set(name, { evidence, size: (groups.get(name)?.size ?? 0) + 1 })
  }
  const [first] = [...groups.values()].sort((a, b) => b.size - a.size || compareBytes(a.evidence, b.evidence))
  return first === undefined ? undefined : { evidence: first.evidence, differing: found.length - first.size }
}

/** CONSENSUS: in whole numbers. `undefined` while neither has enough. Who found something else is as one who says no. */
export function decisionOf({ yes, no, electorate, agreement }: Tally): 'passed' | 'rejected' | undefined {
  if (3 * yes > 2 * electorate) return 'passed'
  return 3 * (no + (agreement?.differing ?? 0)) >= electorate ? 'rejected' : undefined
}
