/** `bench intake`: records validated, sealed and anchored, by form; again with ten times the store; time to a first record. */
import { spawn } from 'node:child_process'
import { type Figure, figure, peakMemoryMb, perSecond, quantile } from './figure.ts'
import { type LoadKind, loadFile, peopleCount, recordsPerItem } from './loads.ts'
import { type BenchPlace, openThrowawayNode, type ThrowawayNode } from './throwaway-home.ts'
import { timedIntake } from './timed-intake.ts'

const kinds: readonly LoadKind[] = ['oru', 'bundle', 'csv']

/** What the issue aims at: five times the measured writes of a FHIR server on PostgreSQL, half of that embedded. */
const aims = { postgres: 4200, embedded: 2100 } as const

/** `records` is about how many each form brings in one measurement. Effects: those of an intake, in a throw-away home. */
export async function intakeBench(place: BenchPlace, records: number): Promise<Figure[]> {
  const figures = [figure('empty home → first record anchored', await firstRecordSeconds(place), 's', 5)]
  const opened = await openThrowawayNode(place)
  try {
    const load = createLoad(opened, place)
    for (const kind of kinds) await load.run(kind, peopleCount)
    for (const kind of kinds) figures.push(...(await measured(load, kind, records, '')))
    await load.grow(records * 9)
    for (const kind of kinds) figures.push(...(await measured(load, kind, records, ', ten times the store')))
  } finally {
    await opened.close()
  }
  figures.push(figure('peak memory', peakMemoryMb(), 'MB', 1500))
  return figures

  async function measured(load: Load, kind: LoadKind, count: number, when: string): Promise<Figure[]> {
    const items = Math.max(1, Math.round(count / recordsPerItem[kind]))
    const { records: made, ms, lagsMs } = await load.run(kind, items)
    const aim = kind === 'bundle' ? aims[place.database === 'embedded' ? 'embedded' : 'postgres'] : undefined
    return [
      figure(`${kind}${when}`, perSecond(made, ms), 'records/s', aim),
      figure(`${kind}${when}: received → anchored p50`, quantile(lagsMs, 0.5), 'ms'),
      figure(`${kind}${when}: received → anchored p99`, quantile(lagsMs, 0.99), 'ms'),
    ]
  }
}

type Load = ReturnType<typeof createLoad>

function createLoad(opened: ThrowawayNode, { log }: BenchPlace) {
  let next = 0
  const run = async (kind: LoadKind, items: number) => {
    const file = loadFile(kind, next, items)
    next += items
    const timed = await timedIntake(opened, file, kind)
    log(`${kind}: ${timed.records} records in ${Math.round(timed.ms)} ms`)
    return timed
  }
  return {
    run,
    /** Bundles in files of a bounded size, so that the load itself does not hold the memory that is measured. */
    async grow(records: number): Promise<void> {
      const perFile = 20_000
      for (let left = records; left > 0; left -= perFile)
        await run('bundle', Math.max(1, Math.round(Math.min(left, perFile) / recordsPerItem.bundle)))
    },
  }
}

/** From the start of a process without a home to its first record in a block. */
function firstRecordSeconds({ database, environment }: BenchPlace): Promise<number> {
  const started = performance.now()
  const script = new URL('./first-record.ts', import.meta.url)
  const child = spawn(process.execPath, [script.pathname, database], { env: environment, stdio: 'pipe' })
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => resolve((performance.now() - started) / 1000))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`first-record.ts ended with ${code}`)))
  })
}
