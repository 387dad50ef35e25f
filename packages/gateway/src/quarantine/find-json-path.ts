/** Finds a value in JSON text by a FHIRPath-like place (`Patient.name[0].family`) or a JSON Pointer (`/name/0/family`). */
import type { Mark } from './mark-place.ts'

interface Member {
  readonly key: string | number
  readonly span: Mark
}

/**
 * The span of the value; when the path leads nowhere (a missing element), the name or the brace of the deepest thing that
 * is there. Text that is not JSON gives as much as could be read, or `undefined`.
 */
export function findJsonPath(text: string, place: string): Mark | undefined {
  const { root, steps } = stepsOf(place)
  const start = rootValue(text, root)
  if (start === undefined) return undefined
  let here = start
  for (const step of steps) {
    const next = membersOf(text, here.from).find((member) => member.key === step)
    if (next === undefined) return { from: here.from, to: Math.min(here.from + 1, here.to) }
    here = next.span
  }
  return here
}

function stepsOf(place: string): { root?: string; steps: (string | number)[] } {
  if (place.startsWith('/'))
    return {
      steps: place
        .slice(1)
        .split('/')
        .map((s) => (/^\d+$/.test(s) ? Number(s) : s)),
    }
  const parts = [...place.matchAll(/([A-Za-z_][\w-]*)|\[(\d+)\]/g)].map((m) =>
    m[2] === undefined ? (m[1] ?? '') : Number(m[2]),
  )
  const [first, ...rest] = parts
  return typeof first === 'string' && /^[A-Z]/.test(first) ? { root: first, steps: rest } : { steps: parts }
}

/** The resource the path starts from: the text itself, or inside a Bundle the first of that type. */
function rootValue(text: string, root: string | undefined): Mark | undefined {
  const from = skipSpace(text, 0)
  const whole = { from, to: endOfValue(text, from) }
  if (root === undefined || typeAt(text, whole) === root) return whole
  const entries = membersOf(text, from).find((m) => m.key === 'entry')
  if (entries === undefined) return whole
  for (const entry of membersOf(text, entries.span.from)) {
    const resource = membersOf(text, entry.span.from).find((m) => m.key === 'resource')
    if (resource !== undefined && typeAt(text, resource.span) === root) return resource.span
  }
  return whole
}

function typeAt(text: string, { from }: Mark): string | undefined {
  const member = membersOf(text, from).find((m) => m.key === 'resourceType')
  return member === undefined ? undefined : text.slice(member.span.from + 1, member.span.to - 1)
}

/** The members of the object or array that starts at `at`, without recursion into them. */
function membersOf(text: string, at: number): Member[] {
  const isArray = text[at] === '['
  if (!isArray && text[at] !== '{') return []
  const members: Member[] = []
  let here = skipSpace(text, at + 1)
  while (here < text.length && text[here] !== '}' && text[here] !== ']') {
    let key: string | number = members.length
    if (!isArray) {
      const end = endOfValue(text, here)
      key = text.slice(here + 1, end - 1)
      here = skipSpace(text, skipSpace(text, end) + 1)
    }
    const to = endOfValue(text, here)
    // Malformed text could stand still; then this is as far as it can be read.
    if (to <= here) break
    members.push({ key, span: { from: here, to } })
    here = skipSpace(text, to)
    if (text[here] === ',') here = skipSpace(text, here + 1)
  }
  return members
}

function skipSpace(text: string, at: number): number {
  let here = at
  while (here < text.length && /\s/.test(text[here] ?? '')) here++
  return here
}

function endOfValue(text: string, at: number): number {
  const first = text[at]
  if (first === '"') return endOfString(text, at)
  if (first !== '{' && first !== '[') {
    let here = at
    while (here < text.length && !/[\s,\]}:]/.test(text[here] ?? '')) here++
    return here
  }
  let depth = 0
  for (let here = at; here < text.length; here++) {
    const c = text[here]
    if (c === '"') here = endOfString(text, here) - 1
    else if (c === '{' || c === '[') depth++
    else if ((c === '}' || c === ']') && --depth === 0) return here + 1
  }
  return text.length
}

function endOfString(text: string, at: number): number {
  for (let here = at + 1; here < text.length; here++) {
    if (text[here] === '\\') here++
    else if (text[here] === '"') return here + 1
  }
  return text.length
}
