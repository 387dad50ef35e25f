/** `bench group`: episodes grouped by the shipped tables, explained, and with everything that would change them; codes translated by a map. */
import { nodeSuite } from '@meridian/protocol/node'
import {
  groupEpisode,
  readConceptMap,
  readGrouper,
  readShippedPackages,
  translate,
  whatWouldChange,
} from '@meridian/standards'
import { type Figure, figure } from './figure.ts'

/** `count` of each. The tables are small; a code is looked up by its key, so larger ones cost no more steps. */
export function groupBench(count: number): Figure[] {
  const shipped = readShippedPackages(nodeSuite)
  const filesOf = (id: string) => shipped.find(({ manifest }) => manifest.id === id)?.files ?? new Map()
  const tables = readGrouper(filesOf('meridian.grouper.demo'))
  const map = readConceptMap(filesOf('meridian.concept-map.snomed-to-icd10'))
  if (!('codes' in tables) || !('rows' in map)) throw new Error('the shipped packages cannot be read')
  const episode = { diagnoses: ['C22.000', 'K74.600', 'J96.000'], procedures: ['50.2200'], ageDays: 20_000 }
  const codes = [...map.rows.keys()]
  const grouping = groupEpisode(tables, episode)
  return [
    figure(
      'episodes grouped and explained',
      perSecond(count, () => groupEpisode(tables, episode)),
      'times/s',
    ),
    figure(
      'with what would change it',
      perSecond(count, () => whatWouldChange(tables, episode, grouping)),
      'times/s',
    ),
    figure(
      'codes translated by rules',
      perSecond(count, (n) => translate(map, codes[n % codes.length] ?? '')),
      'times/s',
    ),
  ]
}

function perSecond(count: number, run: (n: number) => unknown): number {
  for (let n = 0; n < 2000; n += 1) run(n)
  const from = performance.now()
  for (let n = 0; n < count; n += 1) run(n)
  return (count * 1000) / (performance.now() - from)
}
