/** Quarantine: what waits and why; one item with the place marked; mend and retry, by name. */
import type { QuarantineGroup, QuarantineListRequest } from '@meridian/vault'
import { readDeliveryText, writeDeliveryText } from '../../../quarantine/delivery-text.ts'
import { type AdminRefusal, refuseCall } from '../admin-errors.ts'
import { type AdminRoute, type DoorParts, personOf } from '../admin-route.ts'
import {
  anyOfThese,
  codeForm,
  cursorForm,
  deliveryForm,
  exactly,
  roomForm,
  sourceForm,
} from '../parameter-forms.ts'
import { mendLimitBytes, quarantineDocument, quarantineRow } from '../quarantine/quarantine-document.ts'

/** `GET /api/quarantine/groups` → open items by room and code, most first, with the catalogue's words. Counts only. */
export const listQuarantineGroups: AdminRoute = {
  method: 'GET',
  path: '/api/quarantine/groups',
  async answer(_call, parts) {
    const groups = await parts.vault.quarantine.groups()
    return {
      items: await Promise.all(groups.map(async (group) => ({ ...group, ...(await wordsOf(group, parts)) }))),
    }
  },
}

/** Of a single item its own words, which name the element and the limits; of several the catalogue's. */
async function wordsOf({ room, code, count }: QuarantineGroup, { vault, corridor }: DoorParts) {
  const page = count === 1 ? await vault.quarantine.list({ count: 1, room, code }) : undefined
  const [only] = page?.items ?? []
  if (only === undefined) return corridor.explain(code)
  const { message, hint } = quarantineRow(only, corridor.explain)
  return { message, hint }
}

/** `GET /api/quarantine?room=&code=&source=&cursor=` → open items, newest first. */
export const listQuarantine: AdminRoute = {
  method: 'GET',
  path: '/api/quarantine',
  schema: {
    querystring: anyOfThese({ room: roomForm, code: codeForm, source: sourceForm, cursor: cursorForm }),
  },
  async answer({ query }, { vault, corridor }) {
    const page = await vault.quarantine.list({ count: 50, ...query } as QuarantineListRequest)
    if (page === undefined) return refuseCall('request.invalid', 'cursor')
    const items = page.items.map((item) => quarantineRow(item, corridor.explain))
    return { items, ...(page.next === undefined ? {} : { next: page.next }) }
  },
}

const one = exactly({ id: deliveryForm })

/** `GET /api/quarantine/:id` → the item with its text, marks and findings. */
export const readQuarantine: AdminRoute = {
  method: 'GET',
  path: '/api/quarantine/:id',
  schema: { params: one },
  async answer({ params: { id = '' } }, { vault, corridor }) {
    const item = await vault.quarantine.get(id)
    if (item === undefined) return refuseCall('quarantine.unknown')
    return quarantineDocument(item, await vault.inbox.get(id), corridor.explain)
  },
}

/** `POST /api/quarantine/:id/mend {text}` → keeps the mended text beside the original and sends it through the corridor. */
export const mendQuarantine: AdminRoute = {
  method: 'POST',
  path: '/api/quarantine/:id/mend',
  schema: {
    params: one,
    body: exactly({ text: { type: 'string', minLength: 1, maxLength: mendLimitBytes } }),
  },
  async answer(call, parts) {
    const { id = '' } = call.params
    const delivery = await parts.vault.inbox.get(id)
    if (delivery === undefined || delivery.state !== 'quarantined') return refuseCall('quarantine.unknown')
    const bytes = writeDeliveryText(
      String(call.body.text),
      readDeliveryText(delivery.bytes, delivery.context.encoding).form,
    )
    if (bytes === undefined) return refuseCall('quarantine.not-encodable')
    const by = personOf(call).name
    if (!(await parts.vault.quarantine.replaceBytes(id, bytes, by))) return refuseCall('quarantine.unknown')
    return sendAgain(id, by, parts)
  },
}

/** `POST /api/quarantine/:id/retry` → the same bytes again, after a mapping or a rule changed. */
export const retryQuarantine: AdminRoute = {
  method: 'POST',
  path: '/api/quarantine/:id/retry',
  schema: { params: one },
  answer: (call, parts) => sendAgain(call.params.id ?? '', personOf(call).name, parts),
}

/** `POST /api/quarantine/retry {room, code}` → everything that waits for one reason; answers `{taken}`. */
export const retryQuarantineGroup: AdminRoute = {
  method: 'POST',
  path: '/api/quarantine/retry',
  schema: { body: exactly({ room: roomForm, code: codeForm }) },
  async answer(call, { vault, corridor }) {
    const { room, code } = call.body
    const taken = await vault.quarantine.retryGroup(String(room), String(code), personOf(call).name)
    await corridor.resume()
    return { taken }
  },
}

/** `POST /api/quarantine/:id/dismiss` → 204; put aside for good, by name. The bytes stay in the inbox. */
export const dismissQuarantine: AdminRoute = {
  method: 'POST',
  path: '/api/quarantine/:id/dismiss',
  schema: { params: one },
  async answer(call, { vault }) {
    const dismissed = await vault.quarantine.dismiss(call.params.id ?? '', personOf(call).name)
    return dismissed ? undefined : refuseCall('quarantine.unknown')
  },
}

/** What became of it: `{outcome: 'taken-in', records}`, `{outcome: 'refused', item}` or `{outcome: 'waiting'}`. */
async function sendAgain(id: string, by: string, parts: DoorParts): Promise<object | AdminRefusal> {
  if (!(await parts.vault.quarantine.retry(id, by))) return refuseCall('quarantine.unknown')
  await parts.corridor.resume()
  const delivery = await parts.vault.inbox.get(id)
  if (delivery?.state === 'stored') return { outcome: 'taken-in', records: delivery.records ?? [] }
  const item = await parts.vault.quarantine.get(id)
  if (item === undefined || delivery?.state !== 'quarantined') return { outcome: 'waiting' }
  return { outcome: 'refused', item: quarantineDocument(item, delivery, parts.corridor.explain) }
}
