/** Compiles a value set into clauses that say of a code or a place whether it belongs. */
import { isProblem, type Problem, problem } from './problem.ts'
import type { Asked, Releases } from './releases.ts'
import type { StoredConcept } from './store/build-release.ts'
import type { ReleaseReader } from './store/read-release.ts'
import type { ValueSet, ValueSetInclude, ValueSets } from './value-set.ts'
import { compileFilter } from './value-set-filter.ts'

/** One include, compiled. `reader` is absent for listed codes of a system that is not here. */
export interface Clause {
  readonly system: string
  readonly reader: ReleaseReader | undefined
  /** Listed codes with the display the value set gives them. */
  readonly listed: ReadonlyMap<string, string | undefined> | undefined
  /** Places to go through when nothing is listed; undefined means all. */
  readonly places: Uint32Array | undefined
  /** Whether a place belongs, as far as that can be said without reading it. */
  readonly allow: ((at: number) => boolean) | undefined
  /** True when `allow` alone decides. */
  readonly simple: boolean
  /** Whether a concept that was read belongs. */
  readonly accept: (concept: StoredConcept) => boolean
}

/** A value set that can be asked. */
export interface CompiledSet {
  readonly definition: ValueSet
  readonly clauses: readonly Clause[]
  has(system: string | undefined, code: string): Member | undefined
}

/** A code that belongs. */
export interface Member {
  readonly system: string
  readonly code: string
  readonly clause: Clause
  readonly concept: StoredConcept | undefined
}

/** Where value sets and releases are found. */
export interface Sources {
  readonly releases: Releases
  readonly valueSets: ValueSets
}

const deepestNesting = 8

/** Compiles; `asked.date` decides between releases that are not pinned. */
export function compileValueSet(
  definition: ValueSet,
  sources: Sources,
  asked: Pick<Asked, 'date'>,
  above: readonly string[] = [],
): CompiledSet | Problem {
  const name = `${definition.url}|${definition.version}`
  if (definition.url !== '' && above.includes(name)) return problem('value-set-circular', definition.url)
  if (above.length > deepestNesting) return problem('too-costly', definition.url)
  const inner = [...above, name]
  const compile = (includes: readonly ValueSetInclude[]): Clause[] | Problem => {
    const clauses: Clause[] = []
    for (const include of includes) {
      const made = compileInclude(include, { sources, asked, inner })
      if ('problem' in made) return made
      clauses.push(...made)
    }
    return clauses
  }
  const included = compile(definition.include)
  if ('problem' in included) return included
  const excluded = compile(definition.exclude ?? [])
  if ('problem' in excluded) return excluded
  const clauses = included.map((clause) => without(clause, excluded))
  return { definition, clauses, has: (system, code) => memberOf(clauses, system, code) }
}

interface Compiling {
  readonly sources: Sources
  readonly asked: Pick<Asked, 'date'>
  readonly inner: readonly string[]
}

function compileInclude(include: ValueSetInclude, compiling: Compiling): readonly Clause[] | Problem {
  const nested: CompiledSet[] = []
  for (const url of include.valueSet ?? []) {
    const found = compiling.sources.valueSets.find(url)
    const made = isProblem(found)
      ? found
      : compileValueSet(found, compiling.sources, compiling.asked, compiling.inner)
    if (isProblem(made)) return made
    nested.push(made)
  }
  if (include.system === undefined) {
    const [first, ...others] = nested
    return (first?.clauses ?? []).map((clause) => within(clause, others))
  }
  const own = systemClause(include, include.system, compiling)
  return isProblem(own) ? own : [within(own, nested)]
}

function systemClause(
  { concept, filter = [], version }: ValueSetInclude,
  system: string,
  { sources, asked }: Compiling,
): Clause | Problem {
  const picked = sources.releases.pick(system, { ...asked, version })
  const listed = concept === undefined ? undefined : new Map(concept.map((one) => [one.code, one.display]))
  if (isProblem(picked)) {
    if (listed === undefined || picked.problem !== 'system-unknown') return picked
    return {
      system,
      reader: undefined,
      listed,
      places: undefined,
      allow: undefined,
      simple: true,
      accept: () => true,
    }
  }
  const parts = []
  for (const one of filter) {
    const made = compileFilter(one, picked)
    if (isProblem(made)) return made
    parts.push(made)
  }
  const allows = parts.flatMap(({ allow }) => (allow === undefined ? [] : [allow]))
  const accepts = parts.flatMap(({ accept }) => (accept === undefined ? [] : [accept]))
  return {
    system,
    reader: picked,
    listed,
    places: parts.find(({ places }) => places !== undefined)?.places,
    allow: allows.length === 0 ? undefined : (at) => allows.every((allow) => allow(at)),
    simple: listed === undefined && accepts.length === 0,
    accept: (read) =>
      (listed === undefined || listed.has(read.code)) &&
      allows.every((allow) => allow(read.at)) &&
      accepts.every((accept) => accept(read)),
  }
}

function within(clause: Clause, sets: readonly CompiledSet[]): Clause {
  if (sets.length === 0) return clause
  const inAll = (code: string) => sets.every((set) => set.has(clause.system, code) !== undefined)
  return narrowed(clause, inAll)
}

function without(clause: Clause, excluded: readonly Clause[]): Clause {
  const own = excluded.filter(({ system }) => system === clause.system)
  return own.length === 0
    ? clause
    : narrowed(clause, (code) => memberOf(own, clause.system, code) === undefined)
}

function narrowed(clause: Clause, keeps: (code: string) => boolean): Clause {
  const { listed, accept } = clause
  return {
    ...clause,
    listed: listed === undefined ? undefined : new Map([...listed].filter(([code]) => keeps(code))),
    simple: false,
    accept: (concept) => accept(concept) && keeps(concept.code),
  }
}

function memberOf(clauses: readonly Clause[], system: string | undefined, code: string): Member | undefined {
  for (const clause of clauses) {
    if (system !== undefined && system !== clause.system) continue
    if (clause.reader === undefined) {
      if (clause.listed?.has(code) === true)
        return { system: clause.system, code, clause, concept: undefined }
      continue
    }
    const concept = clause.reader.concept(code)
    if (concept !== undefined && clause.accept(concept))
      return { system: clause.system, code, clause, concept }
  }
  return undefined
}
