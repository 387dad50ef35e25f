/** The JSON documents of the workbench's routes, as the console reads them. */
import type { Bilingual } from '../../api/answer.ts'

export interface MappingDocument {
  readonly id: string
  readonly version: string
  readonly title: Bilingual
  readonly own: boolean
  readonly document: string
}

export interface MappingMistake {
  readonly code: string
  readonly place: string
  readonly message: Bilingual
  readonly hint: Bilingual
}

export interface HeadingUse {
  readonly heading: string
  readonly use: 'mapped' | 'key' | 'unused' | 'ignored' | 'unclaimed'
  readonly elements: readonly string[]
}

export interface TriedRow {
  readonly line: number
  readonly records: readonly string[]
  readonly findings: readonly {
    readonly code: string
    readonly path: string
    readonly severity: string
    readonly message: Bilingual
    readonly hint: Bilingual
  }[]
  readonly refusal?: { readonly code: string; readonly place?: string }
}

export interface Tried {
  readonly problems: readonly MappingMistake[]
  readonly headings?: readonly HeadingUse[]
  readonly unusedColumns?: readonly string[]
  readonly rows?: readonly TriedRow[]
  readonly total?: number
  readonly refused?: number
  readonly reasons?: readonly { readonly code: string; readonly count: number }[]
  readonly isCut?: boolean
}
