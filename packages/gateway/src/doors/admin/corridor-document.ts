/** The corridor as one JSON document: what `GET /api/corridor` answers and the event stream repeats. */
import type { VaultStatus } from '@meridian/vault'
import type { Room } from '../../room-refusal.ts'
import type { LedgerStatus } from './needs.ts'
import type { Throughput } from './throughput.ts'

/** One room: how much left it through its door, and how much waits at its exit to quarantine. */
interface RoomCounts {
  readonly name: Room
  readonly passed: number
  readonly quarantined: number
}

/**
 * The document. Up to `takenIn` the counts are items (design: what is counted), each in exactly one place:
 * received = takenIn + quarantined + duplicates + pending.inbox. `stored` and `anchored` are record versions, several of
 * which one item may make. `quarantined` is what waits there now: a mended item moves over to `takenIn`.
 */
export interface CorridorDocument {
  readonly rooms: readonly RoomCounts[]
  readonly counts: {
    readonly received: number
    readonly standardised: number
    readonly validated: number
    readonly takenIn: number
    readonly stored: number
    readonly anchored: number
    readonly quarantined: number
    readonly duplicates: number
  }
  /** Items not yet through, versions not yet final, batches signed and not yet in a block. */
  readonly pending: { readonly inbox: number; readonly outbox: number; readonly batches: number }
  readonly rates: Throughput
  readonly ledger: { readonly height: number; readonly blockTime?: string; readonly chainId: string }
  /** When this was counted, ISO 8601. */
  readonly time: string
}

/** Puts the vault's status, rates and height into one document. Pure. */
export function corridorDocument(
  status: VaultStatus,
  ledger: LedgerStatus,
  rates: Throughput,
  time: string,
): CorridorDocument {
  const waits = (name: Room) => status.quarantinedByRoom[name] ?? 0
  const connected = status.received - status.duplicates - status.pending - waits('connect')
  const standardised = connected - waits('standardise')
  const validated = standardised - waits('validate')
  const takenIn = validated - waits('store')
  const { sealed, submitted, final } = status.versions
  const stored = storedVersions(status)
  const room = (name: Room, passed: number) => ({ name, passed, quarantined: waits(name) })
  return {
    rooms: [
      room('connect', connected),
      room('standardise', standardised),
      room('validate', validated),
      room('store', stored),
      room('anchor', final),
    ],
    counts: {
      received: status.received,
      standardised,
      validated,
      takenIn,
      stored,
      anchored: final,
      quarantined: status.quarantined,
      duplicates: status.duplicates,
    },
    pending: { inbox: status.pending, outbox: sealed + submitted, batches: status.batches.submitted },
    rates,
    ledger: {
      height: ledger.height,
      chainId: ledger.chainId,
      ...(ledger.blockTime === undefined ? {} : { blockTime: ledger.blockTime }),
    },
    time,
  }
}

/** How many record versions were ever stored: what the throughput is measured by. */
export function storedVersions(status: VaultStatus): number {
  const { sealed, submitted, final, erased } = status.versions
  return sealed + submitted + final + erased
}
