/** The data files of this package (`packages/standards/data/`): value sets and tables of ours, content-addressed. */
import { readFileSync } from 'node:fs'

/** What every data file says of itself. */
export interface DataFile {
  readonly id: string
  readonly version: string
  readonly title: { readonly zh: string; readonly en: string }
}

/** Every data file, in the order of names. */
export const dataFileNames = [
  'absent-reasons.json',
  'ethnic-groups.json',
  'id-document-types.json',
  'marital-status.json',
  'provinces.json',
  'sex.json',
  'unit-spellings.json',
  'value-ranges.json',
] as const

/** The bytes of a data file. Throws when it is missing: the installation is broken. */
export function dataFileBytes(name: string): Uint8Array {
  return readFileSync(new URL(`../data/${name}`, import.meta.url))
}

/** A data file, parsed. */
export function readDataFile(name: (typeof dataFileNames)[number]): DataFile {
  return JSON.parse(new TextDecoder().decode(dataFileBytes(name))) as DataFile
}
