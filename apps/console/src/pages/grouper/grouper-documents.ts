/** The JSON documents of the grouper's routes, as the console reads them. */
import type { Bilingual } from '../../api/answer.ts'

export interface GrouperItem {
  readonly id: string
  readonly version: string
  readonly titles: Bilingual
  readonly isShipped: boolean
  readonly years: readonly string[]
}

export interface GroupingStep {
  readonly step: 'first-chapter' | 'chapter' | 'adrg' | 'complication' | 'group' | 'weight'
  readonly outcome: 'taken' | 'passed' | 'unknown'
  readonly subject: string
  readonly codes: readonly string[]
  readonly text: Bilingual
}

export interface GroupingWarning {
  readonly code: string
  readonly subject: string
  readonly text: Bilingual
}

export interface Alternative {
  readonly change:
    | 'other-main'
    | 'without-diagnosis'
    | 'without-procedure'
    | 'with-cc'
    | 'with-mcc'
    | 'with-procedure'
  readonly code: string
  readonly adrg?: string
  readonly group?: string
  readonly weight?: string
}

export interface CodeSides {
  readonly role: 'main' | 'other' | 'procedure'
  readonly clinical?: string
  readonly insurance?: string
  readonly by: 'record' | 'map' | 'same' | 'none'
  readonly adrgs: readonly string[]
}

/** Without a usable main diagnosis there are warnings and codes only. */
export interface GroupingAnswer {
  readonly tables: { readonly id: string; readonly version: string }
  readonly adrg?: string
  readonly group?: string
  readonly weight?: string
  readonly year?: string
  readonly steps: readonly GroupingStep[]
  readonly warnings: readonly GroupingWarning[]
  readonly alternatives: readonly Alternative[]
  readonly codes: readonly CodeSides[]
  readonly names?: Readonly<Record<string, string>>
}

/** What the page asks: exactly one of the two. */
export type GrouperQuestion =
  | { readonly encounter: string }
  | {
      readonly episode: {
        readonly diagnoses: readonly string[]
        readonly procedures: readonly string[]
        readonly sex?: 'male' | 'female'
        readonly ageDays?: number
        readonly ventilationHours?: number
      }
    }
