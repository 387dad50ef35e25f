/** Which version of each artefact counts for an organisation, at a height, on a day. */
import { governs, NATION, type VersionName } from '@meridian/protocol'
import type { StateView } from '../../state-view.ts'
import { isNewer, stateAt } from './life-cycle.ts'
import { listedInForce, type Registered, readRegistered, readStanding, type Standing } from './versions.ts'

/** For whom and when. */
export interface InForceAt {
  /** The place of the organisation by GB/T 2260, or `CN`. */
  readonly place: string
  readonly height: bigint
  /** `YYYY-MM-DD`. */
  readonly day: string
}

/** One version that counts. */
export interface InForce extends VersionName {
  readonly said: Registered
  /** `retiring`: still accepted, but a newer one takes its place or nothing does. */
  readonly state: 'active' | 'retiring'
}

interface Candidate extends InForce {
  /** How near the overlay is: 0 everywhere, 1 the nation, then the length of the code. */
  readonly nearness: number
}

/**
 * One version for each artefact, by id: the overlay of the most specific place wins, then an active one over a retiring one,
 * then the newest. Cost: everything that ever came into force.
 */
export function inForce(view: StateView, at: InForceAt): readonly InForce[] {
  const best = new Map<string, Candidate>()
  for (const name of listedInForce(view)) {
    const candidate = candidateOf(view, name, at)
    if (candidate === undefined) continue
    const other = best.get(name.id)
    if (other === undefined || comesBefore(candidate, other)) best.set(name.id, candidate)
  }
  return [...best.values()].map(({ nearness: _, ...rest }) => rest)
}

function candidateOf(view: StateView, name: VersionName, at: InForceAt): Candidate | undefined {
  const said = readRegistered(view, name) as Registered
  const state = stateAt(readStanding(view, name) as Standing, at.height)
  const nearness = nearnessOf(said.jurisdiction, at.place)
  const { from, to } = said.effective
  const isDay = from <= at.day && (to === null || at.day <= to)
  if (!isDay || nearness === undefined || (state !== 'active' && state !== 'retiring')) return undefined
  return { ...name, said, state, nearness }
}

function nearnessOf(jurisdiction: readonly string[], place: string): number | undefined {
  if (jurisdiction.length === 0) return 0
  const found = jurisdiction.filter((each) => governs(each, place))
  if (found.length === 0) return undefined
  return Math.max(...found.map((each) => (each === NATION ? 1 : each.length)))
}

function comesBefore(a: Candidate, b: Candidate): boolean {
  if (a.nearness !== b.nearness) return a.nearness > b.nearness
  if (a.state !== b.state) return a.state === 'active'
  return isNewer(a.version, b.version)
}
