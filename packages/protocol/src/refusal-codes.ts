/** The table of every refusal (spec 6). Append only: a number or code is never reused, a retired one stays. */
import { governanceCodes } from './refusal-codes/governance-codes.ts'
import { ledgerCodes } from './refusal-codes/ledger-codes.ts'
import { receiptCodes } from './refusal-codes/receipt-codes.ts'
import type { RefusalRow } from './refusal-codes/row.ts'
import { statementCodes } from './refusal-codes/statement-codes.ts'
import { textCodes } from './refusal-codes/text-codes.ts'

export type { RefusalRow } from './refusal-codes/row.ts'

const rows = [...statementCodes, ...ledgerCodes, ...receiptCodes, ...textCodes, ...governanceCodes] as const

/** Every code that a refusal can carry. */
export type RefusalCode = (typeof rows)[number]['code']

/** The whole table in ascending order of its numbers. */
export const refusalCodes: readonly (RefusalRow & { readonly code: RefusalCode })[] = rows

const byCode: ReadonlyMap<string, RefusalRow> = new Map(rows.map((row) => [row.code, row]))

/** The number of a code: what the ABCI answer carries. CONSENSUS: never changes. */
export function refusalNumber(code: RefusalCode): number {
  return rowOf(code).number
}

/** The row of a code. */
export function rowOf(code: RefusalCode): RefusalRow {
  const row = byCode.get(code)
  if (row === undefined) throw new Error(`refusal code without a row: ${code}`)
  return row
}
