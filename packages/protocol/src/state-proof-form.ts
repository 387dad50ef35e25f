/** A state proof in JSON, as the ledger's door serves it (spec 3 §3). */
import { base64urlForm, type Form, listForm, mappedForm, nullableForm, objectForm } from './document-form.ts'
import type { StateProof } from './state-proof.ts'

interface ProofDocument {
  readonly nodes: readonly Uint8Array[]
  readonly value: Uint8Array | null
}

/** `{nodes, value}`, bytes as base64url; `value` is `null` when absence is proved. */
export const stateProofForm: Form<StateProof> = mappedForm(
  objectForm<ProofDocument>({
    nodes: listForm(base64urlForm, { min: 1, max: 64 }),
    value: nullableForm(base64urlForm),
  }),
  ({ nodes, value }) => ({ nodes, value: value ?? undefined }),
  ({ nodes, value }) => ({ nodes, value: value ?? null }),
)
