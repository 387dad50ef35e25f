/** `vote` (governance): a core member answers a proposal, once (spec 1 §6.13). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, choiceField, optionalBytesField, readBody } from './body-fields.ts'
import type { StatementForm } from './form.ts'

/** The answers. The place in the list is what state stores. Append only. */
export const VOTE_CHOICES = ['yes', 'no', 'abstain'] as const

/** One of them. */
export type VoteChoice = (typeof VOTE_CHOICES)[number]

/** Body of `vote`; the issuer is the voter. */
export interface Vote {
  /** 16 bytes. */
  readonly proposalId: Uint8Array
  readonly choice: VoteChoice
  /** 32 bytes, where the kind of proposal demands it: what the voter found when it looked for itself. */
  readonly evidence?: Uint8Array
}

/** Subject `proposal:` and the proposal id in hex. */
export const vote: StatementForm<Vote> = {
  kind: 'vote',
  encode: ({ proposalId, choice, evidence }) =>
    evidence === undefined ? bodyMap(proposalId, choice) : bodyMap(proposalId, choice, evidence),
  decode(value) {
    const fields = readBody('vote', value, 3)
    const proposalId = bytesField(fields, 1, 'proposalId', 16)
    const choice = choiceField(fields, 2, 'choice', VOTE_CHOICES)
    const evidence = optionalBytesField(fields, 3, 'evidence', 32)
    return bodyOr<Vote>(fields, { proposalId, choice, ...(evidence === undefined ? {} : { evidence }) })
  },
  subjectOf: (_suite, body) => `proposal:${toHex(body.proposalId)}`,
}
