/** A file whose bytes are compared: sent as it is, never parsed and written again. */
import type { AdminCall } from './admin-route.ts'

/** Sends the text; `undefined`, as a route answers that has answered. */
export function asItIs({ reply }: AdminCall, { text }: { readonly text: string }): undefined {
  reply.type('application/json; charset=utf-8').send(text)
  return undefined
}
