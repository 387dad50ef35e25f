/** Reads a finished release: concepts by code and place, the hierarchy, and which concepts have a token. */
import type { Release } from '../concept.ts'
import type { StoredConcept } from './build-release.ts'
import type { KeyedStore } from './keyed-store.ts'
import { eachNumber } from './number-list.ts'
import { type ColumnName, columnKey, conceptKey, placeKey, tokenKey } from './release-keys.ts'

/** A release that can be asked. Places count from 0 in the order of the source. */
export interface ReleaseReader {
  readonly release: Release
  concept(code: string): StoredConcept | undefined
  conceptAt(at: number): StoredConcept
  /** True when `ancestor` is above `at`; no concept is above itself. */
  isBelow(at: number, ancestor: number): boolean
  ancestorsOf(at: number): Uint32Array
  childrenOf(at: number): Uint32Array
  /** Everything below, ascending. */
  descendantsOf(at: number): Uint32Array
  readonly hasHierarchy: boolean
  /** One byte for each place: build-release.ts says what is in it. */
  ranks(): Uint8Array
  withToken(token: string): Uint8Array | undefined
  tokensFrom(prefix: string, limit: number): string[]
  codesFrom(prefix: string, limit: number): string[]
}

const nothing = new Uint32Array()

/** Opens a release of a store. Columns are read when they are first needed and stay in memory (about 60 bytes a concept). */
export function readRelease(store: KeyedStore, key: string, release: Release): ReleaseReader {
  const columns = new Map<ColumnName, Uint32Array>()
  const column = (name: ColumnName): Uint32Array => {
    const kept = columns.get(name)
    if (kept !== undefined) return kept
    const read = words(store.bytes(columnKey(key, name)))
    columns.set(name, read)
    return read
  }
  const concept = (code: string): StoredConcept | undefined => {
    const text = store.text(conceptKey(key, code))
    return text === undefined ? undefined : (JSON.parse(text) as StoredConcept)
  }
  const ancestorsOf = (at: number): Uint32Array => {
    const from = column('ancestorsFrom')[at]
    if (from === undefined) return nothing
    return column('ancestors').subarray(from, from + (column('ancestorsCount')[at] as number))
  }
  const childrenOf = (at: number): Uint32Array => {
    const from = column('childrenFrom')
    return from[at] === undefined ? nothing : column('children').subarray(from[at], from[at + 1])
  }
  let ranks: Uint8Array | undefined
  const tokens = tokenKey(key, '')
  const codes = conceptKey(key, '')
  return {
    release,
    concept,
    conceptAt(at) {
      const found = concept(store.text(placeKey(key, at)) ?? '')
      if (found === undefined) throw new Error(`release ${key} has no concept at ${at}`)
      return found
    },
    ancestorsOf,
    childrenOf,
    isBelow: (at, ancestor) => has(ancestorsOf(at), ancestor),
    descendantsOf: (at) => below(at, childrenOf, release.concepts),
    hasHierarchy: store.bytes(columnKey(key, 'childrenFrom')) !== undefined,
    ranks() {
      ranks ??= store.bytes(columnKey(key, 'ranks')) ?? new Uint8Array()
      return ranks
    },
    withToken: (token) => store.bytes(tokenKey(key, token)),
    tokensFrom: (prefix, limit) =>
      store.byteKeys(tokens + prefix, limit).map((one) => one.slice(tokens.length)),
    codesFrom: (prefix, limit) => store.textKeys(codes + prefix, limit).map((one) => one.slice(codes.length)),
  }
}

/** The places of concepts that have a token, marked in `marks`. */
export function markPlaces(list: Uint8Array, marks: Uint8Array, value: number): void {
  eachNumber(list, (at) => {
    marks[at] = value
  })
}

function below(start: number, childrenOf: (at: number) => Uint32Array, count: number): Uint32Array {
  const seen = new Uint8Array(count)
  const waiting = [...childrenOf(start)]
  let found = 0
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen[at] === 1) continue
    seen[at] = 1
    found += 1
    for (const child of childrenOf(at)) waiting.push(child)
  }
  const places = new Uint32Array(found)
  let next = 0
  for (let at = 0; at < count; at++) if (seen[at] === 1) places[next++] = at
  return places
}

function has(sorted: Uint32Array, value: number): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    const here = sorted[middle] as number
    if (here === value) return true
    if (here < value) low = middle + 1
    else high = middle
  }
  return false
}

function words(bytes: Uint8Array | undefined): Uint32Array {
  return bytes === undefined ? nothing : new Uint32Array(bytes.slice().buffer)
}
