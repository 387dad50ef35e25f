/** The vault: one institution's keeping. This file is the whole port; PGlite and PostgreSQL stand behind it alike. */
import type { Suite } from '@meridian/protocol'
import type { BlobSettings } from './blobs/blob-rows.ts'
import type { Choices } from './choices/choices.ts'
import type { Eraser } from './erase/erase.ts'
import type { Inbox } from './inbox/inbox.ts'
import type { Keyring } from './keys/keyring.ts'
import type { RewrapReport } from './keys/rewrap.ts'
import type { Outbox } from './outbox/outbox.ts'
import type { Quality } from './quality/quality.ts'
import type { Quarantine } from './quarantine/quarantine.ts'
import type { Records } from './records/records.ts'
import type { VaultFailure } from './sql/vault-failure.ts'
import type { Users } from './users/users.ts'
import type { VerifyOptions, VerifyReport } from './verify/fault.ts'

/** The time, handed in so that tests own it. */
export interface Clock {
  now(): Date
}

/**
 * What a vault is opened with. `database` is `pglite:DIRECTORY`, `pglite:memory` or a `postgres://` URL. The two hashes
 * (32 bytes) and the organisation go into every commitment; `suite` hashes.
 */
export interface VaultSettings {
  readonly database: string
  readonly organisationId: string
  readonly keyring: Keyring
  readonly genesisHash: Uint8Array
  readonly standardsSetHash: Uint8Array
  readonly suite: Suite
  readonly clock: Clock
  /** Where sealed bytes too large for a row go; left out, everything stays in rows. One store serves one organisation. */
  readonly blobs?: BlobSettings
  /** Where a prepared empty database may be kept, so that the next new PGlite home starts in 0.4 s instead of 2.6 s. */
  readonly templateFolder?: string
}

/** Numbers for the console's picture of the corridor; cheap at any size. */
export interface VaultStatus {
  readonly received: number
  readonly duplicates: number
  /** Deliveries not yet stored or refused. */
  readonly pending: number
  readonly quarantined: number
  readonly quarantinedByRoom: Readonly<Record<string, number>>
  readonly records: number
  /** By how far they are anchored; `erased` are counted there as well. */
  readonly versions: {
    readonly sealed: number
    readonly submitted: number
    readonly final: number
    readonly erased: number
  }
  readonly batches: { readonly open: number; readonly submitted: number; readonly final: number }
}

/**
 * One organisation's vault. Failures of the database surface as {@link VaultFailure} throws and may be retried; every
 * call is atomic. `close` must be called, or the process stays alive.
 */
export interface Vault {
  readonly organisationId: string
  readonly inbox: Inbox
  readonly records: Records
  readonly outbox: Outbox
  readonly quarantine: Quarantine
  readonly quality: Quality
  readonly choices: Choices
  readonly users: Users
  readonly erase: Eraser
  /**
   * From now on new versions are committed under this standards set (32 bytes); what is stored keeps its own. Call it while nothing is
   * being stored. Effects: `commitment_contexts`.
   */
  judgeBy(standardsSetHash: Uint8Array): Promise<void>
  status(): Promise<VaultStatus>
  /** Reopens every sealed version and names what was altered, is missing, or was rolled back. Effects: none. */
  verify(options?: VerifyOptions): Promise<VerifyReport>
  /**
   * Wraps every data key by the keyring's current wrapping key; may be stopped and called again at any moment. A clean report
   * (`rewrapped` 0) says that nothing is under a former key but what calls still under way may write.
   * Effects: `record_keys`, `delivery_keys`.
   */
  rewrap(onProgress?: (done: number) => void): Promise<RewrapReport>
  /**
   * Copies the embedded database, as it is at one moment, into `directory`, which must not exist. False, and nothing done,
   * where the database is a server's: its backups are the institution's own. Throws {@link VaultFailure} `failed`.
   */
  copyTo(directory: string): Promise<boolean>
  close(): Promise<void>
}

/** Opens, migrates and returns the vault: the signature of `openVault` in `open-vault.ts`. Throws {@link VaultFailure}. */
export type OpenVault = (settings: VaultSettings) => Promise<Vault>
