/** What a rule may know besides state and statement: the block it stands in, and the suite that was handed in. */
import type { Suite } from '@meridian/protocol'

/** CONSENSUS: nothing here comes from the machine that executes the block. */
export interface Context {
  readonly height: bigint
  /** Block time in whole seconds since 1970-01-01T00:00:00Z. */
  readonly timeSeconds: bigint
  readonly genesisHash: Uint8Array
  readonly suite: Suite
}
