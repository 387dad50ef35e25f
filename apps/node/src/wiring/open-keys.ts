/** Opens every key of a home with its passphrase. */
import type { Signer } from '@meridian/protocol'
import { type Keyring, openKeyring } from '@meridian/vault'
import { OutsideFailure } from '../command-line/command.ts'
import type { Home } from '../home/home.ts'
import { openKeyFile } from '../home/key-file.ts'
import { keyringFile } from './create-home.ts'

/** The keys of one organisation (SECURITY.md, table of keys). */
export interface Keys {
  readonly keyring: Keyring
  readonly statement: Signer
  readonly receipt: Signer
  readonly validator: Signer
}

/** @throws OutsideFailure naming the file that does not open. */
export async function openKeys(home: Home, passphrase: string): Promise<Keys> {
  const file = keyringFile(home)
  const keyring = await openKeyring(file, passphrase)
  if ('refused' in keyring) {
    throw new OutsideFailure({
      zh: `无法打开密钥文件 ${file}：口令不对，或文件被改动。`,
      en: `The key file ${file} does not open: another passphrase, or it was altered.`,
    })
  }
  return {
    keyring,
    statement: openKeyFile(home, 'statement', passphrase),
    receipt: openKeyFile(home, 'receipt', passphrase),
    validator: openKeyFile(home, 'validator', passphrase),
  }
}
