/** What every room of the vault works with; made once when the vault is opened. */
import type { Suite } from '@meridian/protocol'
import type { BlobSettings } from './blobs/blob-rows.ts'
import type { Keyring } from './keys/keyring.ts'
import type { SqlDriver } from './sql/driver.ts'
import type { Clock } from './vault.ts'

/** The two hashes (32 bytes each) that go into a commitment besides the record. */
export interface CommitmentContext {
  readonly genesisHash: Uint8Array
  readonly standardsSetHash: Uint8Array
}

/** `contextId` is the {@link CommitmentContext} new versions get; `contexts` holds every one ever used. */
export interface VaultContext {
  readonly driver: SqlDriver
  readonly organisationId: string
  readonly keyring: Keyring
  readonly suite: Suite
  readonly clock: Clock
  /** Undefined: everything stays in rows. */
  readonly blobs: BlobSettings | undefined
  readonly contextId: number
  readonly contexts: ReadonlyMap<number, CommitmentContext>
}
