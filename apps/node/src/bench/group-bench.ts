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
  if (!('codes' in tables)) throw new Error('the shipped packages cannot be read')
  const episode = { diagnoses: ['C22.000', 'K74.600', 'J96.000'], procedures: ['50.2200'], ageDays: 20_000 }
  const grouping = groupEpisode(tables, episode)
  return [
    figure(
      'episodes grouped and explained',
      timesPerSecond(count, () => groupEpisode(tables, episode)),
      'times/s',
    ),
    figure(
      'with what would change it',
      timesPerSecond(count, () => whatWouldChange(tables, episode, grouping)),
      'times/s',
    ),
    figure('codes translated by rules', translationsPerSecond(count), 'times/s'),
  ]
}

/** By the shipped map with rules of age, sex and comorbidity. */
export function translationsPerSecond(count: number): number {
  const id = 'meridian.concept-map.snomed-to-icd10'
  const shipped = readShippedPackages(nodeSuite).find(({ manifest }) => manifest.id === id)
  const map = readConceptMap(shipped?.files ?? new Map())
  if (!('rows' in map)) throw new Error('the shipped map cannot be read')
  const codes = [...map.rows.keys()]
  return timesPerSecond(count, (n) => translate(map, codes[n % codes.length] ?? ''))
}

/** How often `run` is done in a second; it is run 2,000 times before. */
export function timesPerSecond(count: number, run: (n: number) => unknown): number {
  for (let n = 0; n < 2000; n += 1) run(n)
  const from = performance.now()
  for (let n = 0; n < count; n += 1) run(n)
  return (count * 1000) / (performance.now() - from)
}
