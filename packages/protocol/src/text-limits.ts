/** Bounds of one JSON text; what exceeds them is refused before it costs memory (spec 1 §3). */
export interface TextLimits {
  /** Bytes of UTF-8, or UTF-16 units when a string is read. */
  readonly maxBytes: number
  /** Nested objects and arrays. */
  readonly maxDepth: number
  /** Object members and array items in the whole text. */
  readonly maxMembers: number
}

/** 32 MiB, 100 levels, 2 million members. */
export const DEFAULT_TEXT_LIMITS: TextLimits = Object.freeze({
  maxBytes: 32 * 1024 * 1024,
  maxDepth: 100,
  maxMembers: 2_000_000,
})

/** Above this the reader's own stack would be the limit. */
export const DEEPEST = 1000
