/** Runs the program as a person would: a child process, its answer, its complaints and its exit code. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

const main = join(import.meta.dirname, '..', 'src', 'main.ts')

/** What a finished call left. */
export interface Finished {
  readonly code: number | null
  readonly out: string
  readonly log: string
}

/** Runs one command to its end. */
export function meridian(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const child = startMeridian(args, environment)
  return child.finished
}

/** A command that goes on until told to stop. */
export interface Running {
  readonly finished: Promise<Finished>
  /** Resolves with what was written so far once it matches; rejects when the process ends before. */
  said(form: RegExp): Promise<RegExpExecArray>
  kill(signal: NodeJS.Signals): void
}

/** Starts a command. */
export function startMeridian(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const text = { out: '', log: '' }
  child.stdout.setEncoding('utf8').on('data', (chunk) => (text.out += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk) => (text.log += chunk))
  const finished = new Promise<Finished>((resolve) =>
    child.once('close', (code) => resolve({ code, ...text })),
  )
  const said = (form: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = form.exec(text.out + text.log)
        if (found !== null) resolve(found)
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      finished.then(() => reject(new Error(`ended before ${form} was said:\n${text.out}${text.log}`)))
      look()
    })
  return { finished, said, kill: (signal) => child.kill(signal) }
}

/** A folder of the test's own; gone when it ends. */
export function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
