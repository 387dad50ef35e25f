/** `meridian bench`: measures this machine in throw-away homes; nothing of the node at --home is touched. */

import { embeddedBench } from '../bench/embedded-bench.ts'
import { fhirBench } from '../bench/fhir-bench.ts'
import { type BenchReport, type Figure, showReport, thisMachine } from '../bench/figure.ts'
import { groupBench } from '../bench/group-bench.ts'
import { intakeBench } from '../bench/intake-bench.ts'
import { GROWTH, ledgerBench, ledgerBenchSizes, ledgerFigures } from '../bench/ledger/ledger-bench.ts'
import { qualityBench } from '../bench/quality-bench.ts'
import { receiptBench } from '../bench/receipt-bench.ts'
import { terminologyBench } from '../bench/terminology-bench.ts'
import type { BenchPlace } from '../bench/throwaway-home.ts'
import { validateBench } from '../bench/validate-bench.ts'
import { type Command, type Invocation, UsageError } from '../command-line/command.ts'
import { cometBinary } from '../wiring/open-engine.ts'
import { option } from './ask.ts'

interface Benchmark {
  readonly records: number
  readonly hasDatabase: boolean
  run(place: BenchPlace, ask: Asked): Promise<Measured>
}

interface Asked {
  readonly records: number
  /** Sizes of a chain. */
  readonly growth: readonly number[]
  /** Statements that are submitted at once; as many as `records` unless it is said. */
  readonly burst: number
}

/** The figures for a table, and what else stands in the JSON document under names of its own. */
interface Measured {
  readonly figures: readonly Figure[]
  readonly details?: object
}

const benchmarks: Readonly<Record<string, Benchmark>> = {
  intake: { records: 20_000, hasDatabase: true, run: figuresOnly(intakeBench) },
  fhir: { records: 20_000, hasDatabase: true, run: figuresOnly(fhirBench) },
  quality: { records: 10_000, hasDatabase: true, run: figuresOnly(qualityBench) },
  validate: { records: 20_000, hasDatabase: true, run: figuresOnly(validateBench) },
  receipt: { records: 2000, hasDatabase: true, run: figuresOnly(receiptBench) },
  terminology: { records: 400_000, hasDatabase: false, run: figuresOnly(terminologyBench) },
  group: {
    records: 50_000,
    hasDatabase: false,
    run: figuresOnly(async (_place, count) => groupBench(count)),
  },
  embedded: {
    records: 30_000,
    hasDatabase: false,
    run: figuresOnly((_place, count) => embeddedBench(count)),
  },
  ledger: { records: 20_000, hasDatabase: false, run: runLedger },
}

function figuresOnly(run: (place: BenchPlace, records: number) => Promise<Figure[]>): Benchmark['run'] {
  return async (place, { records }) => ({ figures: await run(place, records) })
}

async function runLedger(
  { environment, log }: BenchPlace,
  { records, growth, burst }: Asked,
): Promise<Measured> {
  const binary = await cometBinary(environment, log)
  const sizes = { ...ledgerBenchSizes(records, growth), burst }
  const details = await ledgerBench({ binary, log }, sizes)
  return { figures: ledgerFigures(details), details }
}

export const bench: Command = {
  name: 'bench',
  usage:
    'intake|fhir|quality|validate|receipt|terminology|group|embedded|ledger [--database embedded|postgres|URL] [--records N] [--growth N,…] [--burst N]',
  summary: {
    zh: '在临时目录中测量本机的吞吐量;不触及现有数据',
    en: 'measure this machine in throw-away homes; existing data is not touched',
  },
  options: [
    {
      name: 'database',
      value: 'WHERE',
      text: {
        zh: 'embedded(默认)、postgres(取 DATABASE_URL)或一个可丢弃的 PostgreSQL 数据库地址',
        en: 'embedded (default), postgres (its URL in DATABASE_URL) or the URL of a database to be thrown away',
      },
    },
    {
      name: 'records',
      value: 'N',
      text: { zh: '记录数', en: 'how many records (embedded, ledger: statements; terminology: concepts)' },
    },
    {
      name: 'growth',
      value: 'N,…',
      text: {
        zh: 'ledger:在哪些链长(声明数)测量增长,0 表示不测(默认 10000,1000000)',
        en: 'ledger: sizes of the chain at which growth is measured; 0: not at all (default 10000,1000000)',
      },
    },
    {
      name: 'burst',
      value: 'N',
      text: {
        zh: 'ledger:同时提交多少条声明(默认与 --records 相同,即 20000)',
        en: 'ledger: how many statements are submitted at once (default: as many as --records, 20000)',
      },
    },
  ],
  async run(invocation) {
    const [name = ''] = invocation.words
    const benchmark = benchmarks[name]
    if (benchmark === undefined) throw unknown(Object.keys(benchmarks))
    const records = countOf(invocation, 'records', benchmark.records)
    const burst = countOf(invocation, 'burst', records)
    const database = databaseOf(invocation)
    const { environment, log } = invocation
    const growth = growthOf(invocation)
    const { figures, details } = await benchmark.run(
      { database, environment, log },
      { records, growth, burst },
    )
    const home = database === 'embedded' ? 'embedded' : 'postgres'
    const report: BenchReport = {
      benchmark: name,
      database: benchmark.hasDatabase ? home : null,
      records,
      machine: thisMachine(),
      figures,
    }
    invocation.out(invocation.json ? JSON.stringify({ ...report, ...details }) : showReport(report))
    return 0
  },
}

function countOf(invocation: Invocation, name: string, usual: number): number {
  const count = Number(option(invocation, name) ?? usual)
  if (!Number.isSafeInteger(count) || count < 1) throw wrongCount(name)
  return count
}

/** Ascending, since one chain grows through all of them. */
function growthOf(invocation: Invocation): readonly number[] {
  const given = option(invocation, 'growth')
  if (given === undefined) return GROWTH
  const sizes = given.split(',').map(Number)
  if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 0)) throw wrongGrowth()
  return sizes.filter((size) => size > 1).sort((a, b) => a - b)
}

function databaseOf(invocation: Invocation): string {
  const given = option(invocation, 'database') ?? 'embedded'
  if (given !== 'postgres') return given
  const url = invocation.environment.DATABASE_URL
  if (url === undefined || url === '') {
    throw new UsageError({
      zh: '请在 DATABASE_URL 中给出一个可丢弃的 PostgreSQL 数据库地址。',
      en: 'Give the URL of a PostgreSQL database to be thrown away in DATABASE_URL.',
    })
  }
  return url
}

function unknown(names: readonly string[]): UsageError {
  return new UsageError({
    zh: `请给出测量项目:${names.join('、')}。`,
    en: `Name what is to be measured: ${names.join(', ')}.`,
  })
}

function wrongGrowth(): UsageError {
  return new UsageError({
    zh: '--growth 应为以逗号分隔的整数。',
    en: '--growth must be whole numbers with commas between them.',
  })
}

function wrongCount(name: string): UsageError {
  return new UsageError({ zh: `--${name} 应为正整数。`, en: `--${name} must be a whole number above 0.` })
}
