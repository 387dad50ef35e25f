/** How the client reaches a node: one exchange of bytes. Over HTTP, or straight into the same process. */

/** One request to a node. */
export interface LedgerRequest {
  readonly method: 'GET' | 'POST'
  /** Path and query, beginning with `/ledger/v1/`. */
  readonly path: string
  readonly body?: Uint8Array
}

/** What the node answered, whatever the status. */
export interface LedgerAnswer {
  readonly status: number
  readonly body: Uint8Array
}

/** Carries requests. Rejects with a ClientFailure when there was no answer. */
export interface Transport {
  request(request: LedgerRequest, signal?: AbortSignal): Promise<LedgerAnswer>
}

/** A transport into the same process: `answer` is the node's door without a socket. */
export function createInProcessTransport(
  answer: (request: LedgerRequest, signal?: AbortSignal) => Promise<LedgerAnswer>,
): Transport {
  return { request: answer }
}
