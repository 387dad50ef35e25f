/** What became of a statement, as it travels: where it stands, or that it was taken. */
import {
  countForm,
  type Form,
  hashForm,
  nullableForm,
  objectForm,
  type Refusal,
  wholeForm,
} from '@meridian/protocol'
import { refusalForm } from './refusal-document.ts'

/** A statement that a block holds. */
export interface StatementPlace {
  readonly height: bigint
  /** Time of that block, whole seconds since 1970. */
  readonly blockTimeSeconds: bigint
  /** Place in the block. */
  readonly index: number
  /** Leaf in the evidence log; null when it was refused. */
  readonly logIndex: number | null
  /** Why the ledger refused it all the same; null when it was accepted. */
  readonly refusal: Refusal | null
}

/** A statement that was ordered and accepted. */
export interface SubmittedStatement {
  readonly statementId: Uint8Array
  readonly height: bigint
}

/** The form of GET /ledger/v1/statements/:id. */
export const placeForm: Form<StatementPlace> = objectForm<StatementPlace>({
  height: wholeForm,
  blockTimeSeconds: wholeForm,
  index: countForm,
  logIndex: nullableForm(countForm),
  refusal: nullableForm(refusalForm),
})

/** The form of the answer to POST /ledger/v1/statements. */
export const submittedForm: Form<SubmittedStatement> = objectForm<SubmittedStatement>({
  statementId: hashForm,
  height: wholeForm,
})
