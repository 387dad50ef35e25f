/** What every reader of files and streams in `connect` is handed: its bounds, and a keyed fingerprint for control ids. */

/**
 * A keyed fingerprint: the same kind and text give the same short string, and nobody without the key can compute it.
 * Control ids are made with it where they would otherwise carry a file name or a patient's number.
 */
export type Fingerprint = (kind: string, text: string) => string

/** The bounds of reading. */
export interface ReadingLimits {
  /** A JSON document must be read whole, so it is bounded; NDJSON and CSV files are streams and are not. */
  readonly maxDocumentBytes: number
  /** One NDJSON line. */
  readonly maxLineBytes: number
  /** One CSV row. */
  readonly maxRowBytes: number
  readonly maxColumns: number
}

/** Generous for a hospital, small for an attack. */
export const defaultReadingLimits: ReadingLimits = {
  maxDocumentBytes: 32 * 1024 * 1024,
  maxLineBytes: 16 * 1024 * 1024,
  maxRowBytes: 1024 * 1024,
  maxColumns: 1000,
}

/** What a reader is handed. */
export interface ReadingTools {
  readonly fingerprint: Fingerprint
  readonly limits?: ReadingLimits
}

/**
 * `context.onSameId` of an item for which other bytes under the same control id are the normal way to amend (a FHIR
 * resource, a keyed row). Without it, same id with other bytes is a contradiction and refused.
 */
export const onSameIdUpdate = { onSameId: 'update' } as const
