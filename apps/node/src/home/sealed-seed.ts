/** An Ed25519 seed sealed under a passphrase (scrypt, AES-256-GCM) as the JSON of a key file. */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'

/** The JSON; byte strings in base64url. */
export interface SealedSeed {
  readonly format: 'meridian-key/1'
  readonly kdf: {
    readonly name: 'scrypt'
    readonly n: number
    readonly r: number
    readonly p: number
    readonly salt: string
  }
  readonly nonce: string
  readonly sealed: string
}

const cost = { n: 32_768, r: 8, p: 1 }
const maxmem = 128 * 1024 * 1024

const wrappingKey = (passphrase: string, salt: Buffer, { n, r, p }: { n: number; r: number; p: number }) =>
  scryptSync(passphrase.normalize('NFC'), salt, 32, { N: n, r, p, maxmem })

/** Seals 32 bytes; `name` is authenticated, so that one key file is never taken for another. */
export function sealSeed(name: string, seed: Uint8Array, passphrase: string): SealedSeed {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(passphrase, salt, cost), nonce)
  cipher.setAAD(Buffer.from(name))
  const sealed = Buffer.concat([cipher.update(seed), cipher.final(), cipher.getAuthTag()])
  return {
    format: 'meridian-key/1',
    kdf: { name: 'scrypt', ...cost, salt: salt.toString('base64url') },
    nonce: nonce.toString('base64url'),
    sealed: sealed.toString('base64url'),
  }
}

/** Opens it. @throws when the passphrase is another one, or anything was altered. */
export function openSeed(name: string, { kdf, nonce, sealed }: SealedSeed, passphrase: string): Buffer {
  const key = wrappingKey(passphrase, Buffer.from(kdf.salt, 'base64url'), kdf)
  const box = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'))
  decipher.setAAD(Buffer.from(name))
  decipher.setAuthTag(box.subarray(-16))
  return Buffer.concat([decipher.update(box.subarray(0, -16)), decipher.final()])
}
