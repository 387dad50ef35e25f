/** Bounds of what a peer can make this server hold or do at once. */

/** All of them positive whole numbers. */
export interface AbciLimits {
  /** Bytes of one message, both ways. CometBFT's largest is a block: keep it above the chain's `maxBytes`. */
  readonly maxMessageBytes: number
  /** List elements in one request, nested ones counted. */
  readonly maxElements: number
  /** Answers of one connection not yet given (`checkTx` calls under way, mostly); what follows waits in the socket. */
  readonly maxUnderWay: number
  /** Milliseconds of work in one turn before the sockets are looked at again. One call may take longer: it is not cut. */
  readonly turnMs: number
  /** Connections at once. CometBFT opens four. */
  readonly maxConnections: number
}

/** What holds when nothing else is said. */
export const DEFAULT_LIMITS: AbciLimits = {
  maxMessageBytes: 16 * 1024 * 1024,
  maxElements: 1 << 18,
  maxUnderWay: 1024,
  turnMs: 4,
  maxConnections: 16,
}
