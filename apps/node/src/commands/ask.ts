/** What most commands do: ask the node for one operation, show progress, print the answer, turn a refusal into exit code 1. */
import type { Bilingual, ExitCode, Invocation } from '../command-line/command.ts'
import { createProgress } from '../command-line/progress.ts'
import { perform } from '../control/control-client.ts'
import { type Json, OperationRefused } from '../operations/operation.ts'

/** How an answer looks to a person; `--json` prints the document itself. */
export type Show = (answer: never) => string

const working: Bilingual = { zh: '处理中', en: 'working' }

/**
 * Runs the operation `name`. `exitCode` decides from the answer; 0 unless given. With `keep`, `show` writes files, so it is called
 * under `--json` as well.
 */
export async function ask(
  invocation: Invocation,
  name: string,
  args: Json,
  show: Show,
  {
    label = working,
    exitCode = () => 0,
    keep = false,
  }: { label?: Bilingual; exitCode?: (answer: never) => ExitCode; keep?: boolean } = {},
): Promise<ExitCode> {
  const progress = createProgress(label, process.stderr, () => performance.now())
  try {
    const answer = await perform(invocation, name, args, progress.at)
    progress.end()
    const shown = invocation.json && !keep ? '' : show(answer as never)
    invocation.out(invocation.json ? JSON.stringify(answer) : shown)
    return exitCode(answer as never)
  } catch (error) {
    progress.end()
    return sayRefused(invocation, error)
  }
}

/** Prints a refusal; anything else is thrown on. */
export function sayRefused(invocation: Invocation, error: unknown): ExitCode {
  if (!(error instanceof OperationRefused)) throw error
  if (invocation.json) invocation.out(JSON.stringify({ refused: { code: error.code, ...error.text } }))
  invocation.log(`${error.text.en}\n${error.text.zh}`)
  return 1
}

/** The value of an option that takes one, or undefined. */
export function option(invocation: Invocation, name: string): string | undefined {
  const value = invocation.options[name]
  return typeof value === 'string' ? value : undefined
}
