/** The terminology as everybody asks it: synchronous answers over what is shipped and what was imported. */
import type { Concept, Release } from './concept.ts'
import { type ExpandQuestion, type Expansion, expandSet } from './expand.ts'
import { type CompiledSet, compileValueSet, type Member } from './membership.ts'
import { normalText } from './normal-text.ts'
import { isProblem, type Problem, problem } from './problem.ts'
import { type Asked, createReleases, type Releases } from './releases.ts'
import { type Hits, type SearchQuestion, searchRelease } from './search.ts'
import { shippedReaders, shippedValueSets } from './shipped.ts'
import type { DiskStore } from './store/disk-store.ts'
import { type ReleaseReader, readRelease } from './store/read-release.ts'
import { generationKey, headKey, valueSetPrefix } from './store/release-keys.ts'
import { createValueSets, type ValueSet, type ValueSets } from './value-set.ts'

/** A concept and the release it was found in. */
export interface FoundConcept {
  readonly concept: Concept
  readonly release: Release
  readonly parents: readonly Concept[]
  readonly children: readonly Concept[]
}

/** Whether a code is right. `display` is the one of the system; `displayIsWrong` when another was given. */
export interface CodeCheck {
  readonly valid: boolean
  readonly display?: string
  readonly displayIsWrong?: true
  readonly inactive?: true
  readonly version?: string
}

/** R4 concept-subsumption-outcome. */
export type Subsumption = 'equivalent' | 'subsumes' | 'subsumed-by' | 'not-subsumed'

/** What is asked of a code in a value set. */
export interface MemberQuestion {
  readonly system?: string | undefined
  readonly code: string
  readonly display?: string | undefined
  readonly date?: string | undefined
}

/** The service as a library. Every answer comes from one release and says which; `Problem` when it cannot. */
export interface Terminology {
  lookup(system: string, code: string, asked?: Asked): FoundConcept | Problem
  validateCode(
    system: string,
    code: string,
    asked?: Asked & { readonly display?: string | undefined },
  ): CodeCheck | Problem
  validateInSet(url: string, question: MemberQuestion): CodeCheck | Problem
  subsumes(
    system: string,
    codes: { readonly a: string; readonly b: string },
    asked?: Asked,
  ): Subsumption | Problem
  expand(set: string | ValueSet, question: ExpandQuestion): Expansion | Problem
  search(system: string, question: SearchQuestion, asked?: Asked): Hits | Problem
  versionsOf(system: string): readonly Release[]
  systems(): readonly Release[]
  valueSets(): readonly ValueSet[]
}

/** Opens the service: what is shipped, and over it what lies in `disk`. `today` gives YYYY-MM-DD. */
export function openTerminology({
  disk,
  today,
}: {
  readonly disk?: Pick<DiskStore, 'text' | 'bytes' | 'textKeys' | 'byteKeys'> | undefined
  readonly today: () => string
}): Terminology {
  const shipped = shippedReaders()
  let seen: string | undefined
  let sources = {
    releases: createReleases(shipped, today),
    valueSets: createValueSets(shippedValueSets(shipped)),
  }
  let compiled = new Map<string, CompiledSet>()
  // An import in another process is seen by the number it raises: one small read for each question.
  const current = () => {
    const generation = disk?.text(generationKey)
    if (disk !== undefined && generation !== seen) {
      seen = generation
      compiled = new Map()
      const readers = [...shipped, ...diskReaders(disk)]
      const valueSets = createValueSets([...shippedValueSets(shipped), ...diskValueSets(disk)])
      sources = { releases: createReleases(readers, today), valueSets }
    }
    return sources
  }
  const compiledOf = (set: string | ValueSet, date: string | undefined): CompiledSet | Problem => {
    const from = current()
    const key = typeof set === 'string' ? `${set} ${date ?? today()}` : undefined
    const kept = key === undefined ? undefined : compiled.get(key)
    if (kept !== undefined) return kept
    const found = typeof set === 'string' ? from.valueSets.find(set) : set
    const made = isProblem(found) ? found : compileValueSet(found, from, { date })
    if (compiled.size > 100) compiled.clear()
    if (key !== undefined && !isProblem(made)) compiled.set(key, made)
    return made
  }
  return answers(() => current(), compiledOf)
}

