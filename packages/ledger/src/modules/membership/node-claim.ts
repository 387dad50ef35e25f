/** A node id belongs to one organisation: whoever else names it is refused. */
import { type Endpoints, fromUtf8, type Refusal, refuse } from '@meridian/protocol'
import type { StateView } from '../../state-view.ts'
import { MEMBERSHIP, nodeKey } from './state.ts'

/** Refuses endpoints with a node id of somebody else. */
export function checkNodes(view: StateView, organisation: string, endpoints: Endpoints): Refusal | undefined {
  const isTaken = endpoints.nodes.some(({ nodeId }) => {
    const holder = view.get(MEMBERSHIP, nodeKey(nodeId))
    return holder !== undefined && fromUtf8(holder) !== organisation
  })
  return isTaken ? refuse(MEMBERSHIP, 'membership.node-taken') : undefined
}
