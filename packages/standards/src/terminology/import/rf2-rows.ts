/** Reads the rows of an RF2 file: UTF-8, tabs, no quotes, a header that names the columns (SNOMED CT Release File Specification §3). */
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { Bilingual } from '../../finding.ts'
import type { BadRow } from './import-release.ts'
import { ImportStopped } from './import-stopped.ts'

/** Longer than any row may be: a term has at most 4,096 bytes. */
const longestRow = 64 * 1024

/** What reading a file needs. `bad` is told of rows that were left out, `onBytes` how much was read. */
export interface Rf2Reading {
  readonly bad: (row: BadRow) => void
  readonly onBytes: (bytes: number) => void
}

/**
 * Rows of `columns`, those read together at a time; `line` counts from 1 with the header.
 * @throws ImportStopped when the header lacks one of the columns.
 */
export async function* rf2Rows(
  path: string,
  columns: readonly string[],
  { bad, onBytes }: Rf2Reading,
): AsyncGenerator<readonly { readonly line: number; readonly cells: readonly string[] }[]> {
  const file = basename(path)
  let places: readonly number[] | undefined
  let line = 0
  for await (const texts of textLines(path, onBytes)) {
    const rows = []
    for (const text of texts) {
      line += 1
      if (places === undefined) {
        places = placesOf(text ?? '', columns, file)
        continue
      }
      if (text === '') continue
      const all = text?.split('\t') ?? []
      const cells = places.map((place) => all[place])
      if (cells.every((cell) => cell !== undefined)) rows.push({ line, cells: cells as string[] })
      else bad({ line, hint: inFile(file, text === undefined ? hints.long : hints.short) })
    }
    yield rows
  }
  if (places === undefined) placesOf('', columns, file)
}

/** A hint with the file it is about: a release has several. */
export const inFile = (file: string, { zh, en }: Bilingual): Bilingual => ({
  zh: `${file}：${zh}`,
  en: `${file}: ${en}`,
})

const hints = {
  long: { zh: '该行过长，已略过。', en: 'The row is too long; left out.' },
  short: { zh: '该行列数不足，已略过。', en: 'The row has too few columns; left out.' },
} satisfies Record<string, Bilingual>

function placesOf(header: string, columns: readonly string[], file: string): readonly number[] {
  const names = header.replace(/^\uFEFF/, '').split('\t')
  const missing = columns.filter((name) => !names.includes(name))
  if (missing.length > 0)
    throw new ImportStopped({
      zh: `${file} 缺少列 ${missing.join('、')}，不是所需的 RF2 文件。`,
      en: `${file} lacks the columns ${missing.join(', ')}: it is not the RF2 file it should be.`,
    })
  return columns.map((name) => names.indexOf(name))
}

/** Lines without their ends; undefined stands for one that is too long. */
async function* textLines(
  path: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<readonly (string | undefined)[]> {
  let rest = ''
  let isTooLong = false
  const finished = (text: string) => {
    const whole = isTooLong || text.length > longestRow ? undefined : text.replace(/\r$/, '')
    isTooLong = false
    return whole
  }
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })
  for await (const chunk of stream as AsyncIterable<string>) {
    onBytes(stream.bytesRead)
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    yield parts.map(finished)
    if (rest.length > longestRow) {
      isTooLong = true
      rest = ''
    }
  }
  if (rest !== '' || isTooLong) yield [finished(rest)]
}
