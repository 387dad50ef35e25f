/** A refusal: bad input answered by a value with a code, never by a throw (spec 6). */
import { type RefusalCode, rowOf } from './refusal-codes.ts'

/** What a refusal may say of the input: identifiers of ours, places and counts. Never a value of a person's data. */
export type RefusalDetail = Readonly<Record<string, string | number>>

/** Says no. `module` names who refused: a ledger module, or `protocol` for the form of bytes. */
export interface Refusal {
  readonly refused: true
  readonly module: string
  readonly code: RefusalCode
  readonly detail: RefusalDetail
}

const NONE: RefusalDetail = Object.freeze({})

/** Makes a refusal. */
export function refuse(module: string, code: RefusalCode, detail: RefusalDetail = NONE): Refusal {
  return Object.freeze({ refused: true, module, code, detail })
}

/** True for a {@link Refusal}. */
export function isRefusal(x: unknown): x is Refusal {
  return typeof x === 'object' && x !== null && (x as { refused?: unknown }).refused === true
}

/** The two texts of a refusal, with its detail filled in. */
export function refusalText(refusal: Refusal): { readonly zh: string; readonly en: string } {
  const row = rowOf(refusal.code)
  return { zh: fill(row.zh, refusal.detail), en: fill(row.en, refusal.detail) }
}

function fill(text: string, detail: RefusalDetail): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(detail[name] ?? '?'))
}
