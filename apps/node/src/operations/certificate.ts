/** `certificate`: what a member shows to whoever asks whether it is one, checked without this node. */
import { encodeCertificate } from '@meridian/client'
import { membershipQueries } from '@meridian/ledger'
import { isRefusal, refusalText } from '@meridian/protocol'
import { leadTo } from '../ledger-door/lead-to.ts'
import type { Node } from '../wiring/node.ts'
import { OperationRefused } from './operation.ts'

/** The file for an organisation by the newest signed state. @throws OperationRefused for one that state does not know. */
export async function certificateOf(
  node: Pick<Node, 'suite' | 'ledger'> & Parameters<typeof leadTo>[0],
  organisation: string,
): Promise<string> {
  const key = membershipQueries.organisationKey(organisation)
  const proof = await node.ledger.prove(membershipQueries.MEMBERSHIP, key)
  if (isRefusal(proof)) throw new OperationRefused(proof.code, refusalText(proof))
  if (proof.value === null) throw nobody(organisation)
  const lead = leadTo(node, proof.block)
  if (isRefusal(lead)) throw new OperationRefused(lead.code, refusalText(lead))
  return encodeCertificate(proof, lead.via)
}

function nobody(organisation: string): OperationRefused {
  return new OperationRefused('members-unknown', {
    zh: `账本中没有机构 ${organisation}。`,
    en: `The ledger knows no organisation ${organisation}.`,
  })
}
