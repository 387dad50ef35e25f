/** What the doors need of the node's concept maps. */
import type { Bilingual, ConceptMap } from '@meridian/standards'

/** A map that this node holds. */
export interface KnownMap {
  readonly id: string
  readonly version: string
  readonly titles: Bilingual
  readonly map: ConceptMap
}

/** In the order of ids; of an id the newest version comes last. */
export interface MapsNeed {
  list(): readonly KnownMap[]
}
