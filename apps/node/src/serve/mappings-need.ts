/** The mappings of the node for the workbench: those in force, tried with the node's own validator, kept in the home. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AdminNeeds, previewMapping, readCsvMapping, type Source } from '@meridian/gateway'
import { canonicalTextOf } from '@meridian/protocol'
import type { Node } from '../wiring/node.ts'
import { ownMappingsDir, readShippedMappings } from '../wiring/read-mappings.ts'

/** Rows whose records are shown; all are judged. */
const SHOWN_ROWS = 20

/** Over an open node. */
export function mappingsNeedOf(node: Node): AdminNeeds['mappings'] {
  const shipped = readShippedMappings()
  return {
    list: () =>
      [...node.mappings]
        .filter(([key]) => key.includes('|'))
        .map(([key, mapping]) => ({ mapping, isOwn: !shipped.has(key) }))
        .sort((a, b) => (a.mapping.id < b.mapping.id ? -1 : 1)),
    read: readCsvMapping,
    preview: (mapping, sample, profile) =>
      previewMapping(sample, {
        mapping,
        source: sampleSource(profile as Source['profile']),
        validator: node.validator,
        now: node.clock.now().toISOString(),
        shownRows: SHOWN_ROWS,
      }),
    keep(mapping) {
      const key = `${mapping.id}|${mapping.version}`
      const known = node.mappings.get(key)
      if (known !== undefined && canonicalTextOf(known) !== canonicalTextOf(mapping)) return 'taken'
      if (known !== undefined) return 'kept'
      const dir = ownMappingsDir(node.home)
      mkdirSync(dir, { recursive: true })
      writeFileSync(join(dir, `${mapping.id}-${mapping.version}.json`), JSON.stringify(mapping, undefined, 2))
      node.addMapping(mapping, 'in-force')
      return 'kept'
    },
  }
}

/** What is not known of a sample is as the least that a Chinese clinic would be. */
function sampleSource(profile: Source['profile']): Source {
  return {
    name: 'sample',
    kind: 'csv',
    profile,
    timeZone: '+08:00',
    captureMethod: 'file',
    ackAfter: 'stored',
    onBadValue: 'refuse',
  }
}
