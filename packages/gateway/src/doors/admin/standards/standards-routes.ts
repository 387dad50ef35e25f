/** Standards: which packages there are, one with its vectors, the difference of two, conflicts among those in force. */
import { refuseCall } from '../admin-errors.ts'
import type { AdminRoute } from '../admin-route.ts'
import { exactly } from '../parameter-forms.ts'

const hashForm = { type: 'string', pattern: '^[0-9a-f]{64}$', maxLength: 64 }

/** `GET /api/standards` → `{standardsSetHash, items: [{hash, isShipped, isInForce, publishedHeight, manifest}]}`. */
export const listStandards: AdminRoute = {
  method: 'GET',
  path: '/api/standards',
  answer: (_call, { standards }) => standards.list(),
}

/** `GET /api/standards/packages/:hash` → the item with `vectors: {passed, hash, findings, outcomes}`. */
export const readStandard: AdminRoute = {
  method: 'GET',
  path: '/api/standards/packages/:hash',
  schema: { params: exactly({ hash: hashForm }) },
  answer: async ({ params: { hash = '' } }, { standards }) =>
    (await standards.show(hash)) ?? refuseCall('standard.unknown'),
}

/** `GET /api/standards/packages/:hash/changes/:other` → `{before, after, changes, looked, isWhole}`, from the first to the other. */
export const compareStandards: AdminRoute = {
  method: 'GET',
  path: '/api/standards/packages/:hash/changes/:other',
  schema: { params: exactly({ hash: hashForm, other: hashForm }) },
  async answer({ params: { hash = '', other = '' } }, { standards }) {
    const found = await standards.changes(hash, other)
    if (found === 'other-kind') return refuseCall('standard.other-kind')
    return found ?? refuseCall('standard.unknown')
  },
}

/** `GET /api/standards/conflicts` → `{items: [{first, second, vector, input, answers}]}`. */
export const listConflicts: AdminRoute = {
  method: 'GET',
  path: '/api/standards/conflicts',
  answer: (_call, { standards }) => standards.conflicts(),
}
