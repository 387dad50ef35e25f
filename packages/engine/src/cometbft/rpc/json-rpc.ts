/** Asks CometBFT over its own RPC: JSON-RPC 2.0 in batches, on kept connections, through a Unix socket or loopback. */
import { Agent, type RequestOptions, request } from 'node:http'
import { EngineFailure } from '../../engine-failure.ts'

/** Where CometBFT listens for this node alone. */
export type RpcAddress = { readonly path: string } | { readonly port: number }

/** One call. Heights are decimal strings, bytes base64. */
export interface RpcCall {
  readonly method: string
  readonly params: Readonly<Record<string, string>>
}

/** What one call gave: its result, or the message of the error. */
export type RpcAnswer =
  | { readonly result: unknown }
  | { readonly error: { readonly message: string; readonly data?: string } }

/** A client. */
export interface JsonRpc {
  /** The answers in the order of the calls. Rejects with engine.cometbft-failed when the whole batch got none. */
  batch(calls: readonly RpcCall[]): Promise<readonly RpcAnswer[]>
  /** The result of one call. Rejects with engine.cometbft-failed also when the call itself failed. */
  call(method: string, params?: RpcCall['params']): Promise<unknown>
  close(): void
}

const CONNECTIONS = 4

/** A call that takes longer found a CometBFT that hangs. */
const TIMEOUT_MS = 10_000

/** A client of the RPC at `address`. */
export function createJsonRpc(address: RpcAddress): JsonRpc {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const target: RequestOptions =
    'path' in address ? { socketPath: address.path } : { host: '127.0.0.1', port: address.port }
  const post = (body: string): Promise<unknown> => postJson({ ...target, agent }, body)
  const batch = async (calls: readonly RpcCall[]): Promise<readonly RpcAnswer[]> => {
    if (calls.length === 0) return []
    const body = calls.map((call, id) => ({ jsonrpc: '2.0', id, ...call }))
    return inOrder(await post(JSON.stringify(body)), calls.length)
  }
  return {
    batch,
    async call(method, params = {}) {
      const [answer] = await batch([{ method, params }])
      if (answer === undefined || 'error' in answer)
        throw new EngineFailure('engine.cometbft-failed', { method })
      return answer.result
    },
    close: () => agent.destroy(),
  }
}

function postJson(options: RequestOptions, body: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => reject(new EngineFailure('engine.cometbft-failed', {}, cause))
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const call = request(
      { ...options, method: 'POST', path: '/', headers, timeout: TIMEOUT_MS },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', fail)
        answer.on('end', () => {
          try {
            resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')))
          } catch (error) {
            fail(error)
          }
        })
      },
    )
    call.on('timeout', () => call.destroy(new Error('no answer in time')))
    call.on('error', fail)
    call.end(body)
  })
}

/** CometBFT answers a batch of one with an object, and a batch in any order. */
function inOrder(answer: unknown, count: number): readonly RpcAnswer[] {
  const answers = (Array.isArray(answer) ? answer : [answer]) as readonly (RpcAnswer & { id?: number })[]
  const byId = new Map(answers.map((each) => [each.id, each]))
  return Array.from({ length: count }, (_, id) => {
    const found = byId.get(id)
    if (found === undefined) throw new EngineFailure('engine.cometbft-failed', { place: 'batch' })
    return found
  })
}
