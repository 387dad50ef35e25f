/** `vote`: answers a proposal in this organisation's name, or takes its own one back. */
import type { ProposalOutcome } from '@meridian/client'
import { fromHex, toHex, type VoteChoice } from '@meridian/protocol'
import { voteEvidence } from '../standards/vote-evidence.ts'
import type { Node } from '../wiring/node.ts'
import { type Json, type Operation, OperationRefused } from './operation.ts'
import { sayOnLedger } from './say-on-ledger.ts'

/** Which proposal, by the first digits of its id. */
export interface VoteArgs {
  readonly proposal: string
  readonly choice: VoteChoice | 'withdraw'
  /** What this organisation found when it ran the test vectors, 32 bytes in hex; without it this node runs them for a yes about a standard. */
  readonly evidence?: string
}

export const vote: Operation<VoteArgs, Json> = {
  name: 'vote',
  async run(node, { proposal, choice, evidence }) {
    const asked = await found(node, proposal)
    const { proposalId } = asked
    const hash = evidence === undefined ? foundHere(node, asked, choice) : fromHex(evidence)
    const said =
      choice === 'withdraw'
        ? await sayOnLedger(node, 'withdraw-proposal', { proposalId })
        : await sayOnLedger(node, 'vote', {
            proposalId,
            choice,
            ...(hash === undefined ? {} : { evidence: hash }),
          })
    const { outcome, tally } = await found(node, toHex(proposalId))
    return { proposalId: toHex(proposalId), choice, outcome, tally, ...said }
  },
}

interface Found {
  readonly proposalId: Uint8Array
  readonly kind: string
  readonly actionBytes: Uint8Array
  readonly outcome: ProposalOutcome
  readonly tally: object
}

/** Only a yes about a standard asks what this node finds. */
const foundHere = (node: Node, asked: Found, choice: VoteArgs['choice']): Uint8Array | undefined =>
  choice === 'yes' ? voteEvidence(node, asked) : undefined

/** Eight digits at least, so that nobody votes on another proposal by a slip. */
const SHORTEST = 8

async function found(node: Pick<Node, 'ledger'>, prefix: string): Promise<Found> {
  const { items } = await node.ledger.proposals()
  const matching = items.filter(({ proposalId }) => toHex(proposalId).startsWith(prefix.toLowerCase()))
  const [one] = matching
  if (one !== undefined && matching.length === 1 && prefix.length >= SHORTEST) return one
  throw new OperationRefused('proposals-unknown', {
    zh: `没有唯一以 ${prefix} 开头的提案。请用 meridian proposals 查看标识，至少写 ${SHORTEST} 位。`,
    en: `No proposal, or more than one, begins with ${prefix}. See meridian proposals; give ${SHORTEST} digits at least.`,
  })
}
