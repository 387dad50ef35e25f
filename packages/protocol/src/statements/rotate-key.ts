/** `rotate-key` (membership): a new key takes the place of an old one of the same purpose (spec 1 §6.3). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, choiceField, readBody } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { KEY_PURPOSES, type KeyPurpose } from './key-proof.ts'

/** Body of `rotate-key`; the organisation is the issuer. */
export interface RotateKey {
  /** Key id of the key that ends, 32 bytes. */
  readonly oldKeyId: Uint8Array
  readonly purpose: KeyPurpose
  /** The key that begins, Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes: the new key's signature over the text of `keyProofMessage`. */
  readonly proof: Uint8Array
}

/** Subject `key:` and the id of the key that ends, in hex. */
export const rotateKey: StatementForm<RotateKey> = {
  kind: 'rotate-key',
  encode: (body) => bodyMap(body.oldKeyId, body.purpose, body.publicKey, body.proof),
  decode(value) {
    const fields = readBody('rotate-key', value, 4)
    return bodyOr<RotateKey>(fields, {
      oldKeyId: bytesField(fields, 1, 'oldKeyId', 32),
      purpose: choiceField(fields, 2, 'purpose', KEY_PURPOSES),
      publicKey: bytesField(fields, 3, 'publicKey', 32),
      proof: bytesField(fields, 4, 'proof', 64),
    })
  },
  subjectOf: (_suite, body) => `key:${toHex(body.oldKeyId)}`,
}
