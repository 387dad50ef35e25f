/** The load generator of `bench fhir`, in a process of its own: eight clients with a connection each, one request after another. */
import { Agent, request } from 'node:http'
import { numberedBundle, singleObservation } from './loads.ts'

/** What one measurement sends: reads and searches take their paths in turn; writes are numbered from `from`. */
export interface LoadPlan {
  readonly url: string
  readonly token: string
  readonly clients: number
  readonly seconds: number
  readonly work:
    | { readonly kind: 'get'; readonly paths: readonly string[] }
    | { readonly kind: 'create' | 'bundle'; readonly from: number }
}

/** What came of it; `failed` are answers other than 2xx. */
export interface LoadResult {
  readonly answered: number
  readonly failed: number
  readonly ms: number
  readonly lagsMs: readonly number[]
}

interface Call {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: string
}

process.once('message', async (plan: LoadPlan) => {
  // A long answer is still on its way when `send` returns; the channel closes once it has gone.
  process.send?.(await run(plan), () => process.disconnect())
})

async function run({ url, token, clients, seconds, work }: LoadPlan): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const lagsMs: number[] = []
  let failed = 0
  let sent = 0
  const started = performance.now()
  const until = started + seconds * 1000
  const client = async () => {
    while (performance.now() < until) {
      const call = callOf(work, sent++)
      const from = performance.now()
      const status = await send(`${url}${call.path}`, token, call, agent)
      lagsMs.push(performance.now() - from)
      if (status < 200 || status >= 300) failed += 1
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  agent.destroy()
  return { answered: lagsMs.length, failed, ms: performance.now() - started, lagsMs }
}

function callOf(work: LoadPlan['work'], n: number): Call {
  if (work.kind === 'get') return { method: 'GET', path: work.paths[n % work.paths.length] as string }
  const at = work.from + n
  return work.kind === 'create'
    ? { method: 'POST', path: '/Observation', body: JSON.stringify(singleObservation(at)) }
    : { method: 'POST', path: '', body: JSON.stringify(numberedBundle(at)) }
}

function send(url: string, token: string, { method, body }: Call, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/fhir+json', 'content-length': Buffer.byteLength(body) }),
    }
    const sending = request(url, { method, agent, headers }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0))
    })
    sending.once('error', reject)
    sending.end(body)
  })
}
