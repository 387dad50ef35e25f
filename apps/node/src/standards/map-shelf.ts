/** The concept maps among the artefacts of a node: all that it holds, and those that it judges and converts by. */
import { toHex } from '@meridian/protocol'
import {
  type ArtefactPackage,
  areFindings,
  type Bilingual,
  type ConceptMap,
  readConceptMap,
} from '@meridian/standards'

/** A map and the package it stands in; `hash` is hex. */
export interface NamedMap {
  readonly id: string
  readonly version: string
  readonly titles: Bilingual
  readonly hash: string
  readonly map: ConceptMap
}

/** The shelf, in the order of ids. */
export interface MapShelf {
  held(): readonly NamedMap[]
  inForce(): readonly NamedMap[]
}

/** What the shelf stands on. */
export interface ShelvedPackages {
  readonly artefacts: { list(): readonly ArtefactPackage[] }
  inForce(): ReadonlySet<string>
}

/** Over a node's packages. Each is read once: its content never changes, and a release has hundreds of thousands of rows. */
export function createMapShelf({ artefacts, inForce }: ShelvedPackages): MapShelf {
  const known = new WeakMap<object, NamedMap | null>()
  const held = (): readonly NamedMap[] =>
    artefacts.list().flatMap((one) => {
      const read = known.get(one.manifest) ?? readMapPackage(one) ?? null
      known.set(one.manifest, read)
      return read ?? []
    })
  return {
    held,
    inForce() {
      const hashes = inForce()
      return held().filter(({ hash }) => hashes.has(hash))
    },
  }
}

/** The map in a package; undefined for a package of another kind or form. */
export function readMapPackage({ manifest, files, hash }: ArtefactPackage): NamedMap | undefined {
  if (manifest.kind !== 'concept-map' || !files.has('map.json')) return undefined
  const map = readConceptMap(files)
  if (areFindings(map)) return undefined
  const { id, version, titles } = manifest
  return { id, version, titles, hash: toHex(hash), map: map as ConceptMap }
}
