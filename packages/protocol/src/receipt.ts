/**
 * The Meridian receipt: one JSON document that leads from a record's commitment, or from a statement, to the signatures
 * of the validators (spec 5 §3). It holds no secret and no content; what can be worked out is left out.
 */
import type { SubRoot } from './app-hash.ts'
import type { LightBlock } from './comet/light-block.ts'
import { lightBlockForm } from './comet/light-block-form.ts'
import {
  base64urlForm,
  countForm,
  decodeDocument,
  encodeDocument,
  type Form,
  formatForm,
  hashForm,
  listForm,
  nullableForm,
  objectForm,
  patternForm,
} from './document-form.ts'
import type { Refusal } from './refusal.ts'
import { type ValidatorKey, validatorKeysForm } from './validator-keys.ts'

/** The place of a commitment in the batch that the statement anchors. The size of the batch is in the statement. */
export interface BatchPlace {
  /** The record's commitment, 32 bytes. */
  readonly commitment: Uint8Array
  readonly index: number
  /** From the leaf up. */
  readonly path: readonly Uint8Array[]
}

/** The place of the statement in the evidence log. */
export interface LogPlace {
  readonly index: number
  readonly size: number
  /** From the leaf up. */
  readonly path: readonly Uint8Array[]
}

/** A statement as it was accepted, and the key that its key id is the hash of. */
export interface ReceiptStatement {
  readonly bytes: Uint8Array
  readonly publicKey: Uint8Array
}

/** What is in a receipt. */
export interface Receipt {
  /** `null` when the receipt is for the statement itself, not for a record anchored by it. */
  readonly record: BatchPlace | null
  readonly statement: ReceiptStatement
  readonly log: LogPlace
  readonly subRoots: readonly SubRoot[]
  /** The block whose header carries the app hash: one higher than the state it speaks of. */
  readonly block: LightBlock
  /** Light blocks that lead from the trust anchor's validators to those of `block`; empty while they are the same. */
  readonly via: readonly LightBlock[]
  /** Of validators that the genesis document does not name: who answers for them. */
  readonly validatorKeys: readonly ValidatorKey[]
}

/** A hash path is as long as a tree is high; 64 levels are more than there are numbers for. */
const pathForm = listForm(hashForm, { max: 64 })

const MAX_MODULES = 64
const MAX_VIA = 1000

/** The place in a batch, as it also stands beside a COSE receipt. */
export const batchPlaceMembers: { readonly [K in keyof BatchPlace]: Form<BatchPlace[K]> } = {
  commitment: hashForm,
  index: countForm,
  path: pathForm,
}

const receiptForm: Form<Receipt> = formatForm<Receipt>('meridian-receipt/1', {
  record: nullableForm(objectForm<BatchPlace>(batchPlaceMembers)),
  statement: objectForm<ReceiptStatement>({ bytes: base64urlForm, publicKey: hashForm }),
  log: objectForm<LogPlace>({ index: countForm, size: countForm, path: pathForm }),
  subRoots: listForm(objectForm<SubRoot>({ module: patternForm(/^[a-z][a-z-]{0,31}$/), root: hashForm }), {
    max: MAX_MODULES,
  }),
  block: lightBlockForm,
  via: listForm(lightBlockForm, { max: MAX_VIA }),
  validatorKeys: validatorKeysForm,
})

/** The canonical text of a receipt. */
export function encodeReceipt(receipt: Receipt): string {
  return encodeDocument(receiptForm, receipt)
}

/** Reads a receipt; nothing in it is verified yet. Refusals: `text.*`, `receipt.malformed`, `receipt.not-canonical`. */
export function decodeReceipt(bytes: Uint8Array): Receipt | Refusal {
  return decodeDocument(bytes, receiptForm, {
    malformed: 'receipt.malformed',
    notCanonical: 'receipt.not-canonical',
  })
}
