/** Asks another member's ledger door on behalf of CometBFT, signed as a member; what it answers is for CometBFT to verify. */
import {
  createHttpTransport,
  createLedgerClient,
  type LedgerClient,
  signRequest,
  type Transport,
} from '@meridian/client'
import type { RpcAnswer, RpcCall } from '@meridian/engine'
import type { Signer } from '@meridian/protocol'
import { OutsideFailure } from '../command-line/command.ts'

/** Who asks. */
export interface DoorAsker {
  /** The statement key of a member: the doors let members only in. */
  readonly signer: Signer
  readonly nowMs: () => number
}

/** One member's door. */
export interface MemberDoor {
  readonly url: string
  readonly ledger: Pick<LedgerClient, 'lightBlock'>
  /** CometBFT's answer. Rejects with an OutsideFailure that names the door. */
  ask(call: RpcCall): Promise<RpcAnswer>
}

const PATIENCE_MS = 10_000

/** The door at `url`. */
export function memberDoor(url: string, { signer, nowMs }: DoorAsker): MemberDoor {
  const transport = createHttpTransport({
    baseUrl: url,
    timeoutMs: PATIENCE_MS,
    sign: (request) => signRequest(signer, request, Math.floor(nowMs() / 1_000)),
  })
  return { url, ledger: createLedgerClient(transport), ask: (call) => ask(url, transport, call) }
}

async function ask(url: string, transport: Transport, { method, params }: RpcCall): Promise<RpcAnswer> {
  const query = new URLSearchParams(params).toString()
  const path = `/ledger/v1/consensus/${method}${query === '' ? '' : `?${query}`}`
  const { status, body } = await transport.request({ method: 'GET', path }).catch((cause: unknown) => {
    throw away(url, cause)
  })
  if (status === 401 || status === 403) throw notLetIn(url)
  const answer = status === 200 ? readAnswer(body) : undefined
  if (answer === undefined) throw away(url, new Error(`status ${status}`))
  return answer
}

function readAnswer(body: Uint8Array): RpcAnswer | undefined {
  try {
    const answer: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    const isOne = typeof answer === 'object' && answer !== null && ('result' in answer || 'error' in answer)
    return isOne ? (answer as RpcAnswer) : undefined
  } catch {
    return undefined
  }
}

function away(url: string, cause: unknown): OutsideFailure {
  return new OutsideFailure(
    {
      zh: `sync.door-away：成员节点 ${url} 没有应答。请检查地址和网络，或换一个成员。`,
      en: `sync.door-away: the member's door at ${url} gives no answer. Check the address and the network, or name another member.`,
    },
    cause,
  )
}

function notLetIn(url: string): OutsideFailure {
  return new OutsideFailure({
    zh: `sync.not-let-in：${url} 只接待成员。请在本机构被接纳之后再用 --sync-from 启动；若已是成员，请核对时钟（误差须在一分钟内）与密钥。`,
    en: `sync.not-let-in: ${url} answers members only. Start with --sync-from after this organisation was admitted; if it was, check the clock (within a minute) and the key.`,
  })
}
