/**
 * Storing in three steps, so that one group is looked up and another sealed while a third is being written. A group counts the
 * heads of those sealed before it as they will be; one of them not written as it was sealed makes the group void
 * (docs/adr/0080).
 */
import type { VaultContext } from '../vault-context.ts'
import { type Head, headSeal, readHeads, recordKey } from './head.ts'
import { contentDigestOf, type PreparedGroup, prepareGroup } from './prepare-group.ts'
import type { RecordNumbers } from './record-numbers.ts'
import type { RecordName } from './records.ts'
import { isRace, writePrepared } from './store.ts'
import type { StoreGroup, StoreOutcome } from './store-item.ts'

declare const looked: unique symbol
declare const sealed: unique symbol

/** The heads of some records at one moment. Only {@link Ahead.look} makes it. */
export interface LookedUp {
  readonly [looked]: true
  /** There is a current version, neither deleted nor erased. */
  has(name: RecordName): boolean
}

/** A group decided and sealed, not yet written. Only {@link Ahead.seal} makes it. */
export interface SealedStore {
  readonly [sealed]: true
}

/** The three steps; whoever takes them keeps the groups in order. */
export interface Ahead {
  /** Reads the heads of all records the group may touch. */
  look(names: readonly RecordName[]): Promise<LookedUp>
  /**
   * Decides and seals. `before` are the groups that were sealed before and not known to be written when `heads` were read,
   * oldest first. Every record of the group must have been looked up.
   */
  seal(group: StoreGroup, heads: LookedUp, before: readonly SealedStore[]): Promise<SealedStore>
  /**
   * Writes in one transaction. Undefined, and nothing written, when another process was at the same records: the group is
   * then stored anew. Effects and failures as for `store`.
   */
  write(store: SealedStore): Promise<readonly StoreOutcome[] | undefined>
}

interface Looked extends LookedUp {
  readonly heads: ReadonlyMap<string, Head>
}

interface Sealed extends SealedStore {
  readonly prepared: PreparedGroup
  readonly after: ReadonlyMap<string, Head>
}

/** Makes the three steps of one vault. */
export function createAhead(vault: VaultContext, newRecords: RecordNumbers): Ahead {
  return {
    async look(names) {
      const heads = await readHeads(vault.driver, vault.organisationId, names)
      const has: LookedUp['has'] = ({ type, id }) => isCurrent(heads.get(recordKey(type, id)))
      return { heads, has } as unknown as LookedUp
    },
    async seal(group, lookedUp, before) {
      const heads = headsAfter(vault, group, lookedUp as Looked, before as readonly Sealed[])
      const contentDigests = group.items.map((item) => contentDigestOf(vault, item))
      const newRecord = await newRecords(group.items.length)
      const prepared = prepareGroup(vault, { group, heads, contentDigests, newRecord })
      const after = new Map(
        prepared.toWrite.sealed.heads.map((head) => [recordKey(head.type, head.id), head]),
      )
      return { prepared, after } as unknown as SealedStore
    },
    async write(store) {
      const { prepared } = store as Sealed
      try {
        await writePrepared(vault, prepared)
        return prepared.outcomes
      } catch (thrown) {
        if (isRace(thrown)) return undefined
        throw thrown
      }
    },
  }
}

function isCurrent(head: Head | undefined): boolean {
  return head !== undefined && !head.deleted && head.contentDigest !== null
}

/** The heads of the group's records once `before` is written, with the seals they will then have. */
function headsAfter(
  vault: VaultContext,
  { items }: StoreGroup,
  { heads }: Looked,
  before: readonly Sealed[],
): ReadonlyMap<string, Head> {
  const known = new Map<string, Head>()
  for (const { type, id } of items) {
    const key = recordKey(type, id)
    const later = before.findLast((one) => one.after.has(key))?.after.get(key)
    const head = later === undefined ? heads.get(key) : { ...later, expectedSeal: headSeal(vault, later) }
    if (head !== undefined) known.set(key, head)
  }
  return known
}
