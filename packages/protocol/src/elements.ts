/** The elements of a canonical text: one per leaf, named by its JSON Pointer (spec 4 §2). */
import type { CanonicalText } from './canonical-text.ts'
import { trustedStringEnd, trustedValueEnd } from './json-scan.ts'

/** One leaf. `path` is a JSON Pointer (RFC 6901); `value` the leaf's source text, `{}` or `[]` when empty. */
export interface Element {
  readonly path: string
  readonly value: string
}

/** Every leaf in the order of the text; `prefix` goes before every path. */
export function elementsOf(text: CanonicalText, prefix = ''): Element[] {
  const elements: Element[] = []
  collect(text, { at: 0, path: prefix }, elements)
  return elements
}

/** Adds the leaves of the value at `at` and answers where it ends. */
function collect(text: string, from: { at: number; path: string }, elements: Element[]): number {
  const { at, path } = from
  const code = text.charCodeAt(at)
  const next = text.charCodeAt(at + 1)
  if (code === 0x7b && next !== 0x7d) return collectMembers(text, from, elements)
  if (code === 0x5b && next !== 0x5d) return collectItems(text, from, elements)
  const end = trustedValueEnd(text, at)
  elements.push({ path, value: text.slice(at, end) })
  return end
}

function collectMembers(text: string, from: { at: number; path: string }, elements: Element[]): number {
  let at = from.at + 1
  for (;;) {
    const keyEnd = trustedStringEnd(text, at)
    const path = `${from.path}/${pointerToken(text.slice(at, keyEnd))}`
    at = collect(text, { at: keyEnd + 1, path }, elements)
    if (text.charCodeAt(at++) === 0x7d) return at
  }
}

function collectItems(text: string, from: { at: number; path: string }, elements: Element[]): number {
  let at = from.at + 1
  for (let index = 0; ; index++) {
    at = collect(text, { at, path: `${from.path}/${index}` }, elements)
    if (text.charCodeAt(at++) === 0x5d) return at
  }
}

/** A member's name, given as its source text with quotes, as one token of a JSON Pointer (RFC 6901 §3). */
export function pointerToken(nameText: string): string {
  const name = nameText.includes('\\') ? (JSON.parse(nameText) as string) : nameText.slice(1, -1)
  if (!name.includes('~') && !name.includes('/')) return name
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
