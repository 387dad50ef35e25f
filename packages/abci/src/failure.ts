/** What may go wrong between this server, its peer and its application, by name. */

/** Stable names; they stand in exception answers and in what `onFailure` is given. */
export type AbciFailureCode =
  /** Bytes that are not one message of the protocol. The connection is closed: its frames cannot be trusted any more. */
  | 'abci.malformed'
  /** A message longer than `maxMessageBytes`, ours or the peer's. */
  | 'abci.too-large'
  /** More list elements than `maxElements`. */
  | 'abci.too-many'
  /** A request this server does not know: of another version, or InsertTx and ReapTxs of the `app` mempool. */
  | 'abci.unknown-request'
  /** The application threw, or its answer cannot be encoded; `cause` says what. */
  | 'abci.application'
  /** The socket failed; `cause` says how. */
  | 'abci.connection'

/** A failure of the peer or the application. `detail` holds offsets and counts only, never content. */
export class AbciFailure extends Error {
  readonly code: AbciFailureCode
  readonly detail: Readonly<Record<string, string | number>>

  constructor(
    code: AbciFailureCode,
    message: string,
    detail: Readonly<Record<string, string | number>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'AbciFailure'
    this.code = code
    this.detail = detail
  }
}
