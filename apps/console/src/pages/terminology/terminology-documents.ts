/** The JSON documents of the terminology routes, as the console reads them. */
import type { Bilingual } from '../../api/answer.ts'

export interface ReleaseDocument {
  readonly system: string
  readonly version: string
  readonly titles: Bilingual
  readonly licence: string
  readonly concepts: number
  readonly fragment?: true
  readonly answersToday: boolean
}

export interface FoundDocument {
  readonly items: readonly {
    readonly code: string
    readonly display: string
    readonly names: readonly string[]
    readonly inactive?: true
  }[]
  readonly total: number
}

export interface NamedCode {
  readonly code: string
  readonly display: string
}

export interface ConceptDocument {
  readonly concept: NamedCode & {
    readonly definition?: string
    readonly inactive?: true
    readonly designations?: readonly {
      readonly language: string
      readonly value: string
      readonly use: 'preferred' | 'synonym' | 'abbreviation' | 'fully-specified' | 'former'
    }[]
    readonly properties?: readonly {
      readonly code: string
      readonly value: string | number | boolean
    }[]
  }
  readonly release: Omit<ReleaseDocument, 'answersToday'>
  readonly parents: readonly NamedCode[]
  readonly children: readonly NamedCode[]
}

export interface Candidate extends NamedCode {
  readonly confidence: number
  readonly basis: 'code' | 'name' | 'abbreviation' | 'same-characters' | 'similar'
}

/** The release that is asked, as it stands in the address. */
export interface Chosen {
  readonly system: string
  readonly version: string
}
