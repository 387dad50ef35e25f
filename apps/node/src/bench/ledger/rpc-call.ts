/** JSON-RPC to a CometBFT through its Unix socket, as the load generator speaks it to every network alike. */
import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true })

/** One call. Heights are decimal strings, bytes base64. */
export interface Call {
  readonly method: string
  readonly params: Readonly<Record<string, string>>
}

/** The result of one call. Rejects when it failed. */
export async function callRpc(
  path: string,
  method: string,
  params: Readonly<Record<string, string>>,
): Promise<unknown> {
  const answer = (await post(path, JSON.stringify({ jsonrpc: '2.0', id: 0, method, params }))) as {
    result?: unknown
    error?: unknown
  }
  if (answer.error !== undefined) throw new Error(`CometBFT refused ${method}`)
  return answer.result
}

/** Sends many calls in one request; how each was answered is not looked at. */
export async function sendBatch(path: string, calls: readonly Call[]): Promise<void> {
  await post(path, JSON.stringify(calls.map((call, id) => ({ jsonrpc: '2.0', id, ...call }))))
}

/** CometBFT closes a connection that rested for ten seconds; a request that meets this is sent again on another. */
const TRIES = 3

async function post(path: string, body: string): Promise<unknown> {
  for (let left = TRIES; ; left--) {
    try {
      return await postOnce(path, body)
    } catch (error) {
      if (left === 1) throw error
    }
  }
}

function postOnce(path: string, body: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const sending = request(
      { socketPath: path, method: 'POST', path: '/', agent, headers, timeout: 30_000 },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          try {
            resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')))
          } catch (error) {
            reject(error)
          }
        })
      },
    )
    sending.on('timeout', () => sending.destroy(new Error('no answer in time')))
    sending.on('error', reject)
    sending.end(body)
  })
}
