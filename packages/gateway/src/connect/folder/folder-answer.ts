/** The answer a watched folder gives for a file: what became of it, for a clerk who opens it and for a program that reads it. */
import type { Bilingual } from '@meridian/standards'

/** What the corridor made of a file: counts, and every refusal with its place and hint. Everything in it is plain JSON. */
export interface FileSummary {
  readonly received: number
  readonly takenIn: number
  readonly refused: number
  readonly duplicates: number
  readonly refusals: readonly unknown[]
}

/** The document beside the file. `summary` says the counts in words. */
export interface FolderAnswer extends FileSummary {
  readonly format: 'meridian-folder-answer/1'
  readonly file: string
  /** ISO 8601 instant. */
  readonly answeredTime: string
  readonly summary: Bilingual
}

/** What the name of an answer ends with. */
export const answerEnding = '.answer.json'

/** The answer for a file. */
export function buildFolderAnswer(file: string, summary: FileSummary, answeredTime: string): FolderAnswer {
  const { received, takenIn, refused, duplicates } = summary
  return {
    format: 'meridian-folder-answer/1',
    file,
    answeredTime,
    summary: {
      zh: `共 ${received} 条：入库 ${takenIn} 条，拒收 ${refused} 条，重复 ${duplicates} 条。`,
      en: `${received} received: ${takenIn} taken in, ${refused} refused, ${duplicates} duplicates.`,
    },
    ...summary,
  }
}
