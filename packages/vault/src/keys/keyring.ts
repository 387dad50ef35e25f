/** The keyring: the organisation's wrapping key and blind-index key, in memory, and what may be done with them. */

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
  /** HMAC-SHA-256 under a key derived for `label`; parts are length-prefixed, so no two lists collide. */
  keyedDigest(label: string, ...parts: readonly (string | Uint8Array)[]): Uint8Array
}

/** The key file cannot be opened: wrong passphrase or an altered file (`not-opened`), or not a key file (`malformed`). */
export interface KeyringRefused {
  readonly refused: true
  readonly code: 'not-opened' | 'malformed'
}

/** Makes new keys and writes them to `file` (mode 0600) under the passphrase: `createKeyring` in `key-file.ts`. */
export type CreateKeyring = (file: string, passphrase: string) => Promise<Keyring>

/** Reads `file`: `openKeyring` in `key-file.ts`. */
export type OpenKeyring = (file: string, passphrase: string) => Promise<Keyring | KeyringRefused>
