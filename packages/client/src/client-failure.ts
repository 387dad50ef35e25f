/** Failures of the outside world as the client meets them: a node that does not answer, or not in our form. */

/** What may go wrong; the codes are stable. */
export type ClientFailureCode =
  | 'client.unreachable'
  | 'client.timeout'
  | 'client.not-allowed'
  | 'client.node-failed'
  | 'client.unreadable'

/** A failure of the outside. The same request may be made again: statements are safe to submit twice. */
export class ClientFailure extends Error {
  readonly code: ClientFailureCode
  /** HTTP status, when the node answered. */
  readonly status: number | undefined

  constructor(code: ClientFailureCode, options: { readonly status?: number; readonly cause?: unknown } = {}) {
    super(code, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'ClientFailure'
    this.code = code
    this.status = options.status
  }
}
