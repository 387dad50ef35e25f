/** Imports a release into the store on disk: concept after concept; nobody sees it before it is whole. */
import type { Bilingual } from '../../finding.ts'
import type { Concept, ReleaseHead } from '../concept.ts'
import { buildRelease } from '../store/build-release.ts'
import type { DiskStore } from '../store/disk-store.ts'
import type { KeyedWriter } from '../store/keyed-store.ts'
import { generationKey, headKey, nextReleaseKey, valueSetKey } from '../store/release-keys.ts'
import type { ValueSet } from '../value-set.ts'
import { ImportStopped } from './import-stopped.ts'

/** A row that was left out, or a code whose parent was: its line (0: none) and how to mend it. */
export interface BadRow {
  readonly line: number
  readonly hint: Bilingual
}

/** A row as a reader of files gives it. */
export type ReadRow = { readonly line: number; readonly concept: Concept } | BadRow

/** What came of an import. `bad` names the first hundred. */
export interface ImportReport {
  readonly concepts: number
  readonly badRows: number
  readonly bad: readonly BadRow[]
}

/** A release on its way in. */
export interface ImportPart {
  readonly head: ReleaseHead
  readonly rows: AsyncIterable<ReadRow> | Iterable<ReadRow>
}

/** How an import is run: the time that is kept with it (ISO 8601), and who is told how many rows were read. */
export interface ImportRun {
  readonly now: string
  readonly onRows?: (rows: number) => void
}

const written = 4000
const namedBad = 100
const longestCode = 200
const mostConcepts = 3_000_000

/**
 * Reads `rows` to the end. A release of the same system and version is replaced at the end, in the transaction that makes the
 * new one visible; one without a single concept is not kept. Effects: the store. Throws what the reader throws; then nothing was
 * imported.
 */
export async function importRelease(
  disk: DiskStore,
  head: ReleaseHead,
  rows: ImportPart['rows'],
  run: ImportRun,
): Promise<ImportReport> {
  const [report] = await importTogether(disk, { releases: [{ head, rows }] }, run)
  return report as ImportReport
}

/** The same for several releases and value sets: they are seen all at once, or none of them is. Reports in the order given. */
export async function importTogether(
  disk: DiskStore,
  {
    releases,
    valueSets = [],
  }: { readonly releases: readonly ImportPart[]; readonly valueSets?: readonly ValueSet[] },
  run: ImportRun,
): Promise<readonly ImportReport[]> {
  removeUnfinished(disk)
  const staged: Staged[] = []
  for (const part of releases) staged.push(await stage(disk, part, run))
  publish(
    disk,
    staged.filter(({ report }) => report.concepts > 0),
    valueSets,
  )
  return staged.map(({ report }) => report)
}

/** A release of which everything is on disk but what the last transaction brings. */
interface Staged {
  readonly release: string
  readonly head: ReleaseHead
  readonly report: ImportReport
  readonly last: readonly Put[]
}

async function stage(disk: DiskStore, { head, rows }: ImportPart, run: ImportRun): Promise<Staged> {
  const { now, onRows = () => {} } = run
  const release = takeNumber(disk)
  const spool = createSpool()
  const builder = buildRelease(spool, release, head)
  const bad: BadRow[] = []
  let badRows = 0
  let read = 0
  const complain = (line: number, hint: Bilingual) => {
    badRows += 1
    if (bad.length < namedBad) bad.push({ line, hint })
  }
  for await (const row of rows) {
    read += 1
    if (!('concept' in row)) complain(row.line, row.hint)
    else if (!isCode(row.concept.code)) complain(row.line, hints.code)
    else if (builder.add(row.concept) === 'repeated') complain(row.line, hints.repeated)
    if (builder.count() > mostConcepts) throw new ImportStopped(tooMany)
    if (read % written === 0) {
      write(disk, spool.take())
      onRows(read)
    }
  }
  const faults = builder.finish({ origin: 'imported', importedTime: now })
  for (const code of faults.parentUnknown) complain(0, withCode(hints.parent, code))
  for (const code of faults.circle) complain(0, withCode(hints.circle, code))
  onRows(read)
  return { release, head, report: { concepts: builder.count(), badRows, bad }, last: spool.take() }
}

const tooMany: Bilingual = {
  zh: `概念超过 ${mostConcepts} 个，停止导入。`,
  en: `There are more than ${mostConcepts} concepts: the import stops.`,
}

const hints = {
  code: {
    zh: '代码为空或超过 200 个字符，已略过。',
    en: 'The code is empty or longer than 200 characters; left out.',
  },
  repeated: { zh: '该代码前面已出现，已略过。', en: 'The code came before; left out.' },
  parent: { zh: '上级代码不存在，已不挂上级', en: 'its parent does not exist; kept without it' },
  circle: { zh: '上级关系成环，已断开', en: 'its parents lead back to it; that edge was left out' },
} satisfies Record<string, Bilingual>

const withCode = ({ zh, en }: Bilingual, code: string): Bilingual => ({
  zh: `${code}：${zh}。`,
  en: `${code}: ${en}.`,
})

const isCode = (code: string): boolean => code !== '' && code.length <= longestCode

type Put = (writer: KeyedWriter) => void

/** What was written waits in memory for the next transaction; the head is always among the last. */
function createSpool(): KeyedWriter & { take(): readonly Put[] } {
  let waiting: Put[] = []
  return {
    putText: (key, value) => void waiting.push((to) => to.putText(key, value)),
    putBytes: (key, value) => void waiting.push((to) => to.putBytes(key, value)),
    take() {
      const some = waiting
      waiting = []
      return some
    },
  }
}

function write(disk: DiskStore, puts: readonly Put[]): void {
  disk.writeAll((writer) => {
    for (const put of puts) put(writer)
  })
}

function publish(disk: DiskStore, staged: readonly Staged[], valueSets: readonly ValueSet[]): void {
  if (staged.length + valueSets.length === 0) return
  const names = new Set(staged.map(({ head }) => nameOf(head)))
  const older = finished(disk).filter((key) => names.has(nameOf(JSON.parse(disk.text(key) ?? '{}'))))
  write(disk, [
    ...staged.flatMap(({ last }) => last),
    ...valueSets.map(
      (set): Put =>
        (to) =>
          to.putText(valueSetKey(set), JSON.stringify(set)),
    ),
  ])
  const generation = Number(disk.text(generationKey) ?? 0) + 1
  disk.removeAll(older)
  disk.writeAll((writer) => writer.putText(generationKey, String(generation)))
  for (const key of older) disk.removeAll([`${key.slice(headKey('').length)}/`])
}

const nameOf = ({ system, version }: Partial<ReleaseHead>): string => `${system}|${version}`

const finished = (disk: DiskStore): string[] => disk.textKeys(headKey(''), 1000)

function takeNumber(disk: DiskStore): string {
  const number = Number(disk.text(nextReleaseKey) ?? 1)
  disk.writeAll((writer) => writer.putText(nextReleaseKey, String(number + 1)))
  return String(number)
}

/** What an import left behind that was cut off: numbers without a head. */
function removeUnfinished(disk: DiskStore): void {
  const heads = new Set(finished(disk).map((key) => key.slice(headKey('').length)))
  const taken = Number(disk.text(nextReleaseKey) ?? 1)
  for (let number = 1; number < taken; number++) {
    const key = String(number)
    if (!heads.has(key)) disk.removeAll([`${key}/`])
  }
}
