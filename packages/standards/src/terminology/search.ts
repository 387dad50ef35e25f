/** Finds concepts by what a person types: Chinese, English, pinyin initials, synonyms, the beginning of a code. */
import { hanPattern, hanTokens, initialTokens, normalText, runsOf } from './normal-text.ts'
import { initialsOf } from './pinyin-initials.ts'
import { inactiveMark, type StoredConcept } from './store/build-release.ts'
import { markPlaces, type ReleaseReader } from './store/read-release.ts'

/** What is looked for, and among which places. */
export interface SearchQuestion {
  readonly text: string
  readonly activeOnly?: boolean
  /** Places that may be found; cheap, since it is asked of every candidate. */
  readonly allow?: (at: number) => boolean
  /** Concepts that may be found; asked of those that are read. */
  readonly accept?: (concept: StoredConcept) => boolean
}

/** One found concept; a higher `score` fits better (1 exact … 0). */
export interface Hit {
  readonly concept: StoredConcept
  readonly score: number
}

/** `total` is exact unless `more` says that the longest names of very many candidates were not read. */
export interface Hits {
  readonly hits: readonly Hit[]
  readonly total: number
  readonly more: boolean
}

/** So many candidates are read and ranked; of more, those with the shortest names. */
const readAtMost = 600
const wordsAtMost = 500
const codesAtMost = 500
const longestQuestion = 200

/** Hits, best first. An empty question finds nothing. */
export function searchRelease(reader: ReleaseReader, question: SearchQuestion): Hits {
  const normal = normalText(question.text.slice(0, longestQuestion))
  const terms = normal.split(' ').filter((term) => term !== '')
  if (terms.length === 0) return { hits: [], total: 0, more: false }
  const places = candidates(reader, terms, question)
  const { read, more } = shortest(places, reader.ranks())
  const hits = read.flatMap((at) => {
    const concept = reader.conceptAt(at)
    const score = scoreOf(concept, normal, terms)
    return score > 0 && question.accept?.(concept) !== false ? [{ concept, score }] : []
  })
  hits.sort(
    (a, b) =>
      b.score - a.score || a.concept.display.length - b.concept.display.length || a.concept.at - b.concept.at,
  )
  return { hits, total: more ? places.length : hits.length, more }
}

function candidates(reader: ReleaseReader, terms: readonly string[], question: SearchQuestion): number[] {
  const count = reader.release.concepts
  const marks = new Uint8Array(count)
  for (const [i, term] of terms.slice(0, 8).entries()) markTerm(reader, term, marks, i)
  const last = Math.min(terms.length, 8)
  // A code with a dot in it is several words: E11.9.
  if (last > 1) for (const at of placesOfCode(reader, question.text.trim())) marks[at] = last
  const ranks = reader.ranks()
  const found: number[] = []
  for (let at = 0; at < count; at++) {
    if (marks[at] !== last) continue
    if (question.activeOnly === true && ((ranks[at] as number) & inactiveMark) !== 0) continue
    if (question.allow === undefined || question.allow(at)) found.push(at)
  }
  return found
}

/** Marks with `round + 1` what has this term too, among what has the terms before. */
function markTerm(reader: ReleaseReader, term: string, marks: Uint8Array, round: number): void {
  const own = new Uint8Array(marks.length)
  if (hanPattern.test(term)) markAll(reader, runsOf(term).flatMap(runTokens), own)
  else markLatin(reader, term, own)
  for (let at = 0; at < marks.length; at++) if (own[at] === 255 && marks[at] === round) marks[at] = round + 1
}

/** A Latin run next to Chinese is matched by reading the candidates: it may begin or end anywhere. */
const runTokens = (run: string): string[] => (hanPattern.test(run) ? hanTokens(run) : [])

/** Sets 255 where every token is. */
function markAll(reader: ReleaseReader, tokens: readonly string[], own: Uint8Array): void {
  const all = [...new Set(tokens)].slice(0, 64)
  for (const [i, token] of all.entries()) {
    const list = reader.withToken(token)
    if (list === undefined) return
    const next = i === all.length - 1 ? 255 : i + 1
    if (i === 0) markPlaces(list, own, next)
    else step(list, own, i, next)
  }
}

function step(list: Uint8Array, own: Uint8Array, from: number, to: number): void {
  const here = new Uint8Array(own.length)
  markPlaces(list, here, 1)
  for (let at = 0; at < own.length; at++) if (here[at] === 1 && own[at] === from) own[at] = to
}

/** A word that begins so, initials that contain it, or a code that begins so. */
function markLatin(reader: ReleaseReader, term: string, own: Uint8Array): void {
  const words = term.length === 1 ? [`w${term}`] : reader.tokensFrom(`w${term.slice(0, 24)}`, wordsAtMost)
  for (const token of words) markPlaces(reader.withToken(token) ?? new Uint8Array(), own, 255)
  if (term.length >= 2) {
    const initials = new Uint8Array(own.length)
    markAll(reader, initialTokens(term), initials)
    for (let at = 0; at < own.length; at++) if (initials[at] === 255) own[at] = 255
  }
  for (const at of placesOfCode(reader, term)) own[at] = 255
}

/** Where the codes are that begin so, in either case. */
function placesOfCode(reader: ReleaseReader, typed: string): number[] {
  const codes = [...new Set([typed, typed.toUpperCase()])].flatMap((spelled) =>
    reader.codesFrom(spelled, codesAtMost),
  )
  return codes.flatMap((code) => reader.concept(code)?.at ?? [])
}

function shortest(places: number[], ranks: Uint8Array): { read: readonly number[]; more: boolean } {
  if (places.length <= readAtMost) return { read: places, more: false }
  const rank = (at: number) => (ranks[at] as number) & ~inactiveMark
  return { read: places.sort((a, b) => rank(a) - rank(b) || a - b).slice(0, readAtMost), more: true }
}

/** 1 for a designation or code that is just this, less for one that begins with it or has it; 0 when a term is missing. */
export function scoreOf(concept: StoredConcept, normal: string, terms: readonly string[]): number {
  const code = normalText(concept.code)
  if (code === normal) return 1
  let best = code.startsWith(normal) ? 0.8 : 0
  const texts = [concept.display, ...(concept.designations ?? []).map(({ value }) => value)]
  const all = texts.map((text) => normalText(text))
  for (const text of all) best = Math.max(best, textScore(text, normal, terms))
  if (best === 0 && terms.every((term) => all.some((text) => hasTerm(text, term)))) best = 0.3
  return best
}

function textScore(text: string, normal: string, terms: readonly string[]): number {
  if (text === normal) return 1
  if (!terms.every((term) => hasTerm(text, term))) return 0
  const share = Math.min(1, normal.length / text.length)
  return (text.startsWith(normal) ? 0.7 : 0.5) + 0.2 * share
}

function hasTerm(text: string, term: string): boolean {
  if (hanPattern.test(term)) return text.includes(term)
  if (text.startsWith(term) || text.includes(` ${term}`)) return true
  if (!hanPattern.test(text)) return false
  return runsOf(text).includes(term) || (term.length >= 2 && initialsOf(text).includes(term))
}
