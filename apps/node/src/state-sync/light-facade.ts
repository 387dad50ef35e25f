/**
 * CometBFT's RPC as its state sync expects it, on a loopback port that nobody knows before: each call goes to one member's door and back.
 * It is there only while this node takes a snapshot.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RpcAnswer, RpcCall } from '@meridian/engine'
import type { MemberDoor } from './member-door.ts'

/** An open facade; `url` is what CometBFT is told. */
export interface LightFacade {
  readonly url: string
  close(): Promise<void>
}

/** Opens it on any free port. */
export async function openLightFacade(door: Pick<MemberDoor, 'ask'>): Promise<LightFacade> {
  const server = createServer((request, response) => void answer(door, request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      if (!server.listening) return
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Asked extends RpcCall {
  readonly id: unknown
}

async function answer(
  door: Pick<MemberDoor, 'ask'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = await readCall(request)
  const given: RpcAnswer =
    asked === undefined
      ? { error: { message: 'Not a call' } }
      : await door.ask(asked).catch((error: Error) => ({ error: { message: error.message } }))
  const body = JSON.stringify({ jsonrpc: '2.0', id: asked?.id ?? null, ...withCode(given) })
  response.writeHead(200, { 'content-type': 'application/json' }).end(body)
}

const INTERNAL_ERROR = -32_603

/**
 * CometBFT reads `message` and `data`; the code only has to be there. The other member's CometBFT has counted its calls by other numbers,
 * so nothing else of its answer goes on.
 */
function withCode(given: RpcAnswer): object {
  return 'error' in given ? { error: { code: INTERNAL_ERROR, ...given.error } } : { result: given.result }
}

/** A call is a few dozen bytes. */
const LONGEST = 4_096

async function readCall(request: IncomingMessage): Promise<Asked | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > LONGEST) return undefined
      chunks.push(chunk)
    }
    return callOf(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  } catch {
    return undefined
  }
}

function callOf(value: unknown): Asked | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, method, params } = value as { id?: unknown; method?: unknown; params?: unknown }
  if (typeof method !== 'string' || !/^[a-z_]{1,32}$/.test(method)) return undefined
  const named = Object.entries(params ?? {}).map(([name, each]) => [name, String(each)])
  return { id, method, params: Object.fromEntries(named) }
}
