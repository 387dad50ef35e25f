/** The filters of a value set, each as tests of a place or of a concept. */
import { type Problem, problem } from './problem.ts'
import { propertyToken, type StoredConcept } from './store/build-release.ts'
import { markPlaces, type ReleaseReader } from './store/read-release.ts'
import type { ValueSetFilter } from './value-set.ts'

/** A compiled filter: whichever parts can decide. `places`, ascending, holds at least everything it lets through. */
export interface CompiledFilter {
  readonly places?: Uint32Array
  readonly allow?: (at: number) => boolean
  readonly accept?: (concept: StoredConcept) => boolean
}

/** @returns `filter-unsupported`, `pattern-refused`, or `code-unknown` for a code that the hierarchy filters name. */
export function compileFilter(
  { property, op, value }: ValueSetFilter,
  reader: ReleaseReader,
): CompiledFilter | Problem {
  const isHierarchy = ['concept', 'code', 'parent', 'child', 'ancestor', 'descendant'].includes(property)
  switch (op) {
    case 'is-a':
    case 'descendent-of':
    case 'is-not-a':
    case 'generalizes':
      return hierarchyFilter(op, value, reader)
    case '=':
      if (property === 'parent') return childrenFilter(value, reader)
      if (property === 'code' || property === 'concept') return { accept: ({ code }) => code === value }
      if (property === 'status')
        return { accept: ({ inactive }) => (inactive === true) === (value !== 'active') }
      return markFilter([propertyToken(property, value)], reader, true)
    case 'in':
    case 'not-in': {
      const values = value.split(',').map((one) => one.trim())
      if (!isHierarchy)
        return markFilter(
          values.map((one) => propertyToken(property, one)),
          reader,
          op === 'in',
        )
      const all = new Set(values)
      return { accept: ({ code }) => all.has(code) === (op === 'in') }
    }
    case 'exists':
      return markFilter([propertyToken(property)], reader, value !== 'false')
    case 'regex':
      return patternFilter(property, value)
    default:
      return problem('filter-unsupported', String(op))
  }
}

function hierarchyFilter(op: string, code: string, reader: ReleaseReader): CompiledFilter | Problem {
  const top = reader.concept(code)?.at
  if (top === undefined) return problem('code-unknown', `${reader.release.system} ${op}`)
  if (op === 'is-not-a') return { allow: (at) => at !== top && !reader.isBelow(at, top) }
  if (op === 'generalizes') return { allow: (at) => at === top || reader.isBelow(top, at) }
  const below = reader.descendantsOf(top)
  if (op === 'descendent-of') return { places: below, allow: (at) => reader.isBelow(at, top) }
  const places = new Uint32Array(below.length + 1)
  places.set([top])
  places.set(below, 1)
  return { places: places.sort(), allow: (at) => at === top || reader.isBelow(at, top) }
}

function childrenFilter(code: string, reader: ReleaseReader): CompiledFilter | Problem {
  const parent = reader.concept(code)?.at
  if (parent === undefined) return problem('code-unknown', `${reader.release.system} parent`)
  const places = reader.childrenOf(parent).slice().sort()
  const all = new Set(places)
  return { places, allow: (at) => all.has(at) }
}

function markFilter(tokens: readonly string[], reader: ReleaseReader, wanted: boolean): CompiledFilter {
  const marks = new Uint8Array(reader.release.concepts)
  for (const token of tokens) {
    const list = reader.withToken(token)
    if (list !== undefined) markPlaces(list, marks, 1)
  }
  return { allow: (at) => (marks[at] === 1) === wanted }
}

const longestPattern = 100
const longestMatched = 200

/** A pattern is read by V8's backtracking engine, so what could take long is refused: see ADR 0156. */
function patternFilter(property: string, pattern: string): CompiledFilter | Problem {
  if (pattern.length > longestPattern || /\\[1-9kpP]|\(\?[=!<]|\)[*+{]|[*+}][*+{]/.test(pattern))
    return problem('pattern-refused', property)
  let compiled: RegExp
  try {
    compiled = new RegExp(`^(?:${pattern})$`, 'u')
  } catch {
    return problem('pattern-refused', property)
  }
  const test = (value: unknown) => typeof value === 'string' && compiled.test(value.slice(0, longestMatched))
  if (property === 'code' || property === 'concept') return { accept: ({ code }) => test(code) }
  if (property === 'display') return { accept: ({ display }) => test(display) }
  return {
    accept: ({ properties = [] }) =>
      properties.some(({ code, value }) => code === property && test(String(value))),
  }
}
