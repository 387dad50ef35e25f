/** `revoke-key` (membership): an organisation ends one of its keys (spec 1 §6.2). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, choiceField, readBody } from './body-fields.ts'
import type { StatementForm } from './form.ts'

/** Why a key ends. After `compromised` nothing that it signed later is believed. */
export type RevokeReason = 'retired' | 'lost' | 'compromised'

/** Body of `revoke-key`. */
export interface RevokeKey {
  /** SHA-256 of the public key, 32 bytes. */
  readonly keyId: Uint8Array
  readonly reason: RevokeReason
}

/** Subject `key:` and the key id in hex. */
export const revokeKey: StatementForm<RevokeKey> = {
  kind: 'revoke-key',
  encode: (body) => bodyMap(body.keyId, body.reason),
  decode(value) {
    const fields = readBody('revoke-key', value, 2)
    return bodyOr<RevokeKey>(fields, {
      keyId: bytesField(fields, 1, 'keyId', 32),
      reason: choiceField(fields, 2, 'reason', ['retired', 'lost', 'compromised']),
    })
  },
  subjectOf: (_suite, body) => `key:${toHex(body.keyId)}`,
}
