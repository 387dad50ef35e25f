/** `propose`: puts a question to the core members in this organisation's name. */
import { randomBytes } from 'node:crypto'
import { proposalBody } from '@meridian/client'
import {
  fromHex,
  type ProposalAction,
  type ProposalActions,
  type ProposalKind,
  toHex,
} from '@meridian/protocol'
import type { Json, Operation } from './operation.ts'
import { nowOnLedger, sayOnLedger } from './say-on-ledger.ts'

type InJson<Action> = { readonly [Name in keyof Action]: Action[Name] extends bigint ? number : Action[Name] }

/** An action of every kind, as it crosses a socket. */
type AskedInJson = {
  [K in ProposalKind]: { readonly kind: K; readonly action: InJson<ProposalActions[K]> }
}[ProposalKind]

/** The question. Heights are decimal text where they may pass 2^53, else numbers. */
export interface ProposeArgs {
  readonly asked: AskedInJson
  readonly days: number
  /** 0 for at once. */
  readonly activationHeight: number
  /** SHA-256 of the document that argues for it, hex. */
  readonly bodyHash?: string
}

const DAY_SECONDS = 86_400

export const propose: Operation<ProposeArgs, Json> = {
  name: 'propose',
  async run(node, { asked, days, activationHeight, bodyHash }) {
    const proposalId = new Uint8Array(randomBytes(16))
    const now = await nowOnLedger(node)
    const hash = bodyHash === undefined ? undefined : fromHex(bodyHash)
    const body = proposalBody(node.suite, {
      asked: askedOf(asked),
      proposalId,
      deadlineSeconds: now + BigInt(Math.round(days * DAY_SECONDS)),
      activationHeight: BigInt(activationHeight),
      ...(hash === undefined ? {} : { bodyHash: hash }),
    })
    const said = await sayOnLedger(node, 'propose', body)
    return { proposalId: toHex(proposalId), ...said }
  },
}

/** JSON has no big integers: a retire height is the one that an action may have. */
function askedOf({ kind, action }: AskedInJson): ProposalAction {
  const whole = 'retireHeight' in action ? { ...action, retireHeight: BigInt(action.retireHeight) } : action
  return { kind, action: whole } as ProposalAction
}
