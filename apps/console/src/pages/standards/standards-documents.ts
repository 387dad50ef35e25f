/** The JSON documents of the routes of standards, as the console reads them. */
import type { Bilingual } from '../../api/answer.ts'

export const layers = ['base', 'technical', 'application'] as const

export const states = ['draft', 'proposed', 'trial', 'active', 'retiring', 'retired'] as const

export interface StandardDocument {
  readonly hash: string
  readonly isShipped: boolean
  readonly isInForce: boolean
  readonly publishedHeight: number | null
  readonly state: (typeof states)[number] | null
  readonly adoptedBy: readonly string[]
  readonly manifest: {
    readonly id: string
    readonly version: string
    readonly kind: string
    readonly layer: (typeof layers)[number]
    readonly titles: Bilingual
    readonly description?: Bilingual
    readonly steward: string
    readonly jurisdiction: readonly string[]
    readonly effective: { readonly from: string; readonly to?: string }
    readonly implements?: string
    readonly licence: { readonly name: string; readonly shared: boolean }
  }
}

export interface StandardsDocument {
  readonly standardsSetHash: string
  readonly items: readonly StandardDocument[]
}

export interface ShownStandard extends StandardDocument {
  readonly vectors: {
    readonly passed: boolean
    readonly hash: string | null
    readonly findings: readonly { readonly path: string; readonly message: Bilingual }[]
    readonly outcomes: readonly {
      readonly name: string
      readonly outcome: 'passed' | 'failed'
      readonly answer?: unknown
    }[]
  }
}

export interface StandardChange {
  readonly path: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly before?: unknown
  readonly after?: unknown
  readonly label?: Bilingual
  readonly touched?: number
}

export interface StandardChanges {
  readonly changes: readonly StandardChange[]
  readonly looked: number
  readonly isWhole: boolean
}

export interface StandardConflict {
  readonly first: { readonly id: string; readonly version: string }
  readonly second: { readonly id: string; readonly version: string }
  readonly vector: string
  readonly input: unknown
  readonly answers: readonly [unknown, unknown]
}
