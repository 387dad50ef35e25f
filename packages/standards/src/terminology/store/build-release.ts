/** Builds a release: concepts one after another, then hierarchy and index. Nothing of it counts before `finish` wrote the head. */
import type { Concept, ConceptProperty, Release, ReleaseHead } from '../concept.ts'
import { normalText, tokensOf } from '../normal-text.ts'
import { buildHierarchy } from './build-hierarchy.ts'
import type { KeyedWriter } from './keyed-store.ts'
import { addNumber, emptyNumberList, type NumberList, numberListBytes } from './number-list.ts'
import { type ColumnName, columnKey, conceptKey, headKey, placeKey, tokenKey } from './release-keys.ts'

/** A concept as it is stored: with its place. */
export interface StoredConcept extends Concept {
  readonly at: number
}

/** Takes concepts in. */
export interface ReleaseBuilder {
  /** The fault when the concept was not taken. */
  add(concept: Concept): 'repeated' | undefined
  readonly count: () => number
  /** Writes hierarchy, index and head. Gives the codes whose parents were left out. */
  finish(extra: { readonly origin: 'shipped' | 'imported'; readonly importedTime?: string }): Faults
}

/** Codes with a parent that does not exist, and codes whose parent led back to them. */
export interface Faults {
  readonly parentUnknown: readonly string[]
  readonly circle: readonly string[]
}

/** A place's rank in one byte: how long its display is, and whether the code is no longer in use. */
export const inactiveMark = 0x80
const longestRanked = 0x7f

/** Longer values of properties are prose: they are shown, not selected by. */
const longestIndexedValue = 60

/** What a concept with a property, or with this value of it, is indexed under. */
export const propertyToken = (code: string, value?: ConceptProperty['value']): string =>
  value === undefined ? `?${code}` : `=${code}=${value}`

/** How many codes a list of faults names. */
const namedFaults = 100

/** `release` is the store's number for it. */
export function buildRelease(store: KeyedWriter, release: string, head: ReleaseHead): ReleaseBuilder {
  const places = new Map<string, number>()
  const parentCodes: (readonly string[] | undefined)[] = []
  const ranks: number[] = []
  const index = new Map<string, NumberList>()
  let dated: true | undefined
  return {
    count: () => ranks.length,
    add(concept) {
      if (places.has(concept.code)) return 'repeated'
      const at = ranks.length
      places.set(concept.code, at)
      parentCodes.push(concept.parents)
      ranks.push(
        Math.min(longestRanked, concept.display.length) | (concept.inactive === true ? inactiveMark : 0),
      )
      if (concept.from !== undefined || concept.to !== undefined) dated = true
      for (const token of conceptTokens(concept)) addToIndex(index, token, at)
      store.putText(
        conceptKey(release, concept.code),
        JSON.stringify({ ...concept, at } satisfies StoredConcept),
      )
      store.putText(placeKey(release, at), concept.code)
      return undefined
    },
    finish({ origin, importedTime }) {
      const faults = writeHierarchy(store, release, places, parentCodes)
      putColumn(store, release, 'ranks', Uint8Array.from(ranks))
      for (const token of [...index.keys()].sort()) {
        store.putBytes(tokenKey(release, token), numberListBytes(index.get(token) as NumberList))
      }
      const whole: Release = {
        ...head,
        concepts: ranks.length,
        origin,
        ...(dated === undefined ? {} : { dated }),
        ...(importedTime === undefined ? {} : { importedTime }),
      }
      store.putText(headKey(release), JSON.stringify(whole))
      return faults
    },
  }
}

function conceptTokens({ display, designations = [], properties = [] }: Concept): Set<string> {
  const all = tokensOf(normalText(display))
  for (const { value } of designations) for (const token of tokensOf(normalText(value))) all.add(token)
  for (const { code, value } of properties) {
    all.add(propertyToken(code))
    if (String(value).length <= longestIndexedValue) all.add(propertyToken(code, value))
  }
  return all
}

function addToIndex(index: Map<string, NumberList>, token: string, at: number): void {
  let list = index.get(token)
  if (list === undefined) {
    list = emptyNumberList()
    index.set(token, list)
  }
  addNumber(list, at)
}

function writeHierarchy(
  store: KeyedWriter,
  release: string,
  places: ReadonlyMap<string, number>,
  parentCodes: readonly (readonly string[] | undefined)[],
): Faults {
  const codes = [...places.keys()]
  const parentUnknown: string[] = []
  const parents = parentCodes.map((own, at) =>
    (own ?? []).flatMap((code) => {
      const parent = places.get(code)
      if (parent === undefined && parentUnknown.length < namedFaults) parentUnknown.push(codes[at] as string)
      return parent === undefined ? [] : [parent]
    }),
  )
  if (parents.every((own) => own.length === 0)) return { parentUnknown, circle: [] }
  const { cycles, ...columns } = buildHierarchy(parents)
  for (const [name, column] of Object.entries(columns)) putColumn(store, release, name as ColumnName, column)
  return { parentUnknown, circle: cycles.slice(0, namedFaults).map((at) => codes[at] as string) }
}

function putColumn(
  store: KeyedWriter,
  release: string,
  name: ColumnName,
  column: Uint32Array | Uint8Array,
): void {
  store.putBytes(
    columnKey(release, name),
    new Uint8Array(column.buffer, column.byteOffset, column.byteLength),
  )
}
