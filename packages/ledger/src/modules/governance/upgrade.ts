/** `upgrade`: another version of the rules counts from a height on (spec 1 §8). */
import { refuse } from '@meridian/protocol'
import type { ProposalRule } from '../../proposal-rule.ts'
import { GOVERNANCE, readEdition, writeEdition } from './state.ts'

/**
 * Its `check` refuses with governance.version-not-newer, .upgrade-height. Whether the nodes can execute the version is for
 * their operators to know before they vote: a node that cannot stops before the first block under it.
 */
export const upgrade: ProposalRule<'upgrade'> = {
  kind: 'upgrade',
  // A block is executed by the version that state says before it, so the version is written one block ahead.
  leadBlocks: 1n,
  check(view, { action, activationHeight }) {
    const { version } = readEdition(view)
    if (action.version <= version) return refuse(GOVERNANCE, 'governance.version-not-newer', { version })
    return activationHeight === 0n || action.retireHeight < activationHeight
      ? refuse(GOVERNANCE, 'governance.upgrade-height')
      : undefined
  },
  apply: (view, { action }) => writeEdition(view, action),
}
