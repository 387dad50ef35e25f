/** The key file: the keyring's two keys under a passphrase (scrypt, RFC 7914, then AES-256-GCM). */
import { randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { open as openFile, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { framed } from './framed.ts'
import type { CreateKeyring, KeyringRefused, OpenKeyring, OpenKeyringFile } from './keyring.ts'
import { type KeyMaterial, keyringOf } from './keyring-of.ts'
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
  const material = { wrappingKey: randomBytes(KEY_BYTES), indexKey: randomBytes(KEY_BYTES) }
  await writeDurably(file, await textOf(material, passphrase), 'wx')
  return keyringOf(material)
}

/** Reads the key file. Refusals: `malformed`, `not-opened`. Throws when the file cannot be read at all. */
export const openKeyring: OpenKeyring = async (file, passphrase) => {
  const material = await readMaterial(file, passphrase)
  return 'refused' in material ? material : keyringOf(material)
}

/** The same, to change it. */
export const openKeyringFile: OpenKeyringFile = async (file, passphrase) => {
  const read = await readMaterial(file, passphrase)
  if ('refused' in read) return read
  let material: KeyMaterial = read
  let current = keyringOf(material)
  const change = async (next: KeyMaterial, words: string) => {
    const half = `${file}.partial`
    await writeDurably(half, await textOf(next, words), 'w')
    await rename(half, file)
    await syncFolder(dirname(file))
    material = next
    current = keyringOf(next)
  }
  return {
    keyring: {
      get keyId() {
        return current.keyId
      },
      wrap: (dataKey, context) => current.wrap(dataKey, context),
      unwrap: (wrapped, context) => current.unwrap(wrapped, context),
      rewrap: (wrapped, context) => current.rewrap(wrapped, context),
      keyedDigest: (label, ...parts) => current.keyedDigest(label, ...parts),
      digestKey: (label) => current.digestKey(label),
    },
    isRewrapping: () => formerOf(material).length > 0,
    beginRewrap: (words) => {
      const formerWrappingKeys = [material.wrappingKey, ...formerOf(material)]
      return change({ ...material, wrappingKey: randomBytes(KEY_BYTES), formerWrappingKeys }, words)
    },
    endRewrap: (words) => change({ ...material, formerWrappingKeys: [] }, words),
    sealedText: (words) => textOf(material, words),
  }
}

function formerOf({ formerWrappingKeys = [] }: KeyMaterial): readonly Uint8Array[] {
  return formerWrappingKeys
}

async function readMaterial(file: string, passphrase: string): Promise<KeyMaterial | KeyringRefused> {
  const read = parse(await readFile(file, 'utf8'))
  if (read === undefined) return refused('malformed')
  const { N, r, p, salt } = read.scrypt
  const key = await stretch(passphrase, { N, r, p, salt: Buffer.from(salt, 'base64') })
  const keys = open(key, contextOf({ N, r, p }), Buffer.from(read.box, 'base64'))
  if (keys === undefined || keys.length < 2 * KEY_BYTES || keys.length % KEY_BYTES !== 0)
    return refused('not-opened')
  const keyAt = (i: number) => keys.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES)
  const [wrappingKey, indexKey] = [keyAt(0), keyAt(1)]
  const formers = keys.length / KEY_BYTES - 2
  const formerWrappingKeys = Array.from({ length: formers }, (_, i) => keyAt(i + 2))
  return { wrappingKey, indexKey, formerWrappingKeys }
}

/** The box holds the wrapping key, the index key, then the former wrapping keys. */
async function textOf(material: KeyMaterial, passphrase: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await stretch(passphrase, { ...COST, salt })
  const keys = [material.wrappingKey, material.indexKey, ...formerOf(material)]
  const text: KeyFile = {
    format: FORMAT,
    scrypt: { ...COST, salt: salt.toString('base64') },
    box: Buffer.from(seal(key, contextOf(COST), ...keys)).toString('base64'),
  }
  return `${JSON.stringify(text, null, 2)}\n`
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

async function writeDurably(file: string, text: string, flag: 'w' | 'wx'): Promise<void> {
  const handle = await openFile(file, flag, 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a rename durable. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await openFile(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
