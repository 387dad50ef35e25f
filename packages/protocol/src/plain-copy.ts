/**
 * The plain JavaScript value of a canonical text. `JSON.parse` of V8 13.6 (Node 24) reads an escaped member name as
 * `\` once it has seen an object with that name (`{"x":1,"\\":1}`, then `{"x":1,"\n":1}`), so a text with an escaped
 * name, which nobody sends but an attacker, is copied by hand.
 */
import type { CanonicalText } from './canonical-text.ts'
import { trustedStringEnd, trustedValueEnd } from './json-scan.ts'

/** The plain value, for libraries: numbers lose their source text here. */
export function plainCopy(text: CanonicalText): unknown {
  return text.includes('\\') && hasEscapedName(text) ? copyValue(text, 0, text.length) : JSON.parse(text)
}

function hasEscapedName(text: string): boolean {
  for (let at = text.indexOf('"'); at >= 0; ) {
    const end = trustedStringEnd(text, at)
    if (text.charCodeAt(end) === 0x3a && text.slice(at, end).includes('\\')) return true
    at = text.indexOf('"', end)
  }
  return false
}

function copyValue(text: string, start: number, end: number): unknown {
  const open = text.charCodeAt(start)
  if (open === 0x7b) return copyObject(text, start)
  if (open === 0x5b) return copyArray(text, start)
  return JSON.parse(text.slice(start, end))
}

function copyObject(text: string, start: number): object {
  const copy = {}
  for (let at = start + 1; text.charCodeAt(at) === 0x22; ) {
    const nameEnd = trustedStringEnd(text, at)
    const end = trustedValueEnd(text, nameEnd + 1)
    const value = copyValue(text, nameEnd + 1, end)
    // Assignment would call the setter that `__proto__` is.
    Object.defineProperty(copy, JSON.parse(text.slice(at, nameEnd)) as string, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    })
    at = end + 1
  }
  return copy
}

function copyArray(text: string, start: number): unknown[] {
  const copy: unknown[] = []
  for (let at = start + 1; text.charCodeAt(at - 1) !== 0x5d && text.charCodeAt(at) !== 0x5d; ) {
    const end = trustedValueEnd(text, at)
    copy.push(copyValue(text, at, end))
    at = end + 1
  }
  return copy
}