type CompiledOf = (set: string | ValueSet, date: string | undefined) => CompiledSet | Problem

function answers(
  current: () => { readonly releases: Releases; readonly valueSets: ValueSets },
  compiledOf: CompiledOf,
): Terminology {
  const pick = (system: string, asked: Asked = {}) => current().releases.pick(system, asked)
  return {
    lookup(system, code, asked) {
      const reader = pick(system, asked)
      return isProblem(reader) ? reader : lookUp(reader, code)
    },
    validateCode(system, code, asked) {
      const reader = pick(system, asked)
      if (isProblem(reader)) return reader
      const concept = reader.concept(code)
      const { version } = reader.release
      return concept === undefined ? { valid: false, version } : { ...checkOf(concept, asked), version }
    },
    validateInSet(url, question) {
      const set = compiledOf(url, question.date)
      if (isProblem(set)) return set
      const member = set.has(question.system, question.code)
      return member === undefined ? { valid: false } : memberCheck(member, question)
    },
    subsumes(system, { a, b }, asked) {
      const reader = pick(system, asked)
      if (isProblem(reader)) return reader
      const [first, second] = [reader.concept(a)?.at, reader.concept(b)?.at]
      if (first === undefined || second === undefined) return problem('code-unknown', system)
      if (first === second) return 'equivalent'
      if (reader.isBelow(second, first)) return 'subsumes'
      return reader.isBelow(first, second) ? 'subsumed-by' : 'not-subsumed'
    },
    expand(set, question) {
      const made = compiledOf(set, question.date)
      return isProblem(made) ? made : expandSet(made, question)
    },
    search(system, question, asked) {
      const reader = pick(system, asked)
      return isProblem(reader) ? reader : searchRelease(reader, question)
    },
    versionsOf: (system) => current().releases.versionsOf(system),
    systems: () => current().releases.systems(),
    valueSets: () => current().valueSets.all(),
  }
}

const shownChildren = 200

function lookUp(reader: ReleaseReader, code: string): FoundConcept | Problem {
  const concept = reader.concept(code)
  if (concept === undefined) return problem('code-unknown', reader.release.system)
  return {
    concept,
    release: reader.release,
    parents: (concept.parents ?? []).flatMap((parent) => reader.concept(parent) ?? []),
    children: [...reader.childrenOf(concept.at).subarray(0, shownChildren)].map((at) => reader.conceptAt(at)),
  }
}

function memberCheck({ concept, clause, code }: Member, question: MemberQuestion): CodeCheck {
  if (concept !== undefined) return checkOf(concept, question)
  const display = clause.listed?.get(code)
  return { valid: true, ...(display === undefined ? {} : { display }) }
}

function checkOf(
  concept: Concept,
  { display, date }: { readonly display?: string | undefined; readonly date?: string | undefined } = {},
): CodeCheck {
  const isUsable =
    date === undefined || ((concept.from ?? '') <= date && (concept.to === undefined || date <= concept.to))
  const isKnown = display === undefined || namesOf(concept).includes(normalText(display))
  return {
    valid: isKnown && isUsable,
    display: concept.display,
    ...(isKnown ? {} : { displayIsWrong: true }),
    ...(concept.inactive === true ? { inactive: true } : {}),
  }
}

const namesOf = ({ display, designations = [] }: Concept): string[] =>
  [display, ...designations.map(({ value }) => value)].map(normalText)

function diskReaders(disk: Pick<DiskStore, 'text' | 'bytes' | 'textKeys' | 'byteKeys'>): ReleaseReader[] {
  const prefix = headKey('')
  return disk.textKeys(prefix, 1000).flatMap((key) => {
    const head = disk.text(key)
    return head === undefined
      ? []
      : [readRelease(disk, key.slice(prefix.length), JSON.parse(head) as Release)]
  })
}

function diskValueSets(disk: Pick<DiskStore, 'text' | 'textKeys'>): ValueSet[] {
  return disk.textKeys(valueSetPrefix, mostValueSets).flatMap((key) => {
    const text = disk.text(key)
    return text === undefined ? [] : [JSON.parse(text) as ValueSet]
  })
}

const mostValueSets = 10_000
