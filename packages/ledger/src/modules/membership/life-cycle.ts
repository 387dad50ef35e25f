/** The steps between the statuses of an organisation, and what each demands. */
import { type Refusal, refuse, utf8 } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import { entriesUnder } from '../../entries-under.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import type { MembershipNeeds } from './needs.ts'
import { endAllKeys, memberOf } from './own-key.ts'
import {
  CORE,
  coreKey,
  MEMBERSHIP,
  nodeKey,
  type Organisation,
  type OrganisationStatus,
  readOrganisation,
  writeOrganisation,
} from './state.ts'
import { checkFewerValidators } from './validators.ts'

/** Refuses an organisation that is not there or stands elsewhere. */
export function checkStatus(
  view: StateView,
  organisation: string,
  ...needed: readonly OrganisationStatus[]
): Refusal | undefined {
  const status = readOrganisation(view, organisation)?.status
  if (status === undefined) return refuse(MEMBERSHIP, 'membership.unknown-organisation')
  if (needed.includes(status)) return undefined
  return refuse(MEMBERSHIP, 'membership.wrong-status', { status, needed: needed.join(' / ') })
}

/** Refuses to take away the last active core member, or a validator that is needed. */
export function checkCoreLoss(
  view: StateView,
  organisation: string,
  needs: MembershipNeeds,
): Refusal | undefined {
  const isCore = view.get(MEMBERSHIP, coreKey(organisation)) !== undefined
  if (isCore && entriesUnder(view, MEMBERSHIP, CORE).length === 1) {
    return refuse(MEMBERSHIP, 'membership.last-core')
  }
  return checkFewerValidators(view, organisation, needs)
}

/** Takes the step. */
export function setStatus(
  view: WritableView,
  organisation: string,
  status: OrganisationStatus,
  { height }: Pick<Context, 'height'>,
): void {
  const member = memberOf(view, organisation)
  writeOrganisation(view, organisation, { ...member, status, statusHeight: height })
}

/** Ends a membership for good: every key ends, the nodes are admitted no more, the history stays. */
export function exit(view: WritableView, organisation: string, { height }: Pick<Context, 'height'>): void {
  endAllKeys(view, organisation, { height, reason: 'exited' })
  const member = memberOf(view, organisation)
  writeNodes(view, organisation, member, NOWHERE)
  const gone: Organisation = { ...member, endpoints: NOWHERE, status: 'exited', statusHeight: height }
  writeOrganisation(view, organisation, gone)
}

const NOWHERE = { door: '', nodes: [] }

/** Puts the node ids of `after` in the place of those the member had. */
export function writeNodes(
  view: WritableView,
  organisation: string,
  before: Pick<Organisation, 'endpoints'> | undefined,
  after: Organisation['endpoints'],
): void {
  for (const { nodeId } of before?.endpoints.nodes ?? []) view.delete(MEMBERSHIP, nodeKey(nodeId))
  for (const { nodeId } of after.nodes) view.put(MEMBERSHIP, nodeKey(nodeId), utf8(organisation))
}
