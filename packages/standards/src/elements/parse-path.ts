/** Reads the text of an element path; see `element-path.ts` for what it may say. */

/** A member, narrowed. */
export interface ParsedStep {
  readonly name: string
  readonly ofType?: string
  readonly filters: readonly ParsedFilter[]
}

/** A sub-path that must lead somewhere, to `equals` where given. */
export interface ParsedFilter {
  readonly steps: readonly ParsedStep[]
  readonly equals?: string | boolean
}

/** A whole path. */
export interface ParsedPath {
  readonly type: string
  readonly filters: readonly ParsedFilter[]
  readonly steps: readonly ParsedStep[]
}

/** Longer than this is no path of a data element. */
const longest = 1000
const deepest = 8
const token = /\s*(?:([A-Za-z][A-Za-z0-9]*)|'((?:[^'\\]|\\['\\])*)'|([.()=]))/y

interface Reader {
  readonly tokens: readonly Token[]
  at: number
  depth: number
}

type Token = { readonly word: string } | { readonly text: string } | { readonly sign: string }

/** The path, or undefined when the text is none. */
export function parsePath(text: string): ParsedPath | undefined {
  const tokens = text.length > longest ? undefined : tokensOf(text)
  if (tokens === undefined) return undefined
  const reader: Reader = { tokens, at: 0, depth: 0 }
  const type = word(reader)
  if (type === undefined || !/^[A-Z]/.test(type)) return undefined
  const head = { name: type, filters: [] as ParsedFilter[] }
  const steps = readSteps(reader, head)
  if (steps === undefined || reader.at < tokens.length) return undefined
  return { type, filters: head.filters, steps }
}

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const found = token.exec(text)
    if (found === null) return undefined
    const [, name, quoted, sign] = found
    if (name !== undefined) tokens.push({ word: name })
    else if (sign !== undefined) tokens.push({ sign })
    else tokens.push({ text: (quoted ?? '').replace(/\\(.)/g, '$1') })
  }
  return tokens
}

interface Narrowed {
  readonly name: string
  ofType?: string
  readonly filters: ParsedFilter[]
}

/** The steps after a head, which itself may be narrowed; stops before what is no step. */
function readSteps(reader: Reader, head: Narrowed): ParsedStep[] | undefined {
  const steps: ParsedStep[] = []
  let last = head
  while (sign(reader, '.')) {
    const name = word(reader)
    if (name === undefined) return undefined
    if (name === 'exists' && isNext(reader, '(')) {
      reader.at -= 2
      return steps
    }
    if (!sign(reader, '(')) {
      last = { name, filters: [] }
      steps.push(last)
      continue
    }
    const made = readCall(reader, name, last)
    if (made === undefined) return undefined
    if (made !== last) steps.push(made)
    last = made
  }
  return steps
}

function readCall(reader: Reader, name: string, last: Narrowed): Narrowed | undefined {
  if (name === 'where') {
    const filters = readFilters(reader)
    if (filters === undefined || !sign(reader, ')')) return undefined
    last.filters.push(...filters)
    return last
  }
  if (name === 'ofType') {
    const type = word(reader)
    if (type === undefined || !sign(reader, ')')) return undefined
    last.ofType = type
    return last
  }
  const url = name === 'extension' ? text(reader) : undefined
  if (url === undefined || !sign(reader, ')')) return undefined
  return { name: 'extension', filters: [{ steps: [{ name: 'url', filters: [] }], equals: url }] }
}

function readFilters(reader: Reader): ParsedFilter[] | undefined {
  reader.depth += 1
  if (reader.depth > deepest) return undefined
  const filters: ParsedFilter[] = []
  do {
    const filter = readFilter(reader)
    if (filter === undefined) return undefined
    filters.push(filter)
  } while (takeWord(reader, 'and'))
  reader.depth -= 1
  return filters
}

function readFilter(reader: Reader): ParsedFilter | undefined {
  const name = word(reader)
  if (name === undefined) return undefined
  const head: Narrowed = { name, filters: [] }
  const rest = readSteps(reader, head)
  if (rest === undefined) return undefined
  const steps = [head, ...rest]
  if (sign(reader, '=')) {
    const equals = text(reader) ?? truth(reader)
    return equals === undefined ? undefined : { steps, equals }
  }
  const exists = sign(reader, '.') && takeWord(reader, 'exists') && sign(reader, '(') && sign(reader, ')')
  return exists ? { steps } : undefined
}

function word(reader: Reader): string | undefined {
  const next = reader.tokens[reader.at]
  if (next === undefined || !('word' in next)) return undefined
  reader.at += 1
  return next.word
}

function takeWord(reader: Reader, wanted: string): boolean {
  const next = reader.tokens[reader.at]
  if (next === undefined || !('word' in next) || next.word !== wanted) return false
  reader.at += 1
  return true
}

function truth(reader: Reader): boolean | undefined {
  if (takeWord(reader, 'true')) return true
  return takeWord(reader, 'false') ? false : undefined
}

function text(reader: Reader): string | undefined {
  const next = reader.tokens[reader.at]
  if (next === undefined || !('text' in next)) return undefined
  reader.at += 1
  return next.text
}

function isNext(reader: Reader, wanted: string): boolean {
  const next = reader.tokens[reader.at]
  return next !== undefined && 'sign' in next && next.sign === wanted
}

function sign(reader: Reader, wanted: string): boolean {
  if (!isNext(reader, wanted)) return false
  reader.at += 1
  return true
}
