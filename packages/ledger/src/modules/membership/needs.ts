/** What membership asks of other modules; modules/index.ts answers it from governance. */
import type { StateView } from '../../state-view.ts'

/** The questions. */
export interface MembershipNeeds {
  /** How many validators there must be left when a member or a vote takes one away. */
  minValidators(view: StateView): number
}
