/** `meridian bench`: measures this machine in throw-away homes; nothing of the node at --home is touched. */

import { embeddedBench } from '../bench/embedded-bench.ts'
import { fhirBench } from '../bench/fhir-bench.ts'
import { type BenchReport, type Figure, showReport, thisMachine } from '../bench/figure.ts'
import { intakeBench } from '../bench/intake-bench.ts'
import { receiptBench } from '../bench/receipt-bench.ts'
import type { BenchPlace } from '../bench/throwaway-home.ts'
import { type Command, type Invocation, UsageError } from '../command-line/command.ts'
import { option } from './ask.ts'

interface Benchmark {
  readonly records: number
  readonly hasDatabase: boolean
  run(place: BenchPlace, records: number): Promise<Figure[]>
}

const benchmarks: Readonly<Record<string, Benchmark>> = {
  intake: { records: 20_000, hasDatabase: true, run: intakeBench },
  fhir: { records: 20_000, hasDatabase: true, run: fhirBench },
  receipt: { records: 2000, hasDatabase: true, run: receiptBench },
  embedded: { records: 30_000, hasDatabase: false, run: (_place, count) => embeddedBench(count) },
}

export const bench: Command = {
  name: 'bench',
  usage: 'intake|fhir|receipt|embedded [--database embedded|postgres|URL] [--records N]',
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
    { name: 'records', value: 'N', text: { zh: '记录数', en: 'how many records (embedded: statements)' } },
  ],
  async run(invocation) {
    const [name = ''] = invocation.words
    const benchmark = benchmarks[name]
    if (benchmark === undefined) throw unknown(Object.keys(benchmarks))
    const records = Number(option(invocation, 'records') ?? benchmark.records)
    if (!Number.isSafeInteger(records) || records < 1) throw wrongCount()
    const database = databaseOf(invocation)
    const { environment, log } = invocation
    const figures = await benchmark.run({ database, environment, log }, records)
    const home = database === 'embedded' ? 'embedded' : 'postgres'
    const report: BenchReport = {
      benchmark: name,
      database: benchmark.hasDatabase ? home : null,
      records,
      machine: thisMachine(),
      figures,
    }
    invocation.out(invocation.json ? JSON.stringify(report) : showReport(report))
    return 0
  },
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

function wrongCount(): UsageError {
  return new UsageError({ zh: '--records 应为正整数。', en: '--records must be a whole number above 0.' })
}
