/** The inbox over SQL: the port of `inbox.ts`. */
import { isId } from '../random-id.ts'
import type { VaultContext } from '../vault-context.ts'
import { saveAnswers } from './answers.ts'
import { openDelivery, openOriginal, rowsById, waitingRows } from './delivery-rows.ts'
import type { Inbox } from './inbox.ts'
import { listWaiting } from './list-waiting.ts'
import { receive } from './receive.ts'

/** Makes the inbox of one vault. */
export function openInbox(vault: VaultContext): Inbox {
  const { driver } = vault
  const rowOf = async (deliveryId: string) =>
    isId(deliveryId) ? (await rowsById(vault, [deliveryId]))[0] : undefined
  return {
    receive: (deliveries) => receive(vault, deliveries),
    pending: async (limit) => {
      const rows = await waitingRows(vault, limit)
      return rows.map((row) => openDelivery(vault, row))
    },
    waiting: (request, access) => listWaiting(vault, request, access),
    get: async (deliveryId) => {
      const row = await rowOf(deliveryId)
      return row === undefined ? undefined : openDelivery(vault, row)
    },
    original: async (deliveryId) => {
      const row = await rowOf(deliveryId)
      return row === undefined ? undefined : openOriginal(vault, row)?.bytes
    },
    saveAnswer: (deliveryId, answer) =>
      driver.transaction((session) => saveAnswers(vault, session, [{ deliveryId, answer }])),
  }
}
