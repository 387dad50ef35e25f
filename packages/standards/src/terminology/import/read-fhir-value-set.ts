/** Reads a FHIR R4 ValueSet: its `compose`, or the codes of its `expansion`. Whole or not at all: a set less one filter means something else. */
import type { Bilingual } from '../../finding.ts'
import type { FilterOperator, ValueSet, ValueSetFilter, ValueSetInclude } from '../value-set.ts'
import type { BadRow } from './import-release.ts'

/** A set that can be asked, or everything that stands in the way, named by its path in the resource. */
export type ReadValueSet = { readonly valueSet: ValueSet } | { readonly bad: readonly BadRow[] }

type Json = Readonly<Record<string, unknown>>

const most = { includes: 1000, concepts: 500_000, filters: 20, sets: 100 }
const operators: ReadonlySet<unknown> = new Set<FilterOperator>([
  '=',
  'is-a',
  'descendent-of',
  'is-not-a',
  'regex',
  'in',
  'not-in',
  'generalizes',
  'exists',
])

/** Undefined when the value is no ValueSet with a url. */
export function readFhirValueSet(json: unknown): ReadValueSet | undefined {
  const { resourceType, url, version, title, name, compose, expansion } = objectOf(json)
  if (resourceType !== 'ValueSet' || !isText(url)) return undefined
  const bad: BadRow[] = []
  const complain: Complain = (path, { zh, en }) =>
    void bad.push({ line: 0, hint: { zh: `${path}：${zh}`, en: `${path}: ${en}` } })
  const { include, exclude } = objectOf(compose)
  const included =
    compose === undefined
      ? expandedCodes(objectOf(expansion).contains, complain)
      : includesOf(include, 'compose.include', complain)
  const excluded = includesOf(exclude, 'compose.exclude', complain)
  if (included.length === 0 && bad.length === 0) complain('compose', hints.empty)
  if (bad.length > 0) return { bad }
  const called = String(title ?? name ?? url)
  const valueSet: ValueSet = {
    url,
    version: isText(version) ? version : '1',
    titles: { zh: called, en: called },
    include: included,
    ...(excluded.length === 0 ? {} : { exclude: excluded }),
    origin: 'imported',
  }
  return { valueSet }
}

type Complain = (path: string, hint: Bilingual) => void

const hints = {
  empty: { zh: '没有 include，也没有 expansion。', en: 'There is neither an include nor an expansion.' },
  many: { zh: '条目过多。', en: 'There are too many entries.' },
  nothing: { zh: '应有 system 或 valueSet。', en: 'It needs a system or a valueSet.' },
  both: { zh: 'concept 与 filter 不能同时使用。', en: 'It cannot have both concept and filter.' },
  code: { zh: '应有 code。', en: 'It needs a code.' },
  filter: {
    zh: '筛选应有 property、value 和支持的 op（=、is-a、descendent-of、is-not-a、regex、in、not-in、generalizes、exists）。',
    en: 'A filter needs property, value and a supported op (=, is-a, descendent-of, is-not-a, regex, in, not-in, generalizes, exists).',
  },
  lonely: { zh: 'concept 和 filter 需要 system。', en: 'concept and filter need a system.' },
} satisfies Record<string, Bilingual>

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}

/** The entries of a list that is no longer than allowed; undefined is an empty one. */
function listOf(value: unknown, limit: number, path: string, complain: Complain): readonly unknown[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.length <= limit) return value
  complain(path, hints.many)
  return []
}

function includesOf(value: unknown, path: string, complain: Complain): ValueSetInclude[] {
  return listOf(value, most.includes, path, complain).map((one, at) =>
    includeOf(objectOf(one), `${path}[${at}]`, complain),
  )
}

function includeOf(from: Json, path: string, complain: Complain): ValueSetInclude {
  const { system, version } = from
  const concept = listOf(from.concept, most.concepts, `${path}.concept`, complain).flatMap((one, at) => {
    const { code, display } = objectOf(one)
    if (!isText(code)) complain(`${path}.concept[${at}]`, hints.code)
    return isText(code) ? [{ code, ...(isText(display) ? { display } : {}) }] : []
  })
  const filter = listOf(from.filter, most.filters, `${path}.filter`, complain).flatMap((one, at) => {
    const { property, op, value } = objectOf(one)
    const isWhole = isText(property) && isText(value) && operators.has(op)
    if (!isWhole) complain(`${path}.filter[${at}]`, hints.filter)
    return isWhole ? [{ property, op, value } as ValueSetFilter] : []
  })
  const valueSet = listOf(from.valueSet, most.sets, `${path}.valueSet`, complain).filter(isText)
  if (!isText(system) && valueSet.length === 0) complain(path, hints.nothing)
  if (!isText(system) && concept.length + filter.length > 0) complain(path, hints.lonely)
  if (concept.length > 0 && filter.length > 0) complain(path, hints.both)
  return {
    ...(isText(system) ? { system } : {}),
    ...(isText(version) ? { version } : {}),
    ...(concept.length === 0 ? {} : { concept }),
    ...(filter.length === 0 ? {} : { filter }),
    ...(valueSet.length === 0 ? {} : { valueSet }),
  }
}

/** Listed codes by system, however deep they lie; entries that only group others have no part in it. */
function expandedCodes(contains: unknown, complain: Complain): ValueSetInclude[] {
  const bySystem = new Map<string, { code: string; display?: string }[]>()
  const waiting: unknown[] = [contains]
  let count = 0
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!Array.isArray(next)) continue
    for (const one of next) {
      const { system, code, display, abstract, contains: inner } = objectOf(one)
      waiting.push(inner ?? [])
      if (abstract === true || code === undefined) continue
      count += 1
      if (!isText(system) || !isText(code)) complain(`expansion.contains (${count})`, hints.code)
      else {
        const own = bySystem.get(system) ?? []
        own.push({ code, ...(isText(display) ? { display } : {}) })
        bySystem.set(system, own)
      }
    }
    if (count > most.concepts) {
      complain('expansion', hints.many)
      break
    }
  }
  return [...bySystem].map(([system, concept]) => ({ system, concept }))
}
