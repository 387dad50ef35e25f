/** A proof of presence or absence in state, as it travels: up to the signatures of the validators. */
import {
  type AppState,
  appHash,
  equalBytes,
  type Form,
  hexForm,
  isRefusal,
  type LightBlock,
  lightBlockForm,
  listForm,
  nullableForm,
  objectForm,
  type ProvedState,
  patternForm,
  type Refusal,
  refuse,
  type Suite,
  verifyStateProof,
} from '@meridian/protocol'
import { stateForm } from './state-document.ts'

/** A proof and the block whose header carries the hash of the state it speaks of. */
export interface LedgerProof {
  readonly module: string
  readonly key: Uint8Array
  /** Tree nodes from the module's root down. */
  readonly nodes: readonly Uint8Array[]
  /** The value; null when the key is absent. */
  readonly value: Uint8Array | null
  readonly state: AppState
  /** One higher than the state. */
  readonly block: LightBlock
}

/** A tree of hashed keys is at most 64 half-bytes high. */
const MAX_NODES = 64

/** The form of GET /ledger/v1/proofs/:module/:keyHex. */
export const proofForm: Form<LedgerProof> = objectForm<LedgerProof>({
  module: patternForm(/^[a-z][a-z-]{0,31}$/),
  key: hexForm(),
  nodes: listForm(hexForm(), { min: 1, max: MAX_NODES }),
  value: nullableForm(hexForm()),
  state: stateForm,
  block: lightBlockForm,
})

/**
 * What the proof proves of the state that `block` carries. Whether the block itself is to be believed is for a trust
 * anchor to say. Refusals: state-proof.malformed, state-proof.wrong-root.
 */
export function checkLedgerProof(suite: Suite, proof: LedgerProof): ProvedState | Refusal {
  const subRoot = proof.state.subRoots.find(({ module }) => module === proof.module)
  const isSigned = equalBytes(appHash(suite, proof.state), proof.block.header.appHash)
  if (subRoot === undefined || !isSigned) return refuse('client', 'state-proof.wrong-root')
  const proved = verifyStateProof(suite, subRoot.root, proof.key, {
    nodes: proof.nodes,
    value: proof.value ?? undefined,
  })
  return isRefusal(proved) ? { ...proved, module: 'client' } : proved
}
