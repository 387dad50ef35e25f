/** `members`: who is a member, and what this organisation says about members: a card, a review, its end points, its leaving. */
import { encodeJson, membersForm } from '@meridian/client'
import { equalBytes, fromHex } from '@meridian/protocol'
import { decodeCard } from '../consortium/organisation-card.ts'
import type { Node } from '../wiring/node.ts'
import { certificateOf } from './certificate.ts'
import { type Json, type Operation, OperationRefused } from './operation.ts'
import { sayOnLedger } from './say-on-ledger.ts'

/** One of; with none the list. */
export interface MembersArgs {
  /** The text of another organisation's card, which this one carries to the ledger. */
  readonly apply?: { readonly card: string; readonly file: string }
  readonly review?: {
    readonly organisation: string
    readonly result: 'qualified' | 'disqualified'
    /** SHA-256 of what was reviewed, hex. */
    readonly credentialsHash: string
  }
  /** The organisation whose certificate is wanted. */
  readonly certificate?: string
  readonly leave?: { readonly organisation: string }
  readonly endpoints?: {
    readonly door: string
    readonly nodes: readonly { readonly nodeId: string; readonly address: string }[]
  }
}

export const members: Operation<MembersArgs, Json> = {
  name: 'members',
  async run(node, args) {
    if (args.apply !== undefined) return apply(node, args.apply)
    if (args.review !== undefined) {
      const { organisation, result, credentialsHash } = args.review
      const body = { organisation, result, credentialsHash: fromHex(credentialsHash) ?? new Uint8Array() }
      return { organisation, result, ...(await sayOnLedger(node, 'review-qualification', body)) }
    }
    if (args.certificate !== undefined) return { certificate: await certificateOf(node, args.certificate) }
    if (args.leave !== undefined) {
      return { left: args.leave.organisation, ...(await sayOnLedger(node, 'leave', args.leave)) }
    }
    if (args.endpoints !== undefined) return announce(node, args.endpoints)
    return JSON.parse(encodeJson(membersForm, await node.ledger.members())) as Json
  },
}

async function apply(node: Node, { card, file }: NonNullable<MembersArgs['apply']>): Promise<Json> {
  const { genesisHash, application } = decodeCard(node.suite, card, file)
  if (!equalBytes(genesisHash, node.genesisHash)) {
    throw new OperationRefused('members-other-chain', {
      zh: `${file} 不是为本链签发的名片。请该机构以 meridian card --chain 指定本链的创世文件重新生成。`,
      en: `${file} was not signed for this chain. Ask the organisation to run meridian card --chain with the genesis document of this chain.`,
    })
  }
  const said = await sayOnLedger(node, 'apply-membership', application)
  return { applied: application.organisation, ...said }
}

async function announce(node: Node, { door, nodes }: NonNullable<MembersArgs['endpoints']>): Promise<Json> {
  const organisation = node.configuration.organisation.id
  const endpoints = {
    door,
    nodes: nodes.map(({ nodeId, address }) => ({ nodeId: fromHex(nodeId) ?? new Uint8Array(), address })),
  }
  const said = await sayOnLedger(node, 'announce-endpoints', { organisation, endpoints })
  return { announced: organisation, ...said }
}
