/**
 * Finds where the members of a JSON object or the items of an array stand in its source text, one level deep and without
 * recursion, so that a part can be taken out or replaced while every other character stays as it came.
 */

/** `text.slice(from, to)` is the value. */
export interface Slice {
  readonly from: number
  readonly to: number
}

/**
 * The members of the object at `start` (leading space allowed), by name. Undefined when there is no object, it does not close,
 * or a name comes twice. What stands inside the values is not judged: that is the strict reader's work.
 */
export function memberSlices(text: string, start = 0): Map<string, Slice> | undefined {
  let at = skipSpace(text, start)
  if (text[at] !== '{') return undefined
  const members = new Map<string, Slice>()
  at = skipSpace(text, at + 1)
  if (text[at] === '}') return members
  for (;;) {
    const nameEnd = stringEnd(text, at)
    if (nameEnd === undefined) return undefined
    const name = readString(text.slice(at, nameEnd))
    const colon = skipSpace(text, nameEnd)
    if (name === undefined || members.has(name) || text[colon] !== ':') return undefined
    const value = sliceAt(text, skipSpace(text, colon + 1))
    if (value === undefined) return undefined
    members.set(name, value)
    at = skipSpace(text, value.to)
    if (text[at] === '}') return members
    if (text[at] !== ',') return undefined
    at = skipSpace(text, at + 1)
  }
}

/** The items of the array at `start`, in order; undefined when there is no array or it does not close. */
export function itemSlices(text: string, start = 0): Slice[] | undefined {
  let at = skipSpace(text, start)
  if (text[at] !== '[') return undefined
  const items: Slice[] = []
  at = skipSpace(text, at + 1)
  if (text[at] === ']') return items
  for (;;) {
    const item = sliceAt(text, at)
    if (item === undefined) return undefined
    items.push(item)
    at = skipSpace(text, item.to)
    if (text[at] === ']') return items
    if (text[at] !== ',') return undefined
    at = skipSpace(text, at + 1)
  }
}

/** The string a JSON string literal stands for; undefined when it is none. */
export function readString(literal: string): string | undefined {
  if (!literal.startsWith('"')) return undefined
  if (!literal.includes('\\')) return literal.slice(1, -1)
  try {
    return JSON.parse(literal) as string
  } catch {
    return undefined
  }
}

/** The index after the closing quote of the string that opens at `at`; undefined when none opens or it does not close. */
export function stringEnd(text: string, at: number): number | undefined {
  if (text.charCodeAt(at) !== 0x22) return undefined
  for (let quote = text.indexOf('"', at + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0
    while (text.charCodeAt(quote - 1 - slashes) === 0x5c) slashes++
    if (slashes % 2 === 0) return quote + 1
  }
  return undefined
}

function sliceAt(text: string, from: number): Slice | undefined {
  const first = text[from]
  if (first === undefined) return undefined
  const to =
    first === '"'
      ? stringEnd(text, from)
      : first === '{' || first === '['
        ? nestedEnd(text, from)
        : scalarEnd(text, from)
  return to === undefined || to === from ? undefined : { from, to }
}

function nestedEnd(text: string, from: number): number | undefined {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      const end = stringEnd(text, at)
      if (end === undefined) return undefined
      at = end - 1
    } else if (code === 0x7b || code === 0x5b) depth++
    else if ((code === 0x7d || code === 0x5d) && --depth === 0) return at + 1
  }
  return undefined
}

function scalarEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && !isSpaceOrStop(text.charCodeAt(at))) at++
  return at
}

function isSpaceOrStop(code: number): boolean {
  return code === 0x2c || code === 0x7d || code === 0x5d || isSpace(code)
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (isSpace(text.charCodeAt(at))) at++
  return at
}
