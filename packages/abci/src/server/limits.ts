/** Bounds of what a peer can make this server hold or do at once. */

/** All of them positive whole numbers. */
export interface AbciLimits {
  /** Bytes of one message, both ways. CometBFT's largest is a block: keep it above the chain's `maxBytes`. */
  readonly maxMessageBytes: number
  /** List elements in one message, nested ones counted. */
  readonly maxElements: number
  /** `checkTx` calls under way for one connection; the next ones wait in the socket. */
  readonly maxChecksUnderWay: number
  /** Milliseconds of work on other connections in one turn, before the sockets are looked at again. */
  readonly turnMs: number
}

/** What holds when nothing else is said. */
export const DEFAULT_LIMITS: AbciLimits = {
  maxMessageBytes: 16 * 1024 * 1024,
  maxElements: 1 << 18,
  maxChecksUnderWay: 1024,
  turnMs: 4,
}
