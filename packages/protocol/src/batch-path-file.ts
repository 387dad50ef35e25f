/**
 * The file beside a COSE receipt that leads from a record's commitment to the root in the batch statement: RFC 9942 knows
 * only the statement (spec 5 §6).
 */

import { batchRootOf } from './batch-tree.ts'
import { equalBytes } from './bytes.ts'
import { decodeDocument, encodeDocument, type Form, formatForm } from './document-form.ts'
import { type BatchPlace, batchPlaceMembers } from './receipt.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { Statement } from './statement.ts'
import type { Suite } from './suite.ts'

const batchPathForm: Form<BatchPlace> = formatForm<BatchPlace>('meridian-batch-path/1', batchPlaceMembers)

/** The canonical text of the file. */
export function encodeBatchPath(record: BatchPlace): string {
  return encodeDocument(batchPathForm, record)
}

/** Reads the file; nothing is verified yet. Refusals: `text.*`, `receipt.malformed`, `receipt.not-canonical`. */
export function decodeBatchPath(bytes: Uint8Array): BatchPlace | Refusal {
  return decodeDocument(bytes, batchPathForm, {
    malformed: 'receipt.malformed',
    notCanonical: 'receipt.not-canonical',
  })
}

/** The kind of statement that anchors records. */
export function isAnchorBatch(statement: Statement): statement is Statement<'anchor-batch'> {
  return statement.kind === 'anchor-batch'
}

/** Refusals: `receipt.not-for-record`, `receipt.not-in-batch`. */
export function checkBatchPlace(suite: Suite, place: BatchPlace, statement: Statement): Refusal | undefined {
  if (!isAnchorBatch(statement)) return refuse('protocol', 'receipt.not-for-record', { kind: statement.kind })
  const { root, size } = statement.body
  const reached = batchRootOf(suite, place.commitment, { index: place.index, size }, place.path)
  if (reached !== undefined && equalBytes(reached, root)) return undefined
  return refuse('protocol', 'receipt.not-in-batch')
}
