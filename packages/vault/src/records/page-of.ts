/** A page out of the rows of a statement that asked for one more than the page holds. */
import { encodeCursor } from '../cursor.ts'
import type { VaultContext } from '../vault-context.ts'
import type { Page } from './records.ts'

/** `list` names the order for the cursor; `placeOf` gives a row's number in it. */
export function pageOf<Row>(
  vault: VaultContext,
  rows: readonly Row[],
  how: { readonly list: string; readonly count: number; readonly placeOf: (row: Row) => bigint },
): Page<Row> {
  const items = rows.slice(0, how.count)
  const last = items.at(-1)
  return rows.length > how.count && last !== undefined
    ? { items, next: encodeCursor(vault, how.list, how.placeOf(last)) }
    : { items }
}
