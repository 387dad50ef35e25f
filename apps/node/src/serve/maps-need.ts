/** The concept maps that the node holds, for its doors. */
import type { AdminNeeds } from '@meridian/gateway'
import { readConceptMap } from '@meridian/standards'
import type { Node } from '../wiring/node.ts'

type KnownMap = ReturnType<AdminNeeds['maps']['list']>[number]

/** Over an open node. A package is read once: its content never changes. */
export function mapsNeedOf({ artefacts }: Pick<Node, 'artefacts'>): AdminNeeds['maps'] {
  const read = new WeakMap<object, KnownMap>()
  return {
    list: () =>
      artefacts.list().flatMap((held) => {
        const { id, version, titles, kind } = held.manifest
        if (kind !== 'concept-map' || !held.files.has('map.json')) return []
        const known = read.get(held.manifest)
        if (known !== undefined) return [known]
        const map = readConceptMap(held.files)
        if (!('rows' in map)) return []
        const one = { id, version, titles, map }
        read.set(held.manifest, one)
        return [one]
      }),
  }
}
