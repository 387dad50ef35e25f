/** `register-key` (membership): an organisation adds a key, which proves that its holder agrees (spec 1 §6.1). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, choiceField, readBody, textField } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { KEY_PURPOSES, type KeyPurpose } from './key-proof.ts'
import { ORGANISATION } from './patterns.ts'

/** Body of `register-key`. */
export interface RegisterKey {
  readonly organisation: string
  readonly purpose: KeyPurpose
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes: the new key's signature over the text of `keyProofMessage`. */
  readonly proof: Uint8Array
}

/** Subject `key:` and the id of the new key in hex. */
export const registerKey: StatementForm<RegisterKey> = {
  kind: 'register-key',
  encode: (body) => bodyMap(body.organisation, body.purpose, body.publicKey, body.proof),
  decode(value) {
    const fields = readBody('register-key', value, 4)
    return bodyOr<RegisterKey>(fields, {
      organisation: textField(fields, 1, 'organisation', ORGANISATION),
      purpose: choiceField(fields, 2, 'purpose', KEY_PURPOSES),
      publicKey: bytesField(fields, 3, 'publicKey', 32),
      proof: bytesField(fields, 4, 'proof', 64),
    })
  },
  subjectOf: (suite, body) => `key:${toHex(suite.sha256(body.publicKey))}`,
}
