/** A block as it travels: header, commit and validators in the form of receipts, the statements, what became of each. */
import {
  type AppState,
  base64urlForm,
  type Form,
  type LightBlock,
  lightBlockForm,
  listForm,
  nullableForm,
  objectForm,
  type Refusal,
} from '@meridian/protocol'
import { refusalForm } from './refusal-document.ts'
import { stateForm } from './state-document.ts'

/** A block. */
export interface LedgerBlock {
  readonly light: LightBlock
  /** The exact bytes, in the order of the block. */
  readonly statements: readonly Uint8Array[]
  /** One for each statement, null where it was accepted. */
  readonly results: readonly (Refusal | null)[]
  /** The state after the block; its hash is in the next header. */
  readonly state: AppState
}

/** More than a block of the largest size can hold. */
const MAX_STATEMENTS = 100_000

/** The form of GET /ledger/v1/blocks/:height. */
export const blockForm: Form<LedgerBlock> = objectForm<LedgerBlock>({
  light: lightBlockForm,
  statements: listForm(base64urlForm, { max: MAX_STATEMENTS }),
  results: listForm(nullableForm(refusalForm), { max: MAX_STATEMENTS }),
  state: stateForm,
})
