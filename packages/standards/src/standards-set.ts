/** The standards set: everything this package ships that decides meaning, content-addressed. Its hash goes into every commitment. */
import { canonicalTextOf, type Suite, toHex, utf8 } from '@meridian/protocol'
import { dataFileNames, readDataFile } from './data-files.ts'
import { severities } from './findings-catalogue.ts'
import { readDefinitions } from './r4/structures.ts'

/** One shipped artefact: `hash` is SHA-256 of its canonical text. */
export interface StandardsItem {
  readonly id: string
  readonly kind: 'definitions' | 'value-set' | 'units' | 'profile'
  readonly version: string
  readonly hash: Uint8Array
}

/** `hash` is SHA-256 over the canonical text of the list of ids, kinds, versions and hex hashes, in the order of ids. */
export interface StandardsSet {
  readonly id: string
  readonly version: string
  readonly hash: Uint8Array
  readonly items: readonly StandardsItem[]
}

/** Semantic version of the set: the middle number rises with every change of an item. */
const setVersion = '1.0.0'

/** FHIR R4 as published, technical correction 1. */
const fhirVersion = '4.0.1'

/** Versions of the rules that are code; what they can say is in the hash. */
const profiles = { r4: '1.0.0', cn: '1.0.0', bundle: '1.0.0', unit: '1.0.0' } as const

/** Reads the shipped artefacts and hashes them (about 30 ms); call it once at start-up. */
export function loadStandardsSet(suite: Pick<Suite, 'sha256'>): StandardsSet {
  const hashOf = (content: unknown): Uint8Array => suite.sha256(utf8(canonicalTextOf(content)))
  const items = [...definitionItems(hashOf), ...dataItems(hashOf), ...profileItems(hashOf)].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  )
  const list = items.map(({ id, kind, version, hash }) => ({ id, kind, version, hash: toHex(hash) }))
  const id = 'meridian-standards'
  return { id, version: setVersion, hash: hashOf({ id, version: setVersion, items: list }), items }
}

type HashOf = (content: unknown) => Uint8Array

function definitionItems(hashOf: HashOf): StandardsItem[] {
  return Object.entries(readDefinitions()).map(([name, content]) => ({
    id: `fhir-r4-${name}`,
    kind: 'definitions',
    version: fhirVersion,
    hash: hashOf(content),
  }))
}

function dataItems(hashOf: HashOf): StandardsItem[] {
  return dataFileNames.map((name) => {
    const file = readDataFile(name)
    const kind = 'codes' in file ? 'value-set' : 'exact' in file ? 'units' : 'profile'
    return { id: file.id, kind, version: file.version, hash: hashOf(file) }
  })
}

function profileItems(hashOf: HashOf): StandardsItem[] {
  return Object.entries(profiles).map(([name, version]) => {
    const findings = Object.fromEntries(
      Object.entries(severities).filter(([code]) => code.startsWith(`${name}.`)),
    )
    return { id: `rules-${name}`, kind: 'profile', version, hash: hashOf({ name, version, findings }) }
  })
}
