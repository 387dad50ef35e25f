/** The room `store`: hands validated items to the vault, which seals them and puts them away in one transaction. */
import { plainCopy } from '@meridian/protocol'
import {
  judgementOf,
  type RecordOutcome,
  type Records,
  type StoreGroup,
  type StoreItem,
  type StoreOutcome,
} from '@meridian/vault'
import { type RoomRefusal, refuseIn } from '../room-refusal.ts'
import type { StandardRecord } from '../standardise/standardised.ts'
import type { Validated } from '../validate/validate.ts'
import { careStageOf } from './care-stage.ts'
import { searchRowsOf } from './search-rows.ts'

/** An item whose records are sealed, found again and waiting to be anchored. */
export interface Stored {
  readonly validated: Validated
  readonly records: readonly RecordOutcome[]
}

/**
 * Stage 4, for many items at once: one transaction keeps the disk from being the bound. Each item is stored whole or
 * refused whole. Results in the order of the items. Effects: vault (versions, search rows, outbox, inbox).
 */
export async function store(
  items: readonly Validated[],
  records: Pick<Records, 'store'>,
): Promise<readonly (Stored | RoomRefusal)[]> {
  return items.length === 0 ? [] : endsOf(items, await records.store(storeGroupOf(items)))
}

/** What the vault is handed. */
export function storeGroupOf(items: readonly Validated[]): StoreGroup {
  return {
    items: items.flatMap(storeItemsOf),
    finished: items.map((item) => ({ deliveryId: item.received.deliveryId })),
  }
}

/** What became of each item, from what became of its records. */
export function endsOf(
  items: readonly Validated[],
  outcomes: readonly StoreOutcome[],
): (Stored | RoomRefusal)[] {
  let from = 0
  return items.map((validated) => {
    const own = outcomes.slice(from, from + validated.records.length)
    from += validated.records.length
    return storedOrRefused(validated, own)
  })
}

function storeItemsOf(item: Validated): StoreItem[] {
  const { received, found } = item
  return item.records.map((record, place) => ({
    deliveryId: received.deliveryId,
    type: record.type,
    id: record.id,
    operation: record.operation,
    text: record.text,
    provenance: record.provenance,
    ...(record.patientId === undefined ? {} : { patientId: record.patientId }),
    ...(record.expectVersion === undefined ? {} : { expectVersion: record.expectVersion }),
    source: received.source.name,
    captureMethod: received.source.captureMethod,
    careStage: careStageOf(record.type),
    times: record.times,
    search: searchOf(record, received.source.timeZone),
    ...(record.operation === 'delete'
      ? {}
      : { judgement: judgementOf(received.source.profile, found.records[place] ?? [], found.conversion) }),
  }))
}

const searchOf = (record: StandardRecord, zone: string) =>
  record.operation === 'delete' ? [] : searchRowsOf(plainCopy(record.text), zone)

function storedOrRefused(validated: Validated, outcomes: readonly StoreOutcome[]): Stored | RoomRefusal {
  const records: RecordOutcome[] = []
  for (const outcome of outcomes) {
    if (outcome.outcome !== 'refused') {
      records.push({ type: outcome.type, id: outcome.id, outcome: outcome.outcome, version: outcome.version })
    } else if (outcome.code !== 'delivery-refused') {
      const { type, id, version } = outcome
      return refuseIn('store', `store.${outcome.code}`, { place: type, detail: { type, id, version } })
    }
  }
  return { validated, records }
}
