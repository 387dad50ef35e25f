/**
 * Programs that an engine starts instead of CometBFT: each starts the real one with something between the two. What they are told stands
 * before CometBFT's own arguments.
 */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Which script is run, and what it is told first. */
export interface Wrapping {
  /** File name, which names the program too. */
  readonly script: string
  readonly told: string
}

/** Writes the program; answers its path. */
export function writeWrapped(folder: string, { script, told }: Wrapping, binary: string): string {
  const path = join(folder, `${script}-${told}`)
  const file = join(import.meta.dirname, script)
  const words = [process.execPath, '--disable-warning=ExperimentalWarning', file, told, binary]
  writeFileSync(path, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(' ')} "$@"\n`)
  chmodSync(path, 0o700)
  return path
}

/** How CometBFT is started, as the wrapping script sees it. */
export interface Wrapped {
  readonly told: string
  /** CometBFT's home. */
  readonly home: string
  /** Changes a line of config.toml; answers what the form's first group had caught. */
  configure(form: RegExp, change: (caught: string) => string): string
  /** Starts the real program; this process ends with it. */
  start(): void
}

/** Reads the arguments of this process. Every call but `start` is handed to the real program at once. */
export function runWrapped(prepare: (wrapped: Wrapped) => void): void {
  const [told = '', binary = '', ...args] = process.argv.slice(2)
  if (args[0] !== 'start') {
    process.stdout.write(execFileSync(binary, args))
    return
  }
  const home = args[args.indexOf('--home') + 1] ?? ''
  const config = join(home, 'config', 'config.toml')
  prepare({
    told,
    home,
    configure(form, change) {
      const text = readFileSync(config, 'utf8')
      const caught = form.exec(text)?.[1] ?? ''
      writeFileSync(
        config,
        text.replace(form, () => change(caught)),
      )
      return caught
    },
    start() {
      const comet = spawn(binary, args, { stdio: 'inherit' })
      process.on('SIGTERM', () => comet.kill('SIGTERM'))
      comet.on('exit', (code) => process.exit(code ?? 1))
    },
  })
}
