/** Signing keys on disk: one sealed seed a file, readable by the owner only, and the key that is about to take its place. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Signer } from '@meridian/protocol'
import { createSigner } from '@meridian/protocol/node'
import { OutsideFailure } from '../command-line/command.ts'
import { readIfThere, syncFolder, writeWhole } from './durable-file.ts'
import type { Home } from './home.ts'
import { openSeed, type SealedSeed, sealSeed } from './sealed-seed.ts'

/** What each key signs (SECURITY.md, table of keys). */
export type KeyName = 'statement' | 'receipt' | 'validator' | 'node'

/** The keys that another takes the place of by a statement; the validator's changes with the set of validators. */
export type ReplaceableKey = 'statement' | 'receipt'

/** The file of a key. */
const keyFile = (home: Pick<Home, 'keys'>, name: KeyName) => join(home.keys, `${name}.json`)

const nextFile = (home: Home, name: KeyName) => join(home.keys, `${name}.next.json`)

const print = (document: object) => `${JSON.stringify(document, null, 2)}\n`

/** Whether the home has such a key. */
export function hasKeyFile(home: Pick<Home, 'keys'>, name: KeyName): boolean {
  return existsSync(keyFile(home, name))
}

/** Makes a key, keeps it sealed and gives its signer. @throws when the file exists: a key is never overwritten. */
export function createKeyFile(home: Home, name: KeyName, passphrase: string): Signer {
  const file = keyFile(home, name)
  if (existsSync(file)) throw Object.assign(new Error(`${name}.json exists`), { code: 'EEXIST' })
  const seed = randomBytes(32)
  writeWhole(file, print(sealSeed(name, seed, passphrase)))
  return createSigner(seed)
}

/** The seed of a key, for a program that signs by itself. @throws OutsideFailure like {@link openKeyFile}. */
export function openKeySeed(home: Home, name: KeyName, passphrase: string): Uint8Array {
  const file = keyFile(home, name)
  return opened(file, () => openSeed(name, JSON.parse(readFileSync(file, 'utf8')) as SealedSeed, passphrase))
}

/** Opens a key. @throws OutsideFailure when the passphrase is not the one it was sealed with, or the file was altered. */
export function openKeyFile(home: Home, name: KeyName, passphrase: string): Signer {
  const file = keyFile(home, name)
  return opened(file, () =>
    createSigner(openSeed(name, JSON.parse(readFileSync(file, 'utf8')) as SealedSeed, passphrase)),
  )
}

/** The text of a key file under another passphrase. @throws OutsideFailure like {@link openKeyFile}. */
export function resealedKeyFile(
  text: string,
  name: KeyName,
  passphrases: { from: string; to: string },
): string {
  return opened(`${name}.json`, () => {
    const seed = openSeed(name, JSON.parse(text) as SealedSeed, passphrases.from)
    return print(sealSeed(name, seed, passphrases.to))
  })
}

/** A key that is not the current one yet, and the signed statement that makes it so on the ledger. */
export interface NextKey {
  readonly signer: Signer
  readonly statement: Uint8Array
}

interface NextKeyFile {
  readonly format: 'meridian-next-key/1'
  readonly key: SealedSeed
  readonly statement: string
}

/** Makes the next key and keeps it together with what `sign` says about it, before any of it leaves. */
export function createNextKey(
  home: Home,
  name: KeyName,
  passphrase: string,
  sign: (next: Signer) => Uint8Array,
): NextKey {
  const seed = randomBytes(32)
  const signer = createSigner(seed)
  const statement = sign(signer)
  const document: NextKeyFile = {
    format: 'meridian-next-key/1',
    key: sealSeed(name, seed, passphrase),
    statement: Buffer.from(statement).toString('base64url'),
  }
  writeWhole(nextFile(home, name), print(document))
  return { signer, statement }
}

/** The next key that a stop left behind, if any. @throws OutsideFailure when it does not open. */
export function openNextKey(home: Home, name: KeyName, passphrase: string): NextKey | undefined {
  const file = nextFile(home, name)
  return opened(file, () => {
    const document = readIfThere<NextKeyFile>(file)
    if (document === undefined) return undefined
    const signer = createSigner(openSeed(name, document.key, passphrase))
    return { signer, statement: new Uint8Array(Buffer.from(document.statement, 'base64url')) }
  })
}

/** Puts the next key in the place of the current one, whose seed is gone then. Doing it again changes nothing. */
export function promoteNextKey(home: Home, name: KeyName): void {
  const document = readIfThere<NextKeyFile>(nextFile(home, name))
  if (document === undefined) return
  writeWhole(keyFile(home, name), print(document.key))
  dropNextKey(home, name)
}

/** Forgets a next key that the ledger does not have. */
export function dropNextKey(home: Home, name: KeyName): void {
  rmSync(nextFile(home, name), { force: true })
  syncFolder(home.keys)
}

/** The text of a next-key file under another passphrase. */
export function resealedNextKey(
  text: string,
  name: KeyName,
  passphrases: { from: string; to: string },
): string {
  return opened(`${name}.next.json`, () => {
    const document = JSON.parse(text) as NextKeyFile
    const seed = openSeed(name, document.key, passphrases.from)
    return print({ ...document, key: sealSeed(name, seed, passphrases.to) })
  })
}

function opened<T>(file: string, open: () => T): T {
  try {
    return open()
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
