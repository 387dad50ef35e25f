/** What CometBFT prints, for the operator: its errors as they come, each kind once an hour, and nothing of its stack traces. */

/** Where it goes. */
export interface CometLogParts {
  readonly log: (text: string) => void
  /** Of a clock that never goes back. */
  readonly nowMs: () => number
}

/** A peer that is away is an error every few seconds, and always the same one. */
const AGAIN_MS = 3_600_000

/** Kinds that are remembered; what is said beyond them is rare enough to be said again. */
const KINDS = 64

/** Texts of errors quote addresses, hashes and heights; a longer one quotes more than an operator reads. */
const LONGEST = 240

/** Takes its lines one by one. */
export function createCometLog({ log, nowMs }: CometLogParts): (line: string) => void {
  const said = new Map<string, number>()
  return (line) => {
    const error = readError(line)
    if (error === undefined) return
    const kind = `${error.module} ${error.message}`
    const before = said.get(kind)
    if (before !== undefined && nowMs() - before < AGAIN_MS) return
    if (said.size >= KINDS) said.clear()
    said.set(kind, nowMs())
    log(
      `cometbft ${error.module}: ${[error.message, error.cause].filter(Boolean).join(': ').slice(0, LONGEST)}`,
    )
  }
}

interface CometError {
  readonly module: string
  readonly message: string
  readonly cause: string
}

/** One line of its JSON log; a panic is plain text, of which the first line says what it is. */
function readError(line: string): CometError | undefined {
  if (line.startsWith('panic:')) return { module: 'process', message: line, cause: '' }
  if (!line.startsWith('{')) return undefined
  try {
    const { level, module, _msg: message, err: cause } = JSON.parse(line) as Readonly<Record<string, unknown>>
    if (level !== 'error' || typeof message !== 'string') return undefined
    return { module: textOf(module), message, cause: textOf(cause) }
  } catch {
    return undefined
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
