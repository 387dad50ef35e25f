/** `anchor-batch` (evidence): the root over a batch of record commitments, and nothing that says of whom (spec 1 §6.4). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, field, readBody } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { isDayText } from './patterns.ts'

/** Body of `anchor-batch`; the organisation is the issuer. */
export interface AnchorBatch {
  /** 16 bytes, random. */
  readonly batchId: Uint8Array
  /** `YYYY-MM-DD`. */
  readonly day: string
  /** 32 bytes. */
  readonly standardsSetHash: Uint8Array
  /** Root of the commitments, 32 bytes. */
  readonly root: Uint8Array
  /** Leaves of the batch, padded: a power of two from 16 to 2^20. */
  readonly size: number
}

/** The smallest and the largest batch. */
export const BATCH_SIZES = { least: 16, most: 2 ** 20 } as const

/** A size that a batch may have. */
export function isBatchSize(size: unknown): size is number {
  if (typeof size !== 'number' || !Number.isInteger(size)) return false
  return size >= BATCH_SIZES.least && size <= BATCH_SIZES.most && (size & (size - 1)) === 0
}

/** Subject `batch:` and the batch id in hex. */
export const anchorBatch: StatementForm<AnchorBatch> = {
  kind: 'anchor-batch',
  encode: (body) => bodyMap(body.batchId, body.day, body.standardsSetHash, body.root, body.size),
  decode(value) {
    const fields = readBody('anchor-batch', value, 5)
    return bodyOr<AnchorBatch>(fields, {
      batchId: bytesField(fields, 1, 'batchId', 16),
      day: field(fields, { key: 2, name: 'day' }, isDayText, ''),
      standardsSetHash: bytesField(fields, 3, 'standardsSetHash', 32),
      root: bytesField(fields, 4, 'root', 32),
      size: field(fields, { key: 5, name: 'size' }, isBatchSize, 0),
    })
  },
  subjectOf: (_suite, body) => `batch:${toHex(body.batchId)}`,
}
