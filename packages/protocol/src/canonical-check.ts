/** Tells in one pass without allocation whether a text is canonical already (spec 1 §3): the common case. */
import { literalEnd, numberEnd, plainRunEnd } from './json-scan.ts'
import type { TextLimits } from './text-limits.ts'

interface Check {
  readonly text: string
  readonly limits: TextLimits
  members: number
}

/** False says only that the slow reader must look: it may be valid, not canonical, or wrong. */
export function isCanonicalJson(text: string, limits: TextLimits): boolean {
  return checkValue({ text, limits, members: 0 }, 0, 0) === text.length
}

/** The end of a canonical value at `at`, or −1. */
function checkValue(check: Check, at: number, depth: number): number {
  const { text } = check
  const code = text.charCodeAt(at)
  if (code === 0x22) return checkString(text, at)
  if (code === 0x7b) return checkObject(check, at, depth + 1)
  if (code === 0x5b) return checkArray(check, at, depth + 1)
  if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return numberEnd(text, at)
  return literalEnd(text, at)
}

function checkString(text: string, at: number): number {
  let i = plainRunEnd(text, at + 1)
  while (text.charCodeAt(i) === 0x5c) {
    const length = canonicalEscapeLength(text, i)
    if (length === 0) return -1
    i = plainRunEnd(text, i + length)
  }
  return text.charCodeAt(i) === 0x22 ? i + 1 : -1
}

/** 2 for `\" \\ \b \f \n \r \t`, 6 for `\u00xx` in lower case of another control character, else 0. */
function canonicalEscapeLength(text: string, at: number): number {
  const letter = text[at + 1]
  if (letter !== 'u') return letter !== undefined && '"\\bfnrt'.includes(letter) ? 2 : 0
  const digits = text.slice(at + 2, at + 6)
  if (!/^00[01][0-9a-f]$/.test(digits)) return 0
  return /^00(?:08|09|0a|0c|0d)$/.test(digits) ? 0 : 6
}

function checkObject(check: Check, at: number, depth: number): number {
  const { text, limits } = check
  if (depth > limits.maxDepth) return -1
  let i = at + 1
  if (text.charCodeAt(i) === 0x7d) return i + 1
  let last: string | undefined
  for (;;) {
    if (text.charCodeAt(i) !== 0x22 || ++check.members > limits.maxMembers) return -1
    const keyEnd = plainRunEnd(text, i + 1)
    const key = text.slice(i + 1, keyEnd)
    // A key with an escape ends here at its backslash and is left to the slow reader.
    if (text.charCodeAt(keyEnd) !== 0x22 || text.charCodeAt(keyEnd + 1) !== 0x3a) return -1
    if (last !== undefined && key <= last) return -1
    last = key
    i = checkValue(check, keyEnd + 2, depth)
    if (i < 0) return -1
    const next = text.charCodeAt(i++)
    if (next === 0x7d) return i
    if (next !== 0x2c) return -1
  }
}

function checkArray(check: Check, at: number, depth: number): number {
  const { text, limits } = check
  if (depth > limits.maxDepth) return -1
  let i = at + 1
  if (text.charCodeAt(i) === 0x5d) return i + 1
  for (;;) {
    if (++check.members > limits.maxMembers) return -1
    i = checkValue(check, i, depth)
    if (i < 0) return -1
    const next = text.charCodeAt(i++)
    if (next === 0x5d) return i
    if (next !== 0x2c) return -1
  }
}
