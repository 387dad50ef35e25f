/** Lists what belongs to a value set: filtered by what a person types, or whole, a page at a time. */
import type { Clause, CompiledSet } from './membership.ts'
import { normalText } from './normal-text.ts'
import { type Hit, scoreOf, searchRelease } from './search.ts'
import { inactiveMark, type StoredConcept } from './store/build-release.ts'

/** What is asked of an expansion. */
export interface ExpandQuestion {
  readonly filter?: string | undefined
  readonly offset?: number | undefined
  readonly count?: number | undefined
  readonly activeOnly?: boolean | undefined
  /** Codes that may be used on this day (YYYY-MM-DD). */
  readonly date?: string | undefined
}

/** One code of an expansion. `concept` is absent for listed codes of a system that is not here. */
export interface ExpandedCode {
  readonly system: string
  readonly version?: string
  readonly code: string
  readonly display?: string
  readonly concept?: StoredConcept
}

/** A page. `total` counts all; with `more`, so many matched a filter that only the shortest were ranked. */
export interface Expansion {
  readonly total: number
  readonly offset: number
  readonly codes: readonly ExpandedCode[]
  readonly more: boolean
  /** The releases that answered: `system|version`. */
  readonly releases: readonly string[]
}

const defaultCount = 100
const mostCount = 1000

/** Never gives more than 1,000 codes at once. */
export function expandSet(set: CompiledSet, question: ExpandQuestion): Expansion {
  const offset = Math.max(0, question.offset ?? 0)
  const count = Math.min(mostCount, question.count ?? defaultCount)
  const releases = set.clauses.flatMap(({ reader }) =>
    reader === undefined ? [] : [`${reader.release.system}|${reader.release.version}`],
  )
  const text = question.filter?.trim() ?? ''
  const page =
    text === '' ? wholePage(set.clauses, question, offset, count) : filteredPage(set.clauses, question, text)
  const codes = text === '' ? page.codes : page.codes.slice(offset, offset + count)
  return { ...page, codes, offset, releases: [...new Set(releases)] }
}

type Page = Pick<Expansion, 'total' | 'codes' | 'more'>

function filteredPage(clauses: readonly Clause[], question: ExpandQuestion, text: string): Page {
  const all = clauses.map((clause) => hitsOf(clause, question, text))
  const hits = all.flatMap(({ hits }) => hits).sort((a, b) => b.score - a.score)
  return {
    total: all.reduce((sum, { total }) => sum + total, 0),
    more: all.some(({ more }) => more),
    codes: hits.map(({ expanded }) => expanded),
  }
}

function hitsOf(clause: Clause, question: ExpandQuestion, text: string) {
  const { reader, listed } = clause
  const usable = usableOn(question)
  if (reader === undefined || listed !== undefined) {
    const normal = normalText(text)
    const terms = normal.split(' ')
    const hits = [...(listed ?? new Map<string, string>())].flatMap(([code, display]) => {
      const concept = reader?.concept(code) ?? { code, display: display ?? '', at: -1 }
      const score = usable(concept) && clause.accept(concept) ? scoreOf(concept, normal, terms) : 0
      return score > 0 ? [{ score, expanded: expandedOf(clause, concept) }] : []
    })
    return { hits, total: hits.length, more: false }
  }
  const found = searchRelease(reader, {
    text,
    ...(clause.allow === undefined ? {} : { allow: clause.allow }),
    activeOnly: question.activeOnly === true,
    accept: (concept) => usable(concept) && clause.accept(concept),
  })
  const hits = found.hits.map(({ concept, score }: Hit) => ({ score, expanded: expandedOf(clause, concept) }))
  return { ...found, hits }
}

function wholePage(
  clauses: readonly Clause[],
  question: ExpandQuestion,
  offset: number,
  count: number,
): Page {
  let total = 0
  const codes: ExpandedCode[] = []
  for (const clause of clauses)
    for (const concept of membersOf(clause, question)) {
      const isShown = total >= offset && codes.length < count
      total += 1
      if (!isShown) continue
      codes.push(expandedOf(clause, typeof concept === 'number' ? readAt(clause, concept) : concept))
    }
  return { total, codes, more: false }
}

/** Places where nothing needs to be read to know that it belongs, else concepts. */
function* membersOf(clause: Clause, question: ExpandQuestion): Generator<number | StoredConcept> {
  const { reader, listed, places, allow, accept, simple } = clause
  const usable = usableOn(question)
  if (listed !== undefined) {
    for (const [code, display] of listed) {
      const concept = reader === undefined ? { code, display: display ?? '', at: -1 } : reader.concept(code)
      if (concept !== undefined && usable(concept) && accept(concept)) yield concept
    }
    return
  }
  if (reader === undefined) return
  const ranks = reader.ranks()
  const mustRead = !simple || (question.date !== undefined && reader.release.dated === true)
  const count = places?.length ?? reader.release.concepts
  for (let i = 0; i < count; i++) {
    const at = places === undefined ? i : (places[i] as number)
    if (question.activeOnly === true && ((ranks[at] as number) & inactiveMark) !== 0) continue
    if (allow !== undefined && !allow(at)) continue
    if (!mustRead) yield at
    else {
      const concept = reader.conceptAt(at)
      if (usable(concept) && accept(concept)) yield concept
    }
  }
}

function readAt({ reader }: Clause, at: number): StoredConcept {
  if (reader === undefined) throw new Error('a place without a release')
  return reader.conceptAt(at)
}

function usableOn({ date, activeOnly }: ExpandQuestion): (concept: StoredConcept) => boolean {
  return ({ inactive, from, to }) =>
    !(activeOnly === true && inactive === true) &&
    (date === undefined || ((from ?? '') <= date && (to === undefined || date <= to)))
}

function expandedOf({ system, reader, listed }: Clause, concept: StoredConcept): ExpandedCode {
  const display = listed?.get(concept.code) ?? concept.display
  const version = reader?.release.version
  return {
    system,
    code: concept.code,
    ...(version === undefined ? {} : { version }),
    ...(display === '' ? {} : { display }),
    ...(reader === undefined ? {} : { concept }),
  }
}
