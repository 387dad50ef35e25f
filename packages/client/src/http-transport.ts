/** The transport over HTTP, with the host's own `fetch`: Node and browser. */
import { ClientFailure } from './client-failure.ts'
import type { LedgerRequest, Transport } from './transport.ts'

/** Where the node is and how it is spoken to. */
export interface HttpTransportOptions {
  /** For example `http://127.0.0.1:8480`; a path in it is kept as a prefix. */
  readonly baseUrl: string
  /** Sent as a bearer token; loopback needs none. */
  readonly token?: string
  /** Headers that sign a request as a member, where the node asks for that. */
  readonly sign?: (request: LedgerRequest) => Readonly<Record<string, string>>
  /** An answer that takes longer is given up; it must be longer than the wait of `follow`. */
  readonly timeoutMs?: number
  readonly fetch?: typeof fetch
}

const DEFAULT_TIMEOUT_MS = 60_000

/** Rejects with client.unreachable, client.timeout, or the reason of an aborted signal. */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const base = options.baseUrl.replace(/\/+$/, '')
  const send = options.fetch ?? fetch
  const headers: Record<string, string> =
    options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }
  return {
    async request(request, signal) {
      const timeout = AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS)
      const signed = options.sign?.(request) ?? {}
      const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout])
      try {
        const response = await send(base + request.path, initOf(request, { ...headers, ...signed }, either))
        return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) }
      } catch (error) {
        signal?.throwIfAborted()
        throw new ClientFailure(timeout.aborted ? 'client.timeout' : 'client.unreachable', { cause: error })
      }
    },
  }
}

function initOf(
  request: LedgerRequest,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): RequestInit {
  const { method, body } = request
  if (body === undefined) return { method, headers, signal }
  const type = { 'content-type': 'application/cbor' }
  return { method, headers: { ...headers, ...type }, signal, body: Uint8Array.from(body) }
}
