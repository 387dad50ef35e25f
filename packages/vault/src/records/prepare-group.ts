/** Decides and seals a group on the heads it is given, without writing anything. */
import type { RecordOutcome } from '../inbox/inbox.ts'
import { dayOf, type Tally } from '../tallies.ts'
import type { VaultContext } from '../vault-context.ts'
import type { Head } from './head.ts'
import { type GroupPlan, planGroup } from './plan-group.ts'
import { type SealedGroup, sealGroup } from './seal-group.ts'
import type { StoreGroup, StoreItem, StoreOutcome } from './store-item.ts'
import type { FinishedDelivery, GroupToWrite } from './write-group.ts'

/** Keyed digest of a resource's text, by which unchanged content is known. */
export function contentDigestOf(vault: VaultContext, item: Pick<StoreItem, 'text'>): Uint8Array {
  return vault.keyring.keyedDigest('record content', vault.organisationId, item.text).subarray(0, 16)
}

/** What is needed to prepare a group: its heads as they are now, one digest an item, numbers for records that are new. */
export interface Preparing {
  readonly group: StoreGroup
  readonly heads: ReadonlyMap<string, Head>
  readonly contentDigests: readonly Uint8Array[]
  readonly newRecord: () => bigint
}

/** A group decided and sealed: what became of its items once it is written, and what is written. */
export interface PreparedGroup {
  readonly outcomes: readonly StoreOutcome[]
  readonly toWrite: GroupToWrite
}

/** Plans and seals. Effects: none. */
export function prepareGroup(vault: VaultContext, preparing: Preparing): PreparedGroup {
  const { group, heads, contentDigests, newRecord } = preparing
  const { items } = group
  const plan = planGroup({ items, heads, contentDigests })
  const storedTime = vault.clock.now().toISOString()
  const sealed = sealGroup(vault, { items, heads, plan, storedTime, newRecord })
  const outcomes = outcomesOf(items, plan, sealed)
  const tallies = keptTallies(outcomes, dayOf(storedTime))
  return { outcomes, toWrite: { sealed, finished: finishedOf(group, outcomes), tallies } }
}

function outcomesOf(items: readonly StoreItem[], plan: GroupPlan, sealed: SealedGroup): StoreOutcome[] {
  const outcomes = new Map<number, StoreOutcome>(plan.kept)
  for (const { item, type, id, version, handle, commitment, metadata } of sealed.versions) {
    const { storedTime } = metadata
    outcomes.set(item, { outcome: 'stored', type, id, version, handle, commitment, storedTime })
  }
  return items.map((_, place) => outcomes.get(place) as StoreOutcome)
}

/** A delivery with a refused item is not finished: the corridor will refuse it. */
function finishedOf(group: StoreGroup, outcomes: readonly StoreOutcome[]): FinishedDelivery[] {
  const records = new Map<string, RecordOutcome[]>()
  const refused = new Set<string>()
  for (const [place, { deliveryId }] of group.items.entries()) {
    const result = outcomes[place]
    if (deliveryId === null || result === undefined) continue
    const known = records.get(deliveryId) ?? []
    records.set(deliveryId, known)
    if (result.outcome === 'refused') refused.add(deliveryId)
    else known.push({ type: result.type, id: result.id, outcome: result.outcome, version: result.version })
  }
  return group.finished
    .filter(({ deliveryId }) => !refused.has(deliveryId))
    .map((delivery) => ({ ...delivery, records: records.get(delivery.deliveryId) ?? [] }))
}

function keptTallies(outcomes: readonly StoreOutcome[], day: string): Tally[] {
  return outcomes
    .filter(({ outcome }) => outcome !== 'stored')
    .map(({ outcome }) => ({ day, dimension: 'kept', code: outcome, amount: 1 }))
}
