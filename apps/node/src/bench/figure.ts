/** What a benchmark reports: figures with their units, the aim each is held against, and how they look in a table. */
import { availableParallelism, cpus, totalmem } from 'node:os'
import { layTable } from '../command-line/table.ts'

/** One measured figure. `aim` is a lower bound for rates and an upper bound for `s`, `ms` and `MB`. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit:
    | 'records/s'
    | 'requests/s'
    | 'statements/s'
    | 'times/s'
    | 'statements'
    | 'µs/statement'
    | 'bytes'
    | 's'
    | 'ms'
    | 'MB'
    | 'ratio'
  readonly aim?: number
}

/** What `meridian bench … --json` prints. `database` is `embedded` or `postgres`, never an address. */
export interface BenchReport {
  readonly benchmark: string
  readonly database: 'embedded' | 'postgres' | null
  readonly records: number
  readonly machine: {
    readonly cores: number
    readonly cpu: string
    readonly memoryGb: number
    readonly node: string
  }
  readonly figures: readonly Figure[]
}

/** The machine a report was made on. */
export function thisMachine(): BenchReport['machine'] {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
  }
}

/** A figure rounded to what a run can tell: three digits are more than two runs agree on. */
export function figure(name: string, value: number, unit: Figure['unit'], aim?: number): Figure {
  return { name, value: Number(value.toPrecision(4)), unit, ...(aim === undefined ? {} : { aim }) }
}

/** `count` things that took `ms` milliseconds, in things a second. */
export const perSecond = (count: number, ms: number): number => (count * 1000) / ms

/** The value below which the share `q` of `values` lies; 0 for none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0
}

/** The most memory this process has held so far, in MB. */
export const peakMemoryMb = (): number => process.resourceUsage().maxRSS / 1024

/** A report for people. */
export function showReport({ benchmark, database, records, machine, figures }: BenchReport): string {
  const where = database === null ? '' : ` · ${database}`
  const rows = figures.map(({ name, value, unit, aim }) => [
    name,
    value.toLocaleString('en'),
    unit,
    aim === undefined ? '' : aim.toLocaleString('en'),
  ])
  return [
    `bench ${benchmark}${where} · ${records} records · ${machine.cores} × ${machine.cpu} · Node ${machine.node}`,
    '',
    layTable([['WHAT 项目', 'MEASURED 实测', 'UNIT 单位', 'AIM 目标'], ...rows]),
  ].join('\n')
}
