/**
 * The validator's key of a consortium member's home. A key that has signed is never used again without the note of what it signed
 * last: a home without that note gets a new key, which takes the place of the old one by `meridian keys rotate --purpose validator`.
 */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { COMET_FOLDER } from '@meridian/engine'
import { toHex } from '@meridian/protocol'
import { readIfThere, writeWhole } from '../home/durable-file.ts'
import { rememberFormerKey } from '../home/former-keys.ts'
import type { Home } from '../home/home.ts'
import { createKeyFile, openKeyFile } from '../home/key-file.ts'

/** Public half of the key that CometBFT has been started with in this home, hex. */
interface UsedKey {
  readonly publicKey: string
}

const usedFile = (home: Pick<Home, 'keys'>): string => join(home.keys, 'validator.used.json')

/** Where CometBFT notes what it signed last. */
const signingState = (home: Pick<Home, 'ledger'>): string =>
  join(home.ledger, COMET_FOLDER, 'data', 'priv_validator_state.json')

/** Before the keys are opened. Says so when it made a new key. @throws OutsideFailure when the key does not open. */
export function prepareValidatorKey(home: Home, passphrase: string, log: (text: string) => void): void {
  const used = readIfThere<UsedKey>(usedFile(home))
  if (used === undefined || existsSync(signingState(home))) return
  const { keyId, publicKey } = openKeyFile(home, 'validator', passphrase)
  if (toHex(publicKey) !== used.publicKey) return
  rememberFormerKey(home, { keyId: toHex(keyId), purpose: 'validator', publicKey: used.publicKey })
  rmSync(join(home.keys, 'validator.json'))
  const next = createKeyFile(home, 'validator', passphrase)
  log(
    `keys validator ${toHex(keyId).slice(0, 16)} has signed, and what it signed last is not here: it signs no more. New key 曾经签名而签名状态已丢失，旧验证者密钥不再使用，新密钥 ${toHex(next.keyId).slice(0, 16)}`,
  )
}

/** After the engine has opened with this key: from now on it counts as one that has signed. */
export function noteValidatorKeyUsed(home: Home, publicKey: Uint8Array): void {
  const note: UsedKey = { publicKey: toHex(publicKey) }
  if (readIfThere<UsedKey>(usedFile(home))?.publicKey === note.publicKey) return
  writeWhole(usedFile(home), `${JSON.stringify(note)}\n`)
}
