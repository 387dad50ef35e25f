/** The keyring: the organisation's wrapping key and blind-index key, in memory, and what may be done with them. */
import type { KeyObject } from 'node:crypto'

/**
 * Everything synchronous. The keys themselves never leave it. `label` separates uses: two labels never give the same
 * digest.
 */
export interface Keyring {
  /** 8-byte hex name of the wrapping key, written beside what it wrapped. */
  readonly keyId: string
  /** Wraps a 32-byte data key; `context` is authenticated. */
  wrap(dataKey: Uint8Array, context: Uint8Array): Uint8Array
  /** Undefined when the wrapped key is not ours or was altered. */
  unwrap(wrapped: Uint8Array, context: Uint8Array): Uint8Array | undefined
  /**
   * What a former wrapping key wrapped, under the current one; `current` when it is that already, `unknown` when it is not ours or
   * was altered.
   */
  rewrap(wrapped: Uint8Array, context: Uint8Array): Uint8Array | 'current' | 'unknown'
  /** HMAC-SHA-256 under a key derived for `label`; parts are length-prefixed, so no two lists collide. */
  keyedDigest(label: string, ...parts: readonly (string | Uint8Array)[]): Uint8Array
  /** The derived key of one label as a handle, for a thread of ours that makes digests of that one kind (`keyedDigestUnder`). */
  digestKey(label: string): KeyObject
}

/** The key file cannot be opened: wrong passphrase or an altered file (`not-opened`), or not a key file (`malformed`). */
export interface KeyringRefused {
  readonly refused: true
  readonly code: 'not-opened' | 'malformed'
}

/** An open key file: its keyring, and how its wrapping key and passphrase are changed. Every change is durable when it resolves. */
export interface KeyringFile {
  /** Follows the changes: what is wrapped after `beginRewrap` is under the new key. */
  readonly keyring: Keyring
  /** True while a former wrapping key is kept beside the new one. */
  readonly isRewrapping: () => boolean
  /** Puts a new wrapping key in force and keeps the former one to unwrap with. `passphrase` is the file's. */
  beginRewrap(passphrase: string): Promise<void>
  /** Forgets the former wrapping keys. Call it only when nothing is wrapped by them: what still is can never be opened again. */
  endRewrap(passphrase: string): Promise<void>
  /** The text of the file under a passphrase; nothing is written. */
  sealedText(passphrase: string): Promise<string>
}

/** Reads `file`: `openKeyringFile` in `key-file.ts`. */
export type OpenKeyringFile = (file: string, passphrase: string) => Promise<KeyringFile | KeyringRefused>

/** Makes new keys and writes them to `file` (mode 0600) under the passphrase: `createKeyring` in `key-file.ts`. */
export type CreateKeyring = (file: string, passphrase: string) => Promise<Keyring>

/** Reads `file`: `openKeyring` in `key-file.ts`. */
export type OpenKeyring = (file: string, passphrase: string) => Promise<Keyring | KeyringRefused>
