/** `bench terminology`: a release of made-up concepts imported, then asked over HTTP by five clients and as a library. */
import { importTogether, isProblem, openDiskStore } from '@meridian/standards/terminology'
import type { Node } from '../wiring/node.ts'
import { loadDoor, openBenchDoor } from './fhir-bench.ts'
import { type Figure, figure, peakMemoryMb, perSecond, quantile } from './figure.ts'
import { timesPerSecond, translationsPerSecond } from './group-bench.ts'
import { madeUpCode, madeUpFilters, madeUpHead, madeUpRows } from './terminology-load.ts'
import { type BenchPlace, openThrowawayNode } from './throwaway-home.ts'

/** As many clients as the measured terminology server had. */
const clients = 5

const aims = { validations: 8500, expansionMs: 50 }

/** Runs of this many concepts and more are measured at length. */
const wholeRun = 50_000

/** Effects: a throw-away home. */
export async function terminologyBench(place: BenchPlace, concepts: number): Promise<Figure[]> {
  const { node, close } = await openThrowawayNode(place)
  const seconds = concepts < wholeRun ? 1 : 8
  try {
    return [
      ...(await imported(node, concepts)),
      ...(await validated(node, concepts, seconds)),
      ...expanded(node, concepts),
      ...asked(node, concepts),
    ]
  } finally {
    await close()
  }
}

async function imported(node: Node, concepts: number): Promise<Figure[]> {
  const before = peakMemoryMb()
  const disk = openDiskStore(node.home.terminology)
  try {
    const from = performance.now()
    const releases = [{ head: madeUpHead, rows: madeUpRows(concepts) }]
    const [report] = await importTogether(disk, { releases }, { now: node.clock.now().toISOString() })
    const ms = performance.now() - from
    if (report?.concepts !== concepts) throw new Error(`${report?.concepts} of ${concepts} were imported`)
    return [
      figure('import', ms / 1000, 's'),
      figure('concepts imported', perSecond(concepts, ms), 'records/s'),
      figure('peak memory before the import', before, 'MB'),
      figure('peak memory after it', peakMemoryMb(), 'MB'),
    ]
  } finally {
    await disk.close()
  }
}

async function validated(node: Node, concepts: number, seconds: number): Promise<Figure[]> {
  const door = await openBenchDoor(node)
  try {
    const url = encodeURIComponent(madeUpHead.system)
    const paths = Array.from(
      { length: 1000 },
      (_, n) => `/CodeSystem/$validate-code?url=${url}&code=${madeUpCode((n * 7919) % concepts)}`,
    )
    const run = (lasting: number) =>
      loadDoor({ ...door, clients, seconds: lasting, work: { kind: 'get', paths } })
    await run(Math.min(2, seconds))
    const { answered, failed, ms, lagsMs } = await run(seconds)
    if (failed > 0) throw new Error(`${failed} of ${answered} validations were refused`)
    return [
      figure('$validate-code over HTTP', perSecond(answered, ms), 'requests/s', aims.validations),
      figure('$validate-code over HTTP p50', quantile(lagsMs, 0.5), 'ms'),
      figure('$validate-code over HTTP p99', quantile(lagsMs, 0.99), 'ms'),
    ]
  } finally {
    await door.close()
  }
}

/** The first page of what matches, as a search field asks for it at every key. */
function expanded({ terminology }: Node, concepts: number): Figure[] {
  const { system, version, titles } = madeUpHead
  const set = { url: `${system}?all`, version, titles, include: [{ system }] }
  const lagsMs: number[] = []
  // The first round is not counted: it is the machine's warming, not the answer's.
  for (let round = 0; round < 5; round += 1)
    for (const filter of madeUpFilters(concepts)) {
      const from = performance.now()
      const answer = terminology.expand(set, { filter, count: 20 })
      const ms = performance.now() - from
      if (isProblem(answer)) throw new Error(answer.problem)
      if (round > 0) lagsMs.push(ms)
    }
  return [
    figure('$expand with a filter p50', quantile(lagsMs, 0.5), 'ms'),
    figure('$expand with a filter p95', quantile(lagsMs, 0.95), 'ms', aims.expansionMs),
  ]
}

function asked({ terminology }: Node, concepts: number): Figure[] {
  const count = Math.min(concepts, 20_000)
  const lookUp = (n: number) => {
    const found = terminology.lookup(madeUpHead.system, madeUpCode((n * 7919) % concepts))
    if (isProblem(found)) throw new Error(found.problem)
  }
  return [
    figure('lookups with parents and children', timesPerSecond(count, lookUp), 'times/s'),
    figure('codes translated by rules', translationsPerSecond(count), 'times/s'),
  ]
}
