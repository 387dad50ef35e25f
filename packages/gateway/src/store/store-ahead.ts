/** The room `store` in two steps, so that one group is sealed while another is being written. */
import type { Ahead, LookedUp, SealedStore } from '@meridian/vault'
import type { RoomRefusal } from '../room-refusal.ts'
import type { Validated } from '../validate/validate.ts'
import { endsOf, type Stored, storeGroupOf } from './store.ts'

declare const sealed: unique symbol

/** Validated items, sealed and not yet written. Only this room makes it, and only of what was validated. */
export interface SealedItems {
  readonly [sealed]: true
  readonly items: readonly Validated[]
  readonly store: SealedStore
}

/** Seals on heads looked up before, taken further by `before`: groups sealed and not yet written then, oldest first. */
export async function sealAhead(
  items: readonly Validated[],
  { heads, before }: { readonly heads: LookedUp; readonly before: readonly SealedItems[] },
  ahead: Ahead,
): Promise<SealedItems> {
  const store = await ahead.seal(
    storeGroupOf(items),
    heads,
    before.map((one) => one.store),
  )
  return { items, store } as unknown as SealedItems
}

/** Writes; undefined, and nothing written, when somebody else was at the same records. Effects: as for `store`. */
export async function writeAhead(
  { items, store }: SealedItems,
  ahead: Ahead,
): Promise<(Stored | RoomRefusal)[] | undefined> {
  if (items.length === 0) return []
  const outcomes = await ahead.write(store)
  return outcomes === undefined ? undefined : endsOf(items, outcomes)
}
