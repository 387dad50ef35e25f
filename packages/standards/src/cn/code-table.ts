/** The national code tables, each read once from the artefact that is in force. */
import type { ReadContent } from '../data-files.ts'

/** A code table: its system, and for each code its names. */
export interface CodeTable {
  readonly system: string
  readonly codes: ReadonlyMap<string, CodeEntry>
  /** The codes, for a hint. */
  readonly allowed: string
}

/** One code; `gender` only in the sex table. */
export interface CodeEntry {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly gender?: readonly string[]
}

/** Reads the table of a value set by its id. */
export function readCodeTable(id: string, read: ReadContent): CodeTable {
  const { system, codes } = read(id, 'codes.json') as { system: string; codes: CodeEntry[] }
  return {
    system,
    codes: new Map(codes.map((entry) => [entry.code, entry])),
    allowed: codes.map(({ code }) => code).join(', '),
  }
}
