/** What a command of `meridian` is: its words, its options and what it does. Help and docs are made from the table. */

/** The same sentence in both languages. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** Exit codes: 0 done, 1 refused or not verified, 2 wrong usage, 3 the outside failed. */
export type ExitCode = 0 | 1 | 2 | 3

/** One option; without `value` it is a flag. `value` names what follows, as in `-o FILE`. */
export interface Option {
  readonly name: string
  readonly short?: string
  readonly value?: string
  readonly text: Bilingual
}

/** What a command gets: words after its name, options, where to write, and the home directory. */
export interface Invocation {
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  readonly home: string
  readonly json: boolean
  readonly environment: NodeJS.ProcessEnv
  /** The answer: one JSON document under `--json`, else lines for people. */
  readonly out: (text: string) => void
  /** Everything that is not the answer: progress, logs, complaints. */
  readonly log: (text: string) => void
  readonly signal: AbortSignal
}

/** One command. `usage` is what follows the name, as in `PATH…`. */
export interface Command {
  readonly name: string
  readonly usage: string
  readonly summary: Bilingual
  readonly options: readonly Option[]
  run(invocation: Invocation): Promise<ExitCode>
}

/** Thrown for a wrong call of a command: prints the sentence and how to call it, exit code 2. `code` names it for scripts. */
export class UsageError extends Error {
  readonly text: Bilingual
  readonly code: string | undefined
  constructor(text: Bilingual, code?: string) {
    super(text.en)
    this.text = text
    this.code = code
  }
}

/** Thrown when the outside failed (disk, port, database, network): exit code 3. `detail` is safe to show. */
export class OutsideFailure extends Error {
  readonly text: Bilingual
  constructor(text: Bilingual, cause?: unknown) {
    super(text.en, { cause })
    this.text = text
  }
}
