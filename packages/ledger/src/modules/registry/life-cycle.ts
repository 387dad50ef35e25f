/** The states of a version and the steps between them. */
import { type Refusal, refuse, type VersionName } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { StateView } from '../../state-view.ts'
import { compareVersions } from './compare-versions.ts'
import { REGISTRY } from './state.ts'
import { listedInForce, type Registered, readRegistered, readStanding, type Standing } from './versions.ts'

/** The states as they stand without open proposals. A draft or trial that a proposal names is shown as `proposed` by readers. */
export const VERSION_STATES = ['draft', 'proposed', 'trial', 'active', 'retiring', 'retired'] as const

/** One of them. */
export type VersionState = (typeof VERSION_STATES)[number]

/** Judged on read: from its retire height on a version is retired, swept or not. */
export function stateAt(
  { stage, retireHeight }: Standing,
  height: bigint,
): Exclude<VersionState, 'proposed'> {
  if (retireHeight === undefined) return stage
  return height >= retireHeight ? 'retired' : 'retiring'
}

/** Whether a version is accepted at this height. A trial that failed is retiring too, but it never came into force. */
export function isInForce(view: StateView, name: VersionName, height: bigint): boolean {
  const standing = readStanding(view, name)
  return standing?.stage === 'active' && stateAt(standing, height) !== 'retired'
}

/** A version in force that depends on this one and would be accepted longer than until this height; or undefined. */
export function outlastingDependent(
  view: StateView,
  { id, version }: VersionName,
  retireHeight: bigint,
): VersionName | undefined {
  return listedInForce(view).find((other) => {
    const until = readStanding(view, other)?.retireHeight
    const outlasts = until === undefined || until > retireHeight
    const needs = readRegistered(view, other)?.dependencies ?? []
    return outlasts && needs.some((each) => each.id === id && each.version === version)
  })
}

/** Refuses a version that is not registered, or in none of these states. */
export function checkState(
  view: StateView,
  { id, version }: VersionName,
  { height }: Pick<Context, 'height'>,
  ...needed: readonly VersionState[]
): Refusal | undefined {
  const standing = readStanding(view, { id, version })
  if (standing === undefined) return refuse(REGISTRY, 'registry.unknown-version', { id, version })
  const state = stateAt(standing, height)
  if (needed.includes(state)) return undefined
  return refuse(REGISTRY, 'registry.wrong-state', { state, needed: needed.join(' / ') })
}

/** The version that this one takes the place of: of the same artefact, in the same places, active and not yet retiring. */
export function predecessorOf(view: StateView, name: VersionName): VersionName | undefined {
  const places = placesOf(readRegistered(view, name))
  return listedInForce(view, name.id).find(
    (other) =>
      other.version !== name.version &&
      readStanding(view, other)?.retireHeight === undefined &&
      placesOf(readRegistered(view, other)) === places,
  )
}

const placesOf = (said: Registered | undefined): string => said?.jurisdiction.join() ?? ''

/** Whether `a` is newer than `b` by Semantic Versioning. */
export function isNewer(a: string, b: string): boolean {
  return compareVersions(a, b) > 0
}
