/** Requests and answers of the query connection: Info, Query. */

/** Who asks: version of CometBFT, of its blocks, of its peer protocol, of ABCI. */
export interface InfoRequest {
  readonly version: string
  readonly blockVersion: bigint
  readonly p2pVersion: bigint
  readonly abciVersion: string
}

/**
 * What the application has durably stored, and nothing newer: CometBFT replays every block above `lastBlockHeight`, and
 * stops when `lastBlockAppHash` is not that block's. Before the first block: height 0 (InitChain follows).
 */
export interface InfoResponse {
  readonly data?: string
  readonly version?: string
  readonly appVersion?: bigint
  readonly lastBlockHeight: bigint
  readonly lastBlockAppHash: Uint8Array
}

/** A question of a client of CometBFT's RPC. `height` 0 means the newest state. Peers are filtered by paths `/p2p/filter/…`. */
export interface QueryRequest {
  readonly data: Uint8Array
  readonly path: string
  readonly height: bigint
  readonly prove: boolean
}

/** `code` 0 is success; `height` is the height of the state that answered. */
export interface QueryResponse {
  readonly code: number
  readonly log?: string
  readonly info?: string
  readonly index?: bigint
  readonly key?: Uint8Array
  readonly value?: Uint8Array
  readonly proofOps?: ProofOps | null
  readonly height?: bigint
  readonly codespace?: string
}

/** Steps of a proof from a value to the app hash. */
export interface ProofOps {
  readonly ops: readonly ProofOp[]
}

/** One step; what `data` means is fixed by `kind`. */
export interface ProofOp {
  readonly kind: string
  readonly key: Uint8Array
  readonly data: Uint8Array
}
