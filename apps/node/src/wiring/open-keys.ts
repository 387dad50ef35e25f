/** Opens every key of a home with its passphrase. */
import type { Signer } from '@meridian/protocol'
import { type Keyring, type KeyringFile, openKeyringFile } from '@meridian/vault'
import { OutsideFailure } from '../command-line/command.ts'
import type { Home } from '../home/home.ts'
import { openKeyFile, type ReplaceableKey } from '../home/key-file.ts'
import { type CurrentSigner, createCurrentSigner } from '../keys/current-signer.ts'
import { keyringFile } from './create-home.ts'

/** The keys of one organisation (SECURITY.md, table of keys). `statement` and `receipt` follow a rotation. */
export interface Keys {
  readonly keyring: Keyring
  readonly file: KeyringFile
  readonly statement: Signer
  readonly receipt: Signer
  readonly validator: Signer
  readonly replaceable: Readonly<Record<ReplaceableKey, CurrentSigner>>
  /** What the files are sealed with now. */
  readonly passphrase: { now(): string; change(to: string): void }
}

/** @throws OutsideFailure naming the file that does not open. */
export async function openKeys(home: Home, passphrase: string): Promise<Keys> {
  const path = keyringFile(home)
  const file = await openKeyringFile(path, passphrase)
  if ('refused' in file) {
    throw new OutsideFailure({
      zh: `无法打开密钥文件 ${path}：口令不对，或文件被改动。`,
      en: `The key file ${path} does not open: another passphrase, or it was altered.`,
    })
  }
  const statement = createCurrentSigner(openKeyFile(home, 'statement', passphrase))
  const receipt = createCurrentSigner(openKeyFile(home, 'receipt', passphrase))
  let words = passphrase
  return {
    keyring: file.keyring,
    file,
    statement: statement.signer,
    receipt: receipt.signer,
    validator: openKeyFile(home, 'validator', passphrase),
    replaceable: { statement, receipt },
    passphrase: {
      now: () => words,
      change(to) {
        words = to
      },
    },
  }
}
