/** Where refused items wait for a person: with the room's name, a coded reason and all findings; nothing is lost. */
import type { NewQuarantineItem, Quarantine } from '@meridian/vault'
import type { Received } from '../connect/received.ts'
import type { RoomRefusal } from '../room-refusal.ts'

/** One item and why it was refused. */
export interface RefusedItem {
  readonly received: Pick<Received, 'deliveryId'>
  readonly refusal: RoomRefusal
}

/** Keeps the refusals and marks their deliveries, in one transaction. Effects: vault (quarantine, inbox). */
export async function quarantine(
  items: readonly RefusedItem[],
  port: Pick<Quarantine, 'put'>,
): Promise<void> {
  if (items.length > 0) await port.put(items.map(quarantineItemOf))
}

function quarantineItemOf({ received, refusal }: RefusedItem): NewQuarantineItem {
  return {
    deliveryId: received.deliveryId,
    room: refusal.refusedBy,
    code: refusal.code,
    ...(refusal.place === undefined ? {} : { place: refusal.place }),
    detail: refusal.detail,
    findings: refusal.findings,
  }
}
