/** The JSON documents of the routes of concept maps, as the console reads them. */
import type { Bilingual } from '../../api/answer.ts'
import type { WordKey } from '../../words/words.tsx'

export interface MapItem {
  readonly id: string
  readonly version: string
  readonly titles: Bilingual
  readonly source: string
  readonly target: string
  readonly release: string
  readonly codes: number
  readonly samples: readonly string[]
}

type Ending<Prefix extends string> = WordKey extends infer Key
  ? Key extends `${Prefix}${infer End}`
    ? End
    : never
  : never

export interface MapTarget {
  readonly system: string
  readonly code: string | null
  readonly display?: string
  readonly equivalence: Ending<'maps.equivalence-'>
  readonly rule: string
  readonly advice?: string
  readonly group: number
  readonly priority: number
  /** Only of a row that does not count. */
  readonly because?: Ending<'maps.because-'>
}

export interface TranslationAnswer {
  readonly map: { readonly id: string; readonly version: string }
  readonly known: boolean
  readonly result: boolean
  readonly targets: readonly MapTarget[]
  readonly otherwise: readonly MapTarget[]
  readonly release: string
}
