/** The concept maps among the artefacts that this node judges by now. */
import { toHex } from '@meridian/protocol'
import { areFindings, type ConceptMap, readConceptMap } from '@meridian/standards'
import type { Node } from '../wiring/node.ts'

/** A map and the package it stands in; `hash` is hex. */
export interface NamedMap {
  readonly id: string
  readonly version: string
  readonly hash: string
  readonly map: ConceptMap
}

type MapsOf = Pick<Node, 'artefacts' | 'inForce'>

/** In the order of ids. Read once for each set that is in force: a release has hundreds of thousands of rows. */
export function mapsInForce(): (node: MapsOf) => readonly NamedMap[] {
  const known = new Map<string, NamedMap>()
  return ({ artefacts, inForce }) => {
    const hashes = inForce()
    return artefacts.list().flatMap((held) => {
      const hash = toHex(held.hash)
      const isMap = held.manifest.kind === 'concept-map' && held.files.has('map.json')
      if (!isMap || !hashes.has(hash)) return []
      const named = known.get(hash) ?? readMap(hash, held.manifest, held.files)
      if (named === undefined) return []
      known.set(hash, named)
      return [named]
    })
  }
}

function readMap(
  hash: string,
  { id, version }: { readonly id: string; readonly version: string },
  files: ReadonlyMap<string, Uint8Array>,
): NamedMap | undefined {
  const map = readConceptMap(files)
  return areFindings(map) ? undefined : { id, version, hash, map: map as ConceptMap }
}
