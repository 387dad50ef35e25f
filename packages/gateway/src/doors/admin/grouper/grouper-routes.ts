/** Payment groups: which groupers there are, and an episode grouped and explained. Nothing is stored. */
import { refuseCall } from '../admin-errors.ts'
import type { AdminRoute } from '../admin-route.ts'
import { anyOfThese, exactly, idForm } from '../parameter-forms.ts'

const codes = { type: 'array', maxItems: 200, items: { type: 'string', minLength: 1, maxLength: 64 } }
const episodeForm = exactly(
  {
    diagnoses: { ...codes, minItems: 1 },
    procedures: codes,
    sex: { enum: ['male', 'female'] },
    ageDays: { type: 'integer', minimum: 0, maximum: 60_000 },
    ventilationHours: { type: 'integer', minimum: 0, maximum: 100_000 },
  },
  ['procedures', 'sex', 'ageDays', 'ventilationHours'],
)

/** `GET /api/groupers` → `{items: [{id, version, titles, isShipped, years}]}`. */
export const listGroupers: AdminRoute = {
  method: 'GET',
  path: '/api/groupers',
  answer: (_call, { grouper }) => grouper.list(),
}

/** `POST /api/groupers/group {tables?, year?, episode | encounter}` → group, steps, warnings, alternatives, codes side by side. */
export const groupAnEpisode: AdminRoute = {
  method: 'POST',
  path: '/api/groupers/group',
  schema: {
    body: anyOfThese({
      tables: { type: 'string', pattern: '^[a-z0-9][a-z0-9.-]*$', maxLength: 128 },
      year: { type: 'string', pattern: '^[0-9]{4}$' },
      episode: episodeForm,
      encounter: idForm,
    }),
  },
  async answer({ body }, { grouper }) {
    const answer = await grouper.group(body)
    return answer === 'wrong' ? refuseCall('grouper.unknown') : answer
  },
}
