/** The body of a proposal from what is asked: the action encoded, its hash, and when it ends. */
import {
  encodeAction,
  type ProposalAction,
  type ProposalActions,
  type ProposalKind,
  type Propose,
  type Suite,
} from '@meridian/protocol'

/** What is asked and for how long. */
export interface ProposalDraft {
  readonly asked: ProposalAction
  /** 16 random bytes. */
  readonly proposalId: Uint8Array
  readonly deadlineSeconds: bigint
  /** Height at which it takes effect; at once unless given. */
  readonly activationHeight?: bigint
  /** SHA-256 of the document that argues for it; of the action unless given. */
  readonly bodyHash?: Uint8Array
}

/** The body of `propose`. */
export function proposalBody(suite: Pick<Suite, 'sha256'>, draft: ProposalDraft): Propose {
  const { kind, action } = draft.asked
  const bytes = encodeAction(kind, action as ProposalActions[ProposalKind])
  return {
    proposalId: draft.proposalId,
    kind,
    action: bytes,
    bodyHash: draft.bodyHash ?? suite.sha256(bytes),
    deadlineSeconds: draft.deadlineSeconds,
    activationHeight: draft.activationHeight ?? 0n,
  }
}
