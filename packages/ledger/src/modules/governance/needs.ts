/** What governance asks of other modules; modules/index.ts answers it from membership. */
import type { StateView } from '../../state-view.ts'

/** The questions. */
export interface GovernanceNeeds {
  /** Whether the organisation is an active core member. */
  isCoreMember(view: StateView, organisation: string): boolean
  /** The active core members: those that vote. */
  coreMembers(view: StateView): readonly string[]
  /** How many validators there are. */
  validatorCount(view: StateView): number
}
