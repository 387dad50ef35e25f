/** What evidence asks of other modules; modules/index.ts answers it from membership and registry. */
import type { StateView } from '../../state-view.ts'

/** The questions. */
export interface EvidenceNeeds {
  /** Whether the organisation is a member that may act now. */
  isActive(view: StateView, organisation: string): boolean
  /** Whether a standards set with this hash was published before. */
  isStandardsSet(view: StateView, contentHash: Uint8Array): boolean
}
