/** Hands bytes that are no statement to a node's own CometBFT, past the door: what a member does who floods the others with nothing. */
import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { join } from 'node:path'

const BYTES = 400
const BATCH = 200

/** Resolves when CometBFT has taken them all; whether it passes them on is for its application. */
export async function sendGarbage(directory: string, count: number): Promise<void> {
  const socketPath = join(directory, 'run', 'rpc')
  for (let sent = 0; sent < count; sent += BATCH) await post(socketPath, Math.min(BATCH, count - sent))
}

function post(socketPath: string, count: number): Promise<void> {
  const calls = Array.from({ length: count }, (_, id) => ({
    jsonrpc: '2.0',
    id,
    method: 'broadcast_tx_async',
    params: { tx: randomBytes(BYTES).toString('base64') },
  }))
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { socketPath, method: 'POST', path: '/', headers: { 'content-type': 'application/json' } },
      (incoming) => incoming.resume().once('end', () => resolve()),
    )
    outgoing.once('error', reject)
    outgoing.end(JSON.stringify(calls))
  })
}
