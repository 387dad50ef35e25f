/** Opens the files of a verification: each is decoded, encoded again and compared before anything is proved (spec 5 §2). */
import { decodeElementFile, type ShownElements, showElements } from './element-file.ts'
import { decodeExportFile, type ExportedRecord } from './export-file.ts'
import { decodeReceipt, type Receipt } from './receipt.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { Suite } from './suite.ts'
import { decodeTrust, type Trust } from './trust.ts'

/** The bytes of the files. Without `record` and `elements` the receipt is checked from the commitment upwards. */
export interface ReceiptFiles {
  readonly receipt: Uint8Array
  readonly trust: Uint8Array
  /** An exported record. */
  readonly record?: Uint8Array | undefined
  /** A file of shown elements, instead of the record. */
  readonly elements?: Uint8Array | undefined
  /** JSON Pointers into `record`: these elements are proved by themselves and answered. */
  readonly show?: readonly string[] | undefined
}

/** The files as read. */
export interface OpenedFiles {
  readonly receipt: Receipt
  readonly trust: Trust
  readonly record: ExportedRecord | undefined
  readonly shown: ShownElements | undefined
}

/** Refusals: those of each file's decoder, and `commitment.unknown-path` for a pointer that names nothing. */
export function openFiles(suite: Suite, files: ReceiptFiles): OpenedFiles | Refusal {
  const receipt = decodeReceipt(files.receipt)
  if (isRefusal(receipt)) return receipt
  const trust = decodeTrust(suite, files.trust)
  if (isRefusal(trust)) return trust
  const record = files.record === undefined ? undefined : decodeExportFile(files.record)
  if (isRefusal(record)) return record
  const shown = openShown(suite, files, record)
  return isRefusal(shown) ? shown : { receipt, trust, record, shown }
}

function openShown(
  suite: Suite,
  files: ReceiptFiles,
  record: ExportedRecord | undefined,
): ShownElements | undefined | Refusal {
  if (files.elements !== undefined) return decodeElementFile(files.elements)
  if (record === undefined || files.show === undefined || files.show.length === 0) return undefined
  return showElements(suite, record, files.show)
}
