/**
 * A new passphrase for every key file of a home. All files are made anew in a folder beside them, which counts from the moment it
 * has its name: a stop before it leaves the old passphrase, a stop after it is finished at the next start.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder, writeWhole } from './durable-file.ts'
import type { Home } from './home.ts'
import { type KeyName, resealedKeyFile, resealedNextKey } from './key-file.ts'

/** The two passphrases. */
export interface Passphrases {
  readonly from: string
  readonly to: string
}

const names: readonly KeyName[] = ['statement', 'receipt', 'validator', 'node']

const readyFolder = (home: Pick<Home, 'keys'>) => join(home.keys, 'reseal')
const halfFolder = (home: Pick<Home, 'keys'>) => join(home.keys, 'reseal.partial')

/**
 * `keyring` is the text of the keyring's file under the new passphrase. A passphrase that is kept in the home is replaced there as
 * well. @throws OutsideFailure when a key does not open with the old one; then nothing has changed.
 */
export function resealKeys(home: Home, passphrases: Passphrases, keyring: string): void {
  const half = halfFolder(home)
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { mode: 0o700 })
  const put = (file: string, reseal: (text: string) => string) => {
    const from = join(home.keys, file)
    if (existsSync(from)) writeWhole(join(half, file), reseal(readFileSync(from, 'utf8')))
  }
  for (const name of names) {
    put(`${name}.json`, (text) => resealedKeyFile(text, name, passphrases))
    put(`${name}.next.json`, (text) => resealedNextKey(text, name, passphrases))
  }
  put('keyring.json', () => keyring)
  put('passphrase', () => `${passphrases.to}\n`)
  renameSync(half, readyFolder(home))
  syncFolder(home.keys)
  finishReseal(home)
}

/** Moves the files of a new passphrase into their place. Called before keys are opened; without such files it does nothing. */
export function finishReseal(home: Pick<Home, 'keys'>): void {
  rmSync(halfFolder(home), { recursive: true, force: true })
  const ready = readyFolder(home)
  if (!existsSync(ready)) return
  for (const file of readdirSync(ready)) renameSync(join(ready, file), join(home.keys, file))
  syncFolder(home.keys)
  rmSync(ready, { recursive: true })
  syncFolder(home.keys)
}
