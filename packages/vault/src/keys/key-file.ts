/** The key file: the keyring's two keys under a passphrase (scrypt, RFC 7914, then AES-256-GCM). */
import { randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { open as openFile, readFile } from 'node:fs/promises'
import { framed } from './framed.ts'
import type { CreateKeyring, Keyring, KeyringRefused, OpenKeyring } from './keyring.ts'
import { keyringOf } from './keyring-of.ts'
import { open, seal } from './sealed-box.ts'

const FORMAT = 'meridian-keyring-1'
const KEY_BYTES = 32

/** 64 MiB and about 0.2 s a guess. Written into the file, so that a later release may raise them. */
const COST = { N: 65536, r: 8, p: 1 }
const MAX_COST_N = 1 << 20

/** The JSON of the file; byte strings in base64. */
interface KeyFile {
  readonly format: string
  readonly scrypt: { readonly N: number; readonly r: number; readonly p: number; readonly salt: string }
  readonly box: string
}

/**
 * Makes new keys, writes them to `file` (mode 0600; must not exist) and syncs it. Losing file or passphrase loses every
 * record: it belongs into the organisation's own safe-keeping, and never into a backup of the vault.
 */
export const createKeyring: CreateKeyring = async (file, passphrase) => {
  const keys = randomBytes(2 * KEY_BYTES)
  const salt = randomBytes(16)
  const key = await stretch(passphrase, { ...COST, salt })
  const text: KeyFile = {
    format: FORMAT,
    scrypt: { ...COST, salt: salt.toString('base64') },
    box: Buffer.from(seal(key, contextOf(COST), keys)).toString('base64'),
  }
  await writeDurably(file, `${JSON.stringify(text, null, 2)}\n`)
  return keyringFrom(keys)
}

/** Reads the key file. Refusals: `malformed`, `not-opened`. Throws when the file cannot be read at all. */
export const openKeyring: OpenKeyring = async (file, passphrase) => {
  const read = parse(await readFile(file, 'utf8'))
  if (read === undefined) return refused('malformed')
  const { N, r, p, salt } = read.scrypt
  const key = await stretch(passphrase, { N, r, p, salt: Buffer.from(salt, 'base64') })
  const keys = open(key, contextOf({ N, r, p }), Buffer.from(read.box, 'base64'))
  return keys?.length === 2 * KEY_BYTES ? keyringFrom(keys) : refused('not-opened')
}

function keyringFrom(keys: Buffer): Keyring {
  return keyringOf({ wrappingKey: keys.subarray(0, KEY_BYTES), indexKey: keys.subarray(KEY_BYTES) })
}

function refused(code: KeyringRefused['code']): KeyringRefused {
  return { refused: true, code }
}

function contextOf({ N, r, p }: { N: number; r: number; p: number }): Uint8Array {
  return framed(FORMAT, N, r, p)
}

function stretch(
  passphrase: string,
  { salt, N, r, p }: { salt: Uint8Array; N: number; r: number; p: number },
): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r }
  const text = passphrase.normalize('NFC')
  return new Promise((resolve, reject) => {
    scrypt(text, salt, KEY_BYTES, options, (failed, key) => (failed === null ? resolve(key) : reject(failed)))
  })
}

function parse(text: string): KeyFile | undefined {
  try {
    const read = JSON.parse(text) as KeyFile
    return isKeyFile(read) ? read : undefined
  } catch {
    return undefined
  }
}

function isKeyFile(read: KeyFile): boolean {
  if (read?.format !== FORMAT || typeof read.box !== 'string' || typeof read.scrypt?.salt !== 'string')
    return false
  const { N, r, p } = read.scrypt
  return isPowerOfTwo(N) && N <= MAX_COST_N && isSmall(r) && isSmall(p)
}

function isPowerOfTwo(n: number): boolean {
  return Number.isInteger(n) && n > 1 && (n & (n - 1)) === 0
}

function isSmall(n: number): boolean {
  return Number.isInteger(n) && n >= 1 && n <= 16
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await openFile(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
