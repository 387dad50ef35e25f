/** Which packages this node judges by: those that ship, and over them what the members have put into force and this node holds. */
import { membershipQueries, registryQueries } from '@meridian/ledger'
import { toHex } from '@meridian/protocol'
import type { NodeEngine } from '../wiring/open-engine.ts'
import type { ArtefactStore, HeldArtefact } from './artefact-store.ts'

/** Where and when the question is asked. */
export interface InForceQuestion {
  readonly engine: Pick<NodeEngine, 'state' | 'status'>
  readonly organisation: string
  /** `YYYY-MM-DD`. */
  readonly day: string
}

/** A version that counts here, by its content hash in hex. */
export interface CountedVersion {
  readonly id: string
  readonly hash: string
}

/** The whole country, for an organisation that has no place on the ledger. */
const NATION = 'CN'

/** The versions in force at the organisation's place and on the day; one that it has adopted itself goes before the common one. */
export function countedVersions({ engine, organisation, day }: InForceQuestion): readonly CountedVersion[] {
  const { state } = engine
  const height = engine.status().height + 1n
  const place = membershipQueries.organisationOf(state, organisation)?.place ?? NATION
  const common = registryQueries.inForce(state, { place, height, day })
  const own = registryQueries
    .adoptions(state)
    .filter(
      (adopted) =>
        adopted.organisation === organisation && adopted.from <= day && (adopted.until ?? '9999') > day,
    )
  const adopted = registryQueries
    .registeredVersions(state)
    .filter(({ id, version }) => own.some((one) => one.id === id && one.version === version))
    .filter((entry) =>
      ['trial', 'active', 'retiring'].includes(registryQueries.shownState(entry, height, [])),
    )
  return [...common, ...adopted].map(({ id, said }) => ({ id, hash: toHex(said.contentHash) }))
}

/** One package for each id: a later counted version goes before an earlier one and before what ships. What is not held is left out. */
export function packagesInForce(
  artefacts: Pick<ArtefactStore, 'list' | 'held'>,
  counted: readonly CountedVersion[],
): ReadonlyMap<string, HeldArtefact> {
  const shipped = artefacts.list().filter(({ isShipped }) => isShipped)
  const chosen = new Map(shipped.map((held) => [held.manifest.id, held]))
  for (const { id, hash } of counted) {
    const held = artefacts.held(hash)
    if (held !== undefined) chosen.set(id, held)
  }
  return chosen
}
