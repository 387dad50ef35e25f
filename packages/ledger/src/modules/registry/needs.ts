/** What registry asks of other modules; modules/index.ts answers it from membership. */
import type { StateView } from '../../state-view.ts'

/** The questions. */
export interface RegistryNeeds {
  /** Whether the organisation is a member that may act now. */
  isActive(view: StateView, organisation: string): boolean
  /** Whether the organisation is an active core member. */
  isCoreMember(view: StateView, organisation: string): boolean
}
