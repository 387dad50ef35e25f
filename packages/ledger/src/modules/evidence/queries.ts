/** What readers may ask of evidence, and the state keys that a proof of presence or absence is made for. */
import { entriesUnder } from '../../entries-under.ts'
import type { StateView } from '../../state-view.ts'
import {
  type Attestation,
  type AttestationName,
  BATCHES,
  type Batch,
  decodeBatch,
  EVIDENCE,
  readAttestation,
  readBatch,
} from './state.ts'

export { attestationKey, batchKey, EVIDENCE, totalsKey } from './state.ts'

/** The batch of an organisation, or undefined when it was never anchored. */
export function batchOf(view: StateView, organisation: string, batchId: Uint8Array): Batch | undefined {
  return readBatch(view, organisation, batchId)
}

/** Every batch. Cost: the whole module. */
export function batches(view: StateView): readonly Batch[] {
  return entriesUnder(view, EVIDENCE, BATCHES).map(({ value }) => decodeBatch(value))
}

/** What an organisation attested under this name, or undefined. */
export function attestationOf(view: StateView, name: AttestationName): Attestation | undefined {
  return readAttestation(view, name)
}
