/** The corridor's document, once and as a stream of server-sent events. */
import type { AdminRoute } from '../admin-route.ts'

/** `GET /api/corridor` → counts per room, pending, rates, height. */
export const readCorridor: AdminRoute = {
  method: 'GET',
  path: '/api/corridor',
  answer: (_call, parts) => parts.feed.read(),
}

const keepAliveMs = 20_000

/** `GET /api/corridor/events` → the same document now and after each change (HTML standard, server-sent events). */
export const followCorridor: AdminRoute = {
  method: 'GET',
  path: '/api/corridor/events',
  async answer({ reply, request }, parts) {
    const first = await parts.feed.read()
    reply.hijack()
    const raw = reply.raw
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    const write = (document: object) => raw.write(`data: ${JSON.stringify(document)}\n\n`)
    write(first)
    const stop = parts.feed.follow(write, () => raw.end())
    const beat = setInterval(() => raw.write(': still here\n\n'), keepAliveMs).unref()
    request.raw.once('close', () => {
      stop()
      clearInterval(beat)
    })
    return undefined
  },
}
