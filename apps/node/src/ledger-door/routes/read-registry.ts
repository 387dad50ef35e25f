/** GET /ledger/v1/registry/…: which versions there are and where they stand, who runs them, what is asked, what disagrees. */
import {
  adoptionsForm,
  artefactsForm,
  changeRequestsForm,
  conflictsForm,
  type LedgerAdoption,
  type LedgerArtefact,
  type LedgerChangeRequest,
  type LedgerConflict,
} from '@meridian/client'
import type { Engine } from '@meridian/engine'
import { governanceQueries, registryQueries } from '@meridian/ledger'
import { found, type LedgerRoute } from '../ledger-route.ts'

const {
  adoptionKey,
  adoptions,
  changeRequests,
  commentsTo,
  conflictKey,
  conflicts,
  inForce,
  registeredKey,
  registeredVersions,
  requestKey,
  shownState,
  shownStatus,
  standingKey,
} = registryQueries

const MOST_ITEMS = 10_000
const ID = '^[a-z0-9][a-z0-9._/-]{0,127}$'

const registryRoute = (name: string, more: Pick<LedgerRoute, 'query' | 'answer'>): LedgerRoute => ({
  method: 'GET',
  audience: 'member',
  url: `/ledger/v1/registry/${name}`,
  params: {},
  ...more,
})

/** The versions; `id` picks one artefact, `place` and `day` together what counts there. Items name the keys by which `proofs` proves them. */
const readArtefacts = registryRoute('artefacts', {
  query: { id: ID, place: '^(?:CN|\\d{2}(?:\\d{2}){0,2})$', day: '^\\d{4}-\\d{2}-\\d{2}$' },
  async answer({ engine }, { query: { id, place, day } }) {
    const { height } = engine.status()
    const counting =
      place === undefined || day === undefined
        ? undefined
        : new Set(inForce(engine.state, { place, day, height }).map((each) => `${each.id} ${each.version}`))
    const items = artefactItems(engine).filter(
      (each) => (id === undefined || each.id === id) && (counting?.has(`${each.id} ${each.version}`) ?? true),
    )
    return found(artefactsForm, { height, items: items.slice(0, MOST_ITEMS) })
  },
})

function artefactItems({ state, status }: Engine): readonly LedgerArtefact[] {
  const { height } = status()
  const pending = governanceQueries.pendingQuestions(state)
  return registeredVersions(state).map((entry) => {
    const { id, version, said, standing } = entry
    const { height: registeredHeight, ...rest } = said
    return {
      id,
      version,
      ...rest,
      registeredHeight,
      state: shownState(entry, height, pending),
      stageHeight: standing.stageHeight,
      retireHeight: standing.retireHeight ?? null,
      vectorResult: standing.vectorResult ?? null,
      stateKey: registeredKey(entry),
      standingKey: standingKey(entry),
    }
  })
}

/** Who runs what; `id` picks one artefact. */
const readAdoptions = registryRoute('adoptions', {
  query: { id: ID },
  async answer({ engine }, { query: { id } }) {
    const items = adoptions(engine.state)
      .filter((each) => id === undefined || each.id === id)
      .map(
        (each): LedgerAdoption => ({
          ...each,
          until: each.until ?? null,
          stateKey: adoptionKey(each.organisation, each),
        }),
      )
    return found(adoptionsForm, { height: engine.status().height, items: items.slice(0, MOST_ITEMS) })
  },
})

/** The change requests with what was said to each; `id` picks one artefact. */
const readRequests = registryRoute('requests', {
  query: { id: ID },
  async answer({ engine: { state, status } }, { query: { id } }) {
    const items = changeRequests(state)
      .filter(({ request }) => id === undefined || request.artefactId === id)
      .map(
        ({ requestId, request }): LedgerChangeRequest => ({
          requestId,
          ...request,
          status: shownStatus(state, request),
          comments: commentsTo(state, requestId).slice(0, MOST_ITEMS),
          stateKey: requestKey(requestId),
        }),
      )
      .sort(newestFirst)
    return found(changeRequestsForm, { height: status().height, items: items.slice(0, MOST_ITEMS) })
  },
})

/** The conflict register. */
const readConflicts = registryRoute('conflicts', {
  query: {},
  async answer({ engine: { state, status } }) {
    const items = conflicts(state)
      .map(
        ({ conflictId, conflict }): LedgerConflict => ({
          conflictId,
          ...conflict,
          resolution: conflict.resolution ?? null,
          result: conflict.result ?? null,
          stateKey: conflictKey(conflictId),
        }),
      )
      .sort(newestFirst)
    return found(conflictsForm, { height: status().height, items: items.slice(0, MOST_ITEMS) })
  },
})

function newestFirst(a: { readonly height: bigint }, b: { readonly height: bigint }): number {
  return Number(b.height - a.height)
}

/** The routes. */
export const registryRoutes: readonly LedgerRoute[] = [
  readArtefacts,
  readAdoptions,
  readRequests,
  readConflicts,
]
