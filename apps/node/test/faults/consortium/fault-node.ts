/** A node as its test holds it: started, asked, killed in whole or in part, started again on the same home. */
import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StateRoots } from '@meridian/engine'
import type { Answered, FromNode, Halted, NodeOrder, SeenBlock, ToNode } from './node-messages.ts'

const CHILD = join(import.meta.dirname, 'node-child.ts')

/** What is killed: the machine, our process with the application in it, or CometBFT. */
export type Part = 'machine' | 'application' | 'cometbft'

/** Who is told what a node does. */
export interface NodeListener {
  onBlock(block: SeenBlock): void
  /** The process is a new one: it shows its blocks from the first again. */
  onStart(): void
  statesAt(height: bigint): Promise<readonly StateRoots[]>
}

/** The node. */
export interface FaultNode {
  readonly name: string
  readonly directory: string
  /** With what it is started the next time, and with what it was the last time. */
  order(): NodeOrder
  reorder(options: Partial<NodeOrder['options']>): void
  start(): void
  /** Resolves when the engine answers; rejects when it cannot be opened. */
  untilUp(signal: AbortSignal): Promise<void>
  isRunning(): boolean
  kill(part: Part): Promise<void>
  /** After a failed submission: resolves when it answers again, or has shown a further block. */
  untilNews(signal: AbortSignal): Promise<void>
  /** Ends it in good order. */
  close(): Promise<void>
  /** Resolves to the answer, or to a failure when the process ends before. */
  submit(bytes: Uint8Array): Promise<Answered>
  /** Resolves when it has said a line that holds `text` so many times since the test began. */
  untilSaid(text: string, times: number, signal: AbortSignal): Promise<void>
  untilHalted(signal: AbortSignal): Promise<Halted>
  /** What it said of itself since the test began: failures and the last lines of CometBFT. */
  said(): readonly string[]
}

const AWAY: Answered = { failed: 'away' }
const MOST_LINES = 400

/** What changes in the life of a node. */
interface Life {
  readonly events: EventEmitter
  readonly waiting: Map<number, (answer: Answered) => void>
  readonly said: string[]
  child: ChildProcess | undefined
  isUp: boolean
  halted: Halted | undefined
}

/** A node that was not started yet. */
export function createFaultNode(name: string, first: NodeOrder, listener: NodeListener): FaultNode {
  let order = first
  const events = new EventEmitter().setMaxListeners(0)
  const waiting: Life['waiting'] = new Map()
  const life: Life = { events, waiting, said: [], child: undefined, isUp: false, halted: undefined }
  let next = 0
  const { directory } = order.options
  return {
    name,
    directory,
    order: () => order,
    reorder(options) {
      order = { ...order, options: { ...order.options, ...options } }
    },
    start: () => start(life, order, listener),
    isRunning: () => life.child !== undefined,
    kill: (part) => kill(life, directory, part),
    said: () => life.said,
    async untilUp(signal) {
      while (!life.isUp) {
        if (life.child === undefined) throw new Error(`${name} has ended: ${life.said.at(-1)}`)
        await Promise.race([once(events, 'up', { signal }), once(events, 'end', { signal })])
      }
    },
    async untilNews(signal) {
      await once(events, 'news', { signal })
    },
    async untilSaid(text, times, signal) {
      const count = (): number => life.said.filter((line) => line.includes(text)).length
      while (count() < times) await once(events, 'said', { signal })
    },
    async untilHalted(signal) {
      while (life.halted === undefined) await once(events, 'halted', { signal })
      return life.halted
    },
    async close() {
      if (life.child === undefined) return
      const ended = once(life.child, 'exit')
      tell(life.child, { close: true })
      await ended
    },
    submit(bytes) {
      if (life.child === undefined) return Promise.resolve(AWAY)
      const number = next++
      const answer = new Promise<Answered>((resolve) => waiting.set(number, resolve))
      tell(life.child, { submit: bytes, number })
      return answer
    },
  }
}

function start(life: Life, order: NodeOrder, listener: NodeListener): void {
  const child = fork(CHILD, [], {
    detached: true,
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  life.child = child
  life.halted = undefined
  listener.onStart()
  child.on('message', (message: FromNode) => hear(life, listener, message))
  child.once('exit', () => {
    life.child = undefined
    life.isUp = false
    for (const answer of life.waiting.values()) answer(AWAY)
    life.waiting.clear()
    life.events.emit('end')
  })
  tell(child, { open: order })
}

function hear(life: Life, listener: NodeListener, message: FromNode): void {
  const { events, waiting } = life
  if ('block' in message) {
    listener.onBlock(message.block)
    events.emit('news')
  } else if ('ask' in message) {
    const { ask, number } = message
    // Nobody has that block in time: the node has to do without.
    const asked = listener.statesAt(ask).catch(() => [])
    void asked.then((states) => tell(life.child, { states, number }))
  } else if ('number' in message) {
    waiting.get(message.number)?.(message)
    waiting.delete(message.number)
  } else if ('up' in message) {
    life.isUp = true
    events.emit('up')
    events.emit('news')
  } else if ('halted' in message) {
    life.halted = message.halted
    events.emit('halted')
  } else {
    note(life.said, Object.values(message).join(' '))
    events.emit('said')
  }
}

async function kill({ child }: Life, directory: string, part: Part): Promise<void> {
  if (part === 'cometbft') return void process.kill(cometPid(directory), 'SIGKILL')
  if (child?.pid === undefined) return
  const ended = once(child, 'exit')
  process.kill(part === 'machine' ? -child.pid : child.pid, 'SIGKILL')
  await ended
}

/** A process that has just been killed hears nothing more; whoever waits for it is told by its end. */
function tell(child: ChildProcess | undefined, message: ToNode): void {
  if (child?.connected) child.send(message, () => {})
}

function note(said: string[], line: string): void {
  said.push(line.slice(0, 500))
  if (said.length > MOST_LINES) said.shift()
}

function cometPid(directory: string): number {
  return Number(readFileSync(join(directory, 'cometbft', 'pid'), 'utf8'))
}
