/**
 * The control door: lets a command of the same user on the same machine ask the running node. Its address and a token fresh for
 * every start lie in the home, readable by the owner only; it answers as lines of JSON, progress first, the result last.
 */
import { timingSafeEqual } from 'node:crypto'
import { doorRefusal, requestRefusal, sendDoorRefusal } from '@meridian/gateway'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Bilingual } from '../command-line/command.ts'
import { outsideText } from '../command-line/outside-failure.ts'
import { operationNamed } from '../operations/index.ts'
import { type Json, OperationRefused } from '../operations/operation.ts'
import type { Node } from '../wiring/node.ts'

/** One line of the answer. */
export type ControlLine =
  | { readonly progress: { readonly done: number; readonly total: number } }
  | { readonly result: Json }
  | { readonly refused: { readonly code: string; readonly zh: string; readonly en: string } }
  | { readonly failed: { readonly zh: string; readonly en: string } }

/** Adds `POST /control/v1/:operation` to the app. */
export function addControlDoor(app: FastifyInstance, node: Node, token: string): void {
  const expected = Buffer.from(`Bearer ${token}`)
  app.setErrorHandler<FastifyError>((error, _request, reply) =>
    sendDoorRefusal(reply, requestRefusal(error) ?? doorRefusal('door.failed')),
  )
  app.setNotFoundHandler((_request, reply) => sendDoorRefusal(reply, doorRefusal('door.unknown-route')))
  app.addHook('onRequest', async (request, reply) => {
    if (!isOperator(request, expected)) await sendDoorRefusal(reply, doorRefusal('door.not-allowed'))
  })
  app.post<{ Params: { operation: string }; Body: Json }>(
    '/control/v1/:operation',
    async (request, reply) => {
      const operation = operationNamed(request.params.operation)
      if (operation === undefined) return sendDoorRefusal(reply, doorRefusal('door.unknown-route'))
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': 'application/x-ndjson' })
      await answer(reply, async (line) => {
        const result = await operation.run(node, request.body, (done, total) =>
          line({ progress: { done, total } }),
        )
        line({ result })
      })
    },
  )
}

function isOperator(request: FastifyRequest, expected: Buffer): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** A bug of ours: what it says may quote a person's data, so it goes nowhere. */
const unexpected: Bilingual = {
  zh: '节点出现内部错误，没有完成。',
  en: 'The node met an error of its own and did not finish.',
}

const HEARTBEAT_MS = 15_000

async function answer(
  reply: FastifyReply,
  work: (line: (line: ControlLine) => void) => Promise<void>,
): Promise<void> {
  const line = (document: ControlLine) => reply.raw.write(`${JSON.stringify(document)}\n`)
  // Whoever asked gives up on a door that says nothing for minutes; an empty line says that it is being worked on.
  const heartbeat = setInterval(() => reply.raw.write('\n'), HEARTBEAT_MS)
  try {
    await work(line)
  } catch (error) {
    if (error instanceof OperationRefused) line({ refused: { code: error.code, ...error.text } })
    else line({ failed: outsideText(error) ?? unexpected })
  }
  clearInterval(heartbeat)
  reply.raw.end()
}
