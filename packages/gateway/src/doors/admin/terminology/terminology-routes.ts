/** Terminology for people: which releases there are, concepts found by what is typed, one concept, and what a free text may mean. */
import {
  type FoundConcept,
  isProblem,
  type Problem,
  suggestCodes,
  type Terminology,
} from '@meridian/standards/terminology'
import { type AdminRefusal, refuseCall } from '../admin-errors.ts'
import type { AdminRoute } from '../admin-route.ts'
import { exactly } from '../parameter-forms.ts'

const systemForm = { type: 'string', minLength: 1, maxLength: 256 }
const versionForm = { type: 'string', minLength: 1, maxLength: 128 }
const textForm = { type: 'string', minLength: 1, maxLength: 200 }

/** Hits that are shown; whoever wants another types more. */
const SHOWN = 50

/** `GET /api/terminology` → `{items: [release]}`; `answersToday` for the one that a question without a version is answered from. */
export const listReleases: AdminRoute = {
  method: 'GET',
  path: '/api/terminology',
  answer: async (_call, { terminology }) => ({
    items: terminology.systems().map((release) => ({
      ...release,
      answersToday: versionToday(terminology, release.system) === release.version,
    })),
  }),
}

/** `GET /api/terminology/search?system=&version=&text=` → `{items: [{code, display, names, score}], total, more}`, best first. */
export const searchConcepts: AdminRoute = {
  method: 'GET',
  path: '/api/terminology/search',
  schema: {
    querystring: exactly({ system: systemForm, version: versionForm, text: textForm }, ['version']),
  },
  async answer({ query: { system = '', version, text = '' } }, { terminology }) {
    const found = terminology.search(system, { text }, { version })
    if (isProblem(found)) return refusalOf(found)
    const { hits, total, more } = found
    const items = hits.slice(0, SHOWN).map(({ concept, score }) => {
      const { code, display, designations = [], inactive } = concept
      const names = designations.filter(({ use }) => use !== 'former').map(({ value }) => value)
      return { code, display, names, score, ...(inactive === undefined ? {} : { inactive }) }
    })
    return { items, total, more }
  },
}

/** `GET /api/terminology/concept?system=&version=&code=` → `{concept, release, parents, children}`. */
export const readConcept: AdminRoute = {
  method: 'GET',
  path: '/api/terminology/concept',
  schema: {
    querystring: exactly({ system: systemForm, version: versionForm, code: textForm }, ['version']),
  },
  async answer({ query: { system = '', version, code = '' } }, { terminology }) {
    const found = terminology.lookup(system, code, { version })
    return isProblem(found) ? refusalOf(found) : conceptDocument(found)
  },
}

/**
 * `POST /api/terminology/suggest {system, version?, text}` → `{items: [{code, display, confidence, basis}]}`. In the body,
 * since what somebody wrote about a patient has no place in an address. Nothing is kept.
 */
export const suggestConcepts: AdminRoute = {
  method: 'POST',
  path: '/api/terminology/suggest',
  schema: { body: exactly({ system: systemForm, version: versionForm, text: textForm }, ['version']) },
  async answer({ body }, { terminology }) {
    const { system, version, text } = body as { system: string; version?: string; text: string }
    const items = suggestCodes(terminology, { system, text }, { version })
    return isProblem(items) ? refusalOf(items) : { items }
  },
}

function conceptDocument({ concept, release, parents, children }: FoundConcept): object {
  const named = ({ code, display }: { readonly code: string; readonly display: string }) => ({
    code,
    display,
  })
  const { at: _place, parents: _codes, ...shown } = concept as typeof concept & { readonly at?: number }
  return { concept: shown, release, parents: parents.map(named), children: children.map(named) }
}

function versionToday(terminology: Terminology, system: string): string | undefined {
  // No release has an empty code, but the answer says which one was asked.
  const checked = terminology.validateCode(system, '')
  return isProblem(checked) ? undefined : checked.version
}

function refusalOf({ problem }: Problem): AdminRefusal {
  return problem === 'code-unknown'
    ? refuseCall('terminology.code-unknown', 'code')
    : refuseCall('terminology.release-unknown', problem === 'version-unknown' ? 'version' : 'system')
}
