/** Errors that are alike: the groups, the values that stand at the place, and one mend for all of a group. */
import {
  groupLikeErrors,
  type LikeErrors,
  likeErrorsOf,
  markedText,
  valuesFound,
  wordsOf,
} from '../../../quarantine/like-errors.ts'
import { type GroupMend, mendGroup } from '../../../quarantine/mend-group.ts'
import { refuseCall } from '../admin-errors.ts'
import { type AdminRoute, type DoorParts, personOf } from '../admin-route.ts'
import { anyOfThese, exactly } from '../parameter-forms.ts'

const groupForm = { type: 'string', minLength: 1, maxLength: 500 }

function document(group: LikeErrors, { corridor }: DoorParts): object {
  const { id, room, code, source, element, count, newestTime } = group
  return { id, room, code, source, element, count, newestTime, ...wordsOf(group, corridor.explain) }
}

/** `GET /api/quarantine/like` → groups by code, element and source, most first. Counts only. */
export const listLikeErrors: AdminRoute = {
  method: 'GET',
  path: '/api/quarantine/like',
  async answer(_call, parts) {
    const groups = await groupLikeErrors(parts.vault.quarantine)
    return { items: groups.map((group) => document(group, parts)) }
  },
}

/** No more items than this are opened to count their values. */
const openedItems = 500

/** `GET /api/quarantine/like/:group/values` → `{items: [{value, count, proposal?}]}`, of those who keep records alone. */
export const listLikeValues: AdminRoute = {
  method: 'GET',
  path: '/api/quarantine/like/:group/values',
  schema: { params: exactly({ group: groupForm }) },
  async answer({ params: { group: id = '' } }, { vault }) {
    const group = await likeErrorsOf(vault.quarantine, id)
    if (group === undefined) return refuseCall('quarantine.unknown')
    const texts = []
    for (const item of group.items.slice(0, openedItems)) {
      const delivery = await vault.inbox.get(item.deliveryId)
      const marked = delivery === undefined ? undefined : markedText(item, delivery)
      if (marked !== undefined) texts.push(marked)
    }
    return { items: valuesFound(texts, group.code) }
  },
}

/** `POST /api/quarantine/like/:group/mend {map?, unit?}` → `{mended, left}`: all of them again, by name; the originals stay. */
export const mendLikeErrors: AdminRoute = {
  method: 'POST',
  path: '/api/quarantine/like/:group/mend',
  schema: {
    params: exactly({ group: groupForm }),
    body: anyOfThese({
      map: {
        type: 'object',
        maxProperties: 200,
        additionalProperties: { type: 'string', maxLength: 200 },
      },
      unit: { type: 'string', minLength: 1, maxLength: 40 },
    }),
  },
  async answer(call, { vault, corridor }) {
    const group = await likeErrorsOf(vault.quarantine, call.params.group ?? '')
    if (group === undefined) return refuseCall('quarantine.unknown')
    const answer = await mendGroup(group, call.body as GroupMend, personOf(call).name, vault)
    await corridor.resume()
    return answer
  },
}
