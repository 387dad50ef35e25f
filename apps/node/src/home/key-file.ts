/** Signing keys on disk: an Ed25519 seed sealed under the home's passphrase (scrypt, AES-256-GCM), readable by the owner only. */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Signer } from '@meridian/protocol'
import { createSigner } from '@meridian/protocol/node'
import { OutsideFailure } from '../command-line/command.ts'
import type { Home } from './home.ts'

/** What each key signs (SECURITY.md, table of keys). */
export type KeyName = 'statement' | 'receipt' | 'validator'

interface SealedSeed {
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

const fileOf = (home: Home, name: KeyName) => join(home.keys, `${name}.json`)

const wrappingKey = (passphrase: string, salt: Buffer, { n, r, p }: { n: number; r: number; p: number }) =>
  scryptSync(passphrase.normalize('NFC'), salt, 32, { N: n, r, p, maxmem })

/** Makes a key, keeps it sealed and gives its signer. @throws when the file exists: a key is never overwritten. */
export function createKeyFile(home: Home, name: KeyName, passphrase: string): Signer {
  const seed = randomBytes(32)
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(passphrase, salt, cost), nonce)
  cipher.setAAD(Buffer.from(name))
  const sealed = Buffer.concat([cipher.update(seed), cipher.final(), cipher.getAuthTag()])
  const document: SealedSeed = {
    format: 'meridian-key/1',
    kdf: { name: 'scrypt', ...cost, salt: salt.toString('base64url') },
    nonce: nonce.toString('base64url'),
    sealed: sealed.toString('base64url'),
  }
  writeFileSync(fileOf(home, name), `${JSON.stringify(document, null, 2)}\n`, { flag: 'wx', mode: 0o600 })
  return createSigner(seed)
}

/** Opens a key. @throws OutsideFailure when the passphrase is not the one it was sealed with, or the file was altered. */
export function openKeyFile(home: Home, name: KeyName, passphrase: string): Signer {
  const file = fileOf(home, name)
  try {
    const document = JSON.parse(readFileSync(file, 'utf8')) as SealedSeed
    const key = wrappingKey(passphrase, Buffer.from(document.kdf.salt, 'base64url'), document.kdf)
    const sealed = Buffer.from(document.sealed, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(document.nonce, 'base64url'))
    decipher.setAAD(Buffer.from(name))
    decipher.setAuthTag(sealed.subarray(-16))
    return createSigner(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]))
  } catch (cause) {
    throw new OutsideFailure(
      {
        zh: `无法打开密钥文件 ${file}：口令不对，或文件被改动。`,
        en: `The key file ${file} does not open: another passphrase, or it was altered.`,
      },
      cause,
    )
  }
}
