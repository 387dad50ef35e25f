/**
 * Who answers for the validators that signed a receipt's block: proofs, in the state which that block carries, of the keys that a trust
 * file may not name because they came later (spec 5 §3).
 */
import { equalBytes, toHex } from './bytes.ts'
import { type Form, hashForm, listForm, objectForm } from './document-form.ts'
import { KEYS_MODULE, provedKeyKey, readProvedKey } from './proved-key.ts'
import type { Receipt } from './receipt.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import { type StateProof, verifyStateProof } from './state-proof.ts'
import { stateProofForm } from './state-proof-form.ts'
import type { Suite } from './suite.ts'

/** A validator's key and the proof that the ledger has it. */
export interface ValidatorKey {
  readonly publicKey: Uint8Array
  readonly proof: StateProof
}

/** In the order of the validators, each at most once. */
export const validatorKeysForm: Form<readonly ValidatorKey[]> = listForm(
  objectForm<ValidatorKey>({ publicKey: hashForm, proof: stateProofForm }),
  { max: 1000 },
)

/** Hex of a public key to the organisation behind it. */
export type ValidatorOrganisations = ReadonlyMap<string, string>

/** Refusals: `receipt.wrong-validators` when an entry is not one of the block's validators, in their order, or is not proved. */
export function organisationsOfKeys(suite: Suite, receipt: Receipt): ValidatorOrganisations | Refusal {
  const { validatorKeys, block, subRoots } = receipt
  const root = subRoots.find(({ module }) => module === KEYS_MODULE)?.root
  const wrong = refuse('protocol', 'receipt.wrong-validators')
  const named = new Map<string, string>()
  let after = -1
  for (const { publicKey, proof } of validatorKeys) {
    const place = block.validators.findIndex((validator) => equalBytes(validator.publicKey, publicKey))
    if (root === undefined || place <= after) return wrong
    after = place
    const proved = verifyStateProof(suite, root, provedKeyKey(suite, publicKey), proof)
    const key = isRefusal(proved) || !proved.present ? undefined : readProvedKey(proved.value)
    if (key?.purpose !== 'validator' || !equalBytes(key.publicKey, publicKey)) return wrong
    named.set(toHex(publicKey), key.organisation)
  }
  return named
}
