/** `propose` (governance): a core member puts a question to the core members (spec 1 §6.12). */
import { toHex } from '../bytes.ts'
import type { CborValue } from '../cbor.ts'
import { bodyMap, bodyOr, bytesField, field, isInteger, readBody, textField } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { CODE } from './patterns.ts'

/** Body of `propose`. */
export interface Propose {
  /** 16 bytes, random. */
  readonly proposalId: Uint8Array
  /** What is asked: a name of the table of proposal kinds, for example `membership.admit`. */
  readonly kind: string
  /** The action of that kind, 2 to 4,096 bytes of deterministic CBOR (`encodeAction`). */
  readonly action: Uint8Array
  /** SHA-256 of the document that argues for it, or of the action when there is none; 32 bytes. */
  readonly bodyHash: Uint8Array
  /** Block time from which on nobody votes any more. */
  readonly deadlineSeconds: bigint
  /** Height at which it takes effect once it has passed; 0 for at once. */
  readonly activationHeight: bigint
}

const ACTION_BYTES = { least: 2, most: 4_096 } as const

function isAction(value: CborValue): value is Uint8Array {
  return (
    value instanceof Uint8Array && value.length >= ACTION_BYTES.least && value.length <= ACTION_BYTES.most
  )
}

const isFrom =
  (least: number) =>
  (value: CborValue): value is number | bigint =>
    isInteger(value) && value >= least && value <= Number.MAX_SAFE_INTEGER

/** Subject `proposal:` and the proposal id in hex. */
export const propose: StatementForm<Propose> = {
  kind: 'propose',
  encode: (body) =>
    bodyMap(
      body.proposalId,
      body.kind,
      body.action,
      body.bodyHash,
      body.deadlineSeconds,
      body.activationHeight,
    ),
  decode(value) {
    const fields = readBody('propose', value, 6)
    return bodyOr<Propose>(fields, {
      proposalId: bytesField(fields, 1, 'proposalId', 16),
      kind: textField(fields, 2, 'kind', CODE),
      action: field(fields, { key: 3, name: 'action' }, isAction, new Uint8Array(0)),
      bodyHash: bytesField(fields, 4, 'bodyHash', 32),
      deadlineSeconds: BigInt(field(fields, { key: 5, name: 'deadlineSeconds' }, isFrom(1), 1)),
      activationHeight: BigInt(field(fields, { key: 6, name: 'activationHeight' }, isFrom(0), 0)),
    })
  },
  subjectOf: (_suite, body) => `proposal:${toHex(body.proposalId)}`,
}
