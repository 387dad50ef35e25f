/** Concept maps: which there are, and what one says of a code in a context. */
import { type MapContext, translate } from '@meridian/standards'
import { refuseCall } from '../admin-errors.ts'
import type { AdminRoute } from '../admin-route.ts'
import { exactly } from '../parameter-forms.ts'

const idForm = { type: 'string', pattern: '^[a-z0-9][a-z0-9.-]*$', maxLength: 128 }
const codeForm = { type: 'string', minLength: 1, maxLength: 64 }
const contextForms = {
  ageDays: { type: 'integer', minimum: 0, maximum: 60_000 },
  sex: { enum: ['male', 'female'] },
  findings: { type: 'array', maxItems: 50, items: codeForm },
}

/** Codes of a map that are offered to begin with. */
const SAMPLES = 12

/** `GET /api/maps` → `{items: [{id, version, titles, source, target, release, codes, samples}]}`. */
export const listMaps: AdminRoute = {
  method: 'GET',
  path: '/api/maps',
  answer: async (_call, { maps }) => ({
    items: maps.list().map(({ id, version, titles, map: { source, target, release, rows } }) => {
      const samples = [...rows.keys()].slice(0, SAMPLES)
      return { id, version, titles, source, target, release, codes: rows.size, samples }
    }),
  }),
}

/** `POST /api/maps/translate {map, code, ageDays?, sex?, findings?}` → the translation, with every row of the code. */
export const translateByMap: AdminRoute = {
  method: 'POST',
  path: '/api/maps/translate',
  schema: { body: exactly({ map: idForm, code: codeForm, ...contextForms }, Object.keys(contextForms)) },
  async answer({ body }, { maps }) {
    const { map: id, code, ...context } = body
    const found = maps.list().findLast((one) => one.id === id)
    if (found === undefined) return refuseCall('standard.unknown', 'map')
    const { version, map } = found
    return {
      map: { id, version },
      known: map.rows.has(String(code)),
      ...translate(map, String(code), context as MapContext),
    }
  },
}
