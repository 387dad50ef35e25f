/** The one error class of the vault: a failure of the outside (database, disk), never of the input. */

/** `locked`: another process has the PGlite directory. */
export type VaultFailureCode = 'unreachable' | 'disk-full' | 'locked' | 'damaged' | 'failed'

/**
 * A failure that may be retried or shown. `detail` is safe to print; the database's own message is only in `cause`,
 * since it can quote a value.
 */
export class VaultFailure extends Error {
  override readonly name = 'VaultFailure'
  readonly code: VaultFailureCode
  readonly detail: Readonly<Record<string, string | number>>

  constructor(
    code: VaultFailureCode,
    message: string,
    options: { cause?: unknown; detail?: Readonly<Record<string, string | number>> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.detail = options.detail ?? {}
  }
}

/** SQLSTATE classes and socket codes that say the server is away, and those that say the disk is full. */
const UNREACHABLE = /^(08|57P0|ECONN|CONN|ETIMEDOUT|ENOTFOUND|EPIPE|EAI_)/
const DISK_FULL = /^(53100|ENOSPC|EDQUOT)/

/** Turns whatever a driver threw into a {@link VaultFailure}; one that is already ours passes through. */
export function toVaultFailure(thrown: unknown): VaultFailure {
  if (thrown instanceof VaultFailure) return thrown
  const sqlState = codeOf(thrown)
  if (UNREACHABLE.test(sqlState)) {
    return new VaultFailure('unreachable', 'The database cannot be reached', failure(thrown, sqlState))
  }
  if (DISK_FULL.test(sqlState)) {
    return new VaultFailure('disk-full', 'The disk of the database is full', failure(thrown, sqlState))
  }
  if (sqlState.startsWith('XX')) {
    return new VaultFailure('damaged', 'The database reports damage', failure(thrown, sqlState))
  }
  return new VaultFailure(
    'failed',
    `The database refused a statement (${sqlState})`,
    failure(thrown, sqlState),
  )
}

/** A failure of the database becomes a {@link VaultFailure}; anything else (a bug, a sign of ours) passes as it is. */
export function outsideFailure(thrown: unknown): unknown {
  return codeOf(thrown) === 'unknown' ? thrown : toVaultFailure(thrown)
}

/** The SQLSTATE or system code of a thrown value, `unknown` when it has none. */
export function codeOf(thrown: unknown): string {
  if (thrown instanceof VaultFailure) return String(thrown.detail.sqlState ?? 'unknown')
  const code = (thrown as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : 'unknown'
}

function failure(cause: unknown, sqlState: string) {
  return { cause, detail: { sqlState } }
}
