/** One connection: requests in, calls in the right order, answers out in the order of the requests. */
import type { Socket } from 'node:net'
import { AbciFailure } from '../failure.ts'
import { requestNumbers } from '../tables/envelope.ts'
import { type AnswerContext, answerFrame, exceptionFrame } from './answer-frame.ts'
import { createAnswerQueue } from './answer-queue.ts'
import { createInlet } from './inlet.ts'
import { type Role, roleOf } from './role.ts'

/** How one connection stands. */
export interface ConnectionStatus {
  /** What CometBFT uses it for; `unknown` until the first telling request. */
  readonly role: Role
  /** Requests started so far. */
  readonly received: number
  /** Requests without an answer yet. */
  readonly underWay: number
}

/** What the turns of the server ask of a connection. */
export interface Connection {
  status(): ConnectionStatus
  /** Whether `step` would start something now. */
  ready(): boolean
  /** Starts the next request. Call only when `ready`. */
  step(): void
  /** Writes the answers that are due. */
  flush(): void
  destroy(): void
}

/** These may be started while others of the same connection are under way. */
const PIPELINED: ReadonlySet<number | undefined> = new Set([
  requestNumbers.echo,
  requestNumbers.flush,
  requestNumbers.checkTx,
])

/** Serves `socket`. Effects: reads and writes it, calls the application, asks for turns by `wake`. */
export function createConnection(socket: Socket, context: AnswerContext, wake: () => void): Connection {
  const { limits } = context
  const inlet = createInlet(socket, limits.maxMessageBytes, wake)
  const answers = createAnswerQueue()
  const state = { role: 'unknown' as Role, received: 0, alone: false, closing: false }
  const onFailure = (failure: AbciFailure) => {
    // Only an unknown request leaves both sides sure of where the next one begins and what state they are in.
    if (failure.code !== 'abci.unknown-request') {
      state.closing = true
      inlet.stop()
    }
    context.onFailure(failure)
  }
  socket.on('drain', wake)
  socket.on('error', (cause) => {
    onFailure(new AbciFailure('abci.connection', 'The connection failed', {}, cause))
  })

  function nextNumber(): number | undefined {
    if (state.closing || state.alone || socket.writableNeedDrain) return undefined
    try {
      return inlet.peek()
    } catch (failure) {
      onFailure(failure as AbciFailure)
      answers.open()(exceptionFrame(failure as AbciFailure))
      wake()
      return undefined
    }
  }

  return {
    status: () => ({ role: state.role, received: state.received, underWay: answers.underWay }),
    ready() {
      const number = nextNumber()
      if (number === undefined) return false
      state.role = roleOf(number) ?? state.role
      return PIPELINED.has(number) ? answers.length < limits.maxUnderWay : answers.underWay === 0
    },
    step() {
      state.alone = !PIPELINED.has(inlet.peek())
      state.received++
      const answer = answers.open()
      const settle = (frame: Uint8Array) => {
        state.alone = false
        answer(frame)
        wake()
      }
      const frame = answerFrame(inlet.take(), { ...context, onFailure })
      if (frame instanceof Promise) frame.then(settle)
      else settle(frame)
    },
    flush() {
      const due = answers.takeReady()
      if (!socket.writable) return
      if (due.length > 0) socket.write(due.length === 1 ? (due[0] as Uint8Array) : Buffer.concat(due))
      if (state.closing && answers.length === 0) socket.destroySoon()
    },
    destroy: () => socket.destroy(),
  }
}
