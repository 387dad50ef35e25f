/** The ledger door without a socket: for the gateway that runs in the same process as its node. */
import {
  createInProcessTransport,
  type LedgerAnswer,
  type LedgerRequest,
  type Transport,
} from '@meridian/client'
import { utf8 } from '@meridian/protocol'
import type { LedgerNeeds, LedgerRoute } from './ledger-route.ts'
import { ledgerRoutes } from './ledger-routes.ts'

/** A transport to the engine in `needs`. Failures of the engine reject as they are. */
export function createNodeTransport(needs: LedgerNeeds): Transport {
  return createInProcessTransport((request, signal) => answer(needs, request, signal))
}

const never = new AbortController().signal

async function answer(
  needs: LedgerNeeds,
  request: LedgerRequest,
  signal: AbortSignal = never,
): Promise<LedgerAnswer> {
  const url = new URL(request.path, 'http://in.process')
  for (const route of ledgerRoutes) {
    const params = route.method === request.method ? paramsOf(route, url.pathname) : undefined
    if (params === undefined) continue
    const query = Object.fromEntries(url.searchParams)
    const body = request.body ?? new Uint8Array()
    const { status, body: text } = await route.answer(needs, { params, query, body, signal })
    return { status, body: typeof text === 'string' ? utf8(text) : text }
  }
  throw new Error(`the ledger door has no route ${request.method} ${url.pathname}`)
}

/** The named parts of a path, or undefined when it is not this route's. */
function paramsOf(route: LedgerRoute, path: string): Record<string, string> | undefined {
  const names = route.url.split('/')
  const parts = path.split('/')
  if (names.length !== parts.length) return undefined
  const params: Record<string, string> = {}
  for (const [i, name] of names.entries()) {
    const part = parts[i] ?? ''
    if (!name.startsWith(':')) {
      if (name !== part) return undefined
    } else if (!new RegExp(route.params[name.slice(1)] ?? '').test(part)) return undefined
    else params[name.slice(1)] = part
  }
  return params
}
