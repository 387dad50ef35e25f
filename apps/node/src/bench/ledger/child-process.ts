/** A process of a benchmark that answers questions one by one: the asking side and the answering side. */
import { type ChildProcess, fork } from 'node:child_process'

/** A running process that answers. */
export interface Asked<Question, Answer> {
  readonly pid: number
  /** Rejects when the process fails on it or ends before. */
  ask(question: Question): Promise<Answer>
  /** Ends it as soon as it has answered. */
  close(): Promise<void>
}

interface Numbered<T> {
  readonly number: number
  readonly value: T
}

type Outcome<T> = Numbered<T> | { readonly number: number; readonly error: string }

/** Starts the file at `module`; `execArgv` are switches of Node. */
export function startAsked<Question, Answer>(
  module: URL,
  execArgv: readonly string[] = [],
): Asked<Question, Answer> {
  const child = fork(module, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
    execArgv: [...process.execArgv, ...execArgv],
  })
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(reason: Error): void }>()
  let count = 0
  child.on('message', (outcome: Outcome<Answer>) => {
    const asked = waiting.get(outcome.number)
    waiting.delete(outcome.number)
    if ('error' in outcome) asked?.reject(new Error(outcome.error))
    else asked?.resolve(outcome.value)
  })
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`a process ended with ${code ?? signal}`))
  })
  return {
    pid: child.pid ?? 0,
    ask: (value) =>
      new Promise((resolve, reject) => {
        const number = count++
        waiting.set(number, { resolve, reject })
        child.send({ number, value } satisfies Numbered<Question>)
      }),
    close: () => ended(child),
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    if (child.connected) child.disconnect()
  })
}

/** The answering side: every question of the parent through `answer`; the process ends, after `leave`, when the parent has left. */
export function answerParent<Question, Answer>(
  answer: (question: Question) => Promise<Answer>,
  leave: () => Promise<void>,
): void {
  process.on('message', ({ number, value }: Numbered<Question>) => {
    answer(value).then(
      (given) => process.send?.({ number, value: given } satisfies Outcome<Answer>),
      (error: unknown) => process.send?.({ number, error: String(error) } satisfies Outcome<Answer>),
    )
  })
  process.on('disconnect', () => void leave().finally(() => process.exit()))
}
