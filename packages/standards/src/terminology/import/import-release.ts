/** Imports a release into the store on disk: concept after concept; nobody sees it before it is whole. */
import type { Bilingual } from '../../finding.ts'
import type { Concept, ReleaseHead } from '../concept.ts'
import { buildRelease } from '../store/build-release.ts'
import type { DiskStore } from '../store/disk-store.ts'
import type { KeyedWriter } from '../store/keyed-store.ts'
import { generationKey, headKey, nextReleaseKey } from '../store/release-keys.ts'

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

const written = 4000
const namedBad = 100
const longestCode = 200
const mostConcepts = 3_000_000

/**
 * Reads `rows` to the end. A release of the same system and version is replaced at the end, in the transaction that makes the
 * new one visible. Effects: the store. Throws what the reader throws; then nothing was imported.
 */
export async function importRelease(
  disk: DiskStore,
  head: ReleaseHead,
  rows: AsyncIterable<ReadRow> | Iterable<ReadRow>,
  { now, onRows = () => {} }: { readonly now: string; readonly onRows?: (rows: number) => void },
): Promise<ImportReport> {
  removeUnfinished(disk)
  const release = takeNumber(disk)
  const spool = createSpool(disk)
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
    if (builder.count() > mostConcepts) throw new Error(`more than ${mostConcepts} concepts`)
    if (read % written === 0) {
      spool.flush()
      onRows(read)
    }
  }
  const faults = builder.finish({ origin: 'imported', importedTime: now })
  for (const code of faults.parentUnknown) complain(0, withCode(hints.parent, code))
  for (const code of faults.circle) complain(0, withCode(hints.circle, code))
  finish(disk, spool, { release, head })
  onRows(read)
  return { concepts: builder.count(), badRows, bad }
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

/** What was written waits in memory for the next transaction; the head is always among the last. */
function createSpool(disk: DiskStore): KeyedWriter & { flush(): void } {
  let waiting: ((writer: KeyedWriter) => void)[] = []
  return {
    putText: (key, value) => void waiting.push((to) => to.putText(key, value)),
    putBytes: (key, value) => void waiting.push((to) => to.putBytes(key, value)),
    flush() {
      const some = waiting
      waiting = []
      disk.writeAll((writer) => {
        for (const put of some) put(writer)
      })
    },
  }
}

function finish(
  disk: DiskStore,
  spool: { flush(): void },
  { release, head }: { readonly release: string; readonly head: ReleaseHead },
): void {
  const older = finished(disk).filter((key) => {
    const { system, version } = JSON.parse(disk.text(key) ?? '{}') as Partial<ReleaseHead>
    return system === head.system && version === head.version
  })
  spool.flush()
  const generation = Number(disk.text(generationKey) ?? 0) + 1
  disk.removeAll(older)
  disk.writeAll((writer) => writer.putText(generationKey, String(generation)))
  for (const key of older) if (key !== headKey(release)) disk.removeAll([`${key.slice(headKey('').length)}/`])
}

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
