/** The shape of a kind of proposal: what it needs in order to stand, and what it does once it has passed. */
import type { ProposalActions, ProposalKind, Refusal } from '@meridian/protocol'
import type { Context } from './context.ts'
import type { StateView, WritableView } from './state-view.ts'

/** What is asked for. */
export interface Asked<K extends ProposalKind> {
  readonly action: ProposalActions[K]
  /** 0 for at once. */
  readonly activationHeight: bigint
  /** What those that said yes found alike; absent before the decision, and where the kind asks for no evidence. */
  readonly evidence?: Uint8Array
}

/** The rule of one kind. A kind is an entry of a table: the voting itself knows none of them. */
export interface ProposalRule<K extends ProposalKind> {
  readonly kind: K
  /** Whether it could take effect on this state: asked when it is proposed, and again when it is to take effect. */
  check(view: StateView, asked: Asked<K>, context: Context): Refusal | undefined
  /** Takes effect. The caller has asked `check` on this state. */
  apply(view: WritableView, asked: Asked<K>, context: Context): void
  /** Blocks before the activation height at which it is applied, for what counts only from the next block on. */
  readonly leadBlocks?: bigint
  /** Whether a yes carries what the voter found when it looked for itself: it passes only when enough of them found the same. */
  readonly yesNeedsEvidence?: boolean
}

/** A rule of whatever kind. */
export type AnyProposalRule = { [K in ProposalKind]: ProposalRule<K> }[ProposalKind]
