/** The command line: the only file that reads the environment, the arguments and the signals. */

import { commands } from '../commands/index.ts'
import { type ExitCode, UsageError } from './command.ts'
import { helpFor, helpOverview } from './help.ts'
import { outsideText } from './outside-failure.ts'
import { parseCall } from './parse.ts'

/** Finds the command that is called, runs it and says what went wrong, in both languages; its exit code. */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args
  const command = commands.find((c) => c.name === name)
  if (command === undefined || name === 'help' || name === undefined) return help(name, rest[0])
  try {
    const { words, options } = parseCall(command, rest)
    if (options.help === true) {
      process.stdout.write(`${helpFor(command)}\n`)
      return 0
    }
    return await command.run({
      words,
      options,
      home: typeof options.home === 'string' ? options.home : (process.env.MERIDIAN_HOME ?? '.meridian'),
      json: options.json === true,
      environment: process.env,
      out: (text) => process.stdout.write(`${text}\n`),
      log: (text) => process.stderr.write(`${text}\n`),
      signal: stopSignal(),
    })
  } catch (error) {
    return complain(error, name)
  }
}

function help(name: string | undefined, about: string | undefined): ExitCode {
  const one = commands.find((c) => c.name === about)
  process.stdout.write(`${one ? helpFor(one) : helpOverview(commands)}\n`)
  return name === undefined || ['help', '--help', '-h'].includes(name) ? 0 : 2
}

function complain(error: unknown, name: string): ExitCode {
  if (error instanceof UsageError) {
    const code = error.code === undefined ? '' : `${error.code}: `
    process.stderr.write(`${code}${error.text.en}\n${error.text.zh}\n→ meridian help ${name}\n`)
    return 2
  }
  const text = outsideText(error)
  if (text === undefined) throw error
  process.stderr.write(`${text.en}\n${text.zh}\n`)
  return 3
}

/** The first Ctrl-C or TERM asks for a clean end; the second is the operating system's. */
function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return controller.signal
}
