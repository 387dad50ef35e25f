/** `withdraw-proposal` (governance): the proposer takes an open proposal back (spec 1 §6.14). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, readBody } from './body-fields.ts'
import type { StatementForm } from './form.ts'

/** Body of `withdraw-proposal`; the issuer is the proposer. */
export interface WithdrawProposal {
  /** 16 bytes. */
  readonly proposalId: Uint8Array
}

/** Subject `proposal:` and the proposal id in hex. */
export const withdrawProposal: StatementForm<WithdrawProposal> = {
  kind: 'withdraw-proposal',
  encode: (body) => bodyMap(body.proposalId),
  decode(value) {
    const fields = readBody('withdraw-proposal', value, 1)
    return bodyOr<WithdrawProposal>(fields, { proposalId: bytesField(fields, 1, 'proposalId', 16) })
  },
  subjectOf: (_suite, body) => `proposal:${toHex(body.proposalId)}`,
}
