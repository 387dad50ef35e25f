/** `artefact.trial`, `.activate`, `.retire`: what the core members may decide about standards (spec 1 §8). */
import { type ProposalActions, type Refusal, refuse, type VersionName } from '@meridian/protocol'
import type { Context } from '../../../context.ts'
import type { AnyProposalRule, Asked, ProposalRule } from '../../../proposal-rule.ts'
import type { StateView, WritableView } from '../../../state-view.ts'
import { checkState, isInForce, isNewer, outlastingDependent, predecessorOf } from '../life-cycle.ts'
import { REGISTRY } from '../state.ts'
import { readRegistered, readStanding, type Standing, writeStanding } from '../versions.ts'

function change(view: WritableView, { id, version }: VersionName, parts: Partial<Standing>): void {
  const standing = readStanding(view, { id, version }) as Standing
  writeStanding(view, { id, version }, { ...standing, ...parts })
}

/** Its `check` refuses with registry.unknown-version, .wrong-state. */
const trial: ProposalRule<'artefact.trial'> = {
  kind: 'artefact.trial',
  yesNeedsEvidence: true,
  check: (view, { action }, context) => checkState(view, action, context, 'draft'),
  apply: (view, { action, evidence }, { height }) =>
    change(view, action, { stage: 'trial', stageHeight: height, vectorResult: evidence }),
}

/** Its `check` refuses with registry.unknown-version, .wrong-state, .dependency-not-in-force, .version-not-newer, .retire-height. */
const activate: ProposalRule<'artefact.activate'> = {
  kind: 'artefact.activate',
  yesNeedsEvidence: true,
  check: (view, asked, context) =>
    checkState(view, asked.action, context, 'trial') ??
    checkDependencies(view, asked.action, context) ??
    checkPredecessor(view, asked, context),
  apply(view, { action, evidence }, { height }) {
    const older = predecessorOf(view, action)
    if (older !== undefined) change(view, older, { retireHeight: action.retireHeight })
    change(view, action, { stage: 'active', stageHeight: height, vectorResult: evidence })
  },
}

function checkDependencies(view: StateView, name: VersionName, { height }: Context): Refusal | undefined {
  const missing = readRegistered(view, name)?.dependencies.find((each) => !isInForce(view, each, height))
  return missing === undefined
    ? undefined
    : refuse(REGISTRY, 'registry.dependency-not-in-force', { id: missing.id, version: missing.version })
}

/** What is replaced stays accepted for a while after it is, or the members ask again. */
function checkPredecessor(
  view: StateView,
  { action, activationHeight }: Asked<'artefact.activate'>,
  { height }: Context,
): Refusal | undefined {
  const older = predecessorOf(view, action)
  if (older === undefined) return undefined
  if (!isNewer(action.version, older.version)) return refuse(REGISTRY, 'registry.version-not-newer')
  return checkRetireHeight(action.retireHeight, laterOf(activationHeight, height))
}

/** When it can take effect at the earliest. */
function laterOf(activationHeight: bigint, height: bigint): bigint {
  if (activationHeight > height) return activationHeight
  return height
}

function checkRetireHeight(retireHeight: bigint, from: bigint): Refusal | undefined {
  return retireHeight > from
    ? undefined
    : refuse(REGISTRY, 'registry.retire-height', { least: (from + 1n).toString() })
}

/** Its `check` refuses with registry.unknown-version, .wrong-state, .retire-height, .depended-on. A trial that failed ends with it too. */
const retire: ProposalRule<'artefact.retire'> = {
  kind: 'artefact.retire',
  check: (view, { action, activationHeight }, context) =>
    checkState(view, action, context, 'trial', 'active') ??
    checkRetireHeight(action.retireHeight, laterOf(activationHeight, context.height)) ??
    checkDependents(view, action),
  apply: (view, { action }) => change(view, action, { retireHeight: action.retireHeight }),
}

/**
 * Only what ends without a successor: a version that is replaced gives those that depend on it the time until its retire height
 * to follow, and could never be replaced if they had to follow first.
 */
function checkDependents(view: StateView, action: ProposalActions['artefact.retire']): Refusal | undefined {
  const dependent = outlastingDependent(view, action, action.retireHeight)
  return dependent === undefined
    ? undefined
    : refuse(REGISTRY, 'registry.depended-on', { id: dependent.id, version: dependent.version })
}

/** The entries of the table of proposal kinds. */
export const registryProposals: readonly AnyProposalRule[] = [trial, activate, retire]
