/** Slows down guessing over many names: after thirty failures from one address, a minute's pause for that address. */

/** The vault locks a single name by itself; this is the limit by address. */
export const signInLimits = {
  failures: 30,
  pauseMs: 60_000,
  addresses: 10_000,
  /** How long the vault locks a name; told to whoever meets the lock. */
  lockMs: 15 * 60_000,
} as const

/**
 * Counts attempts by address; nothing else is remembered. An attempt counts before its password is looked at, so that a
 * thousand at once are thirty: each costs a memory-hard hash.
 */
export interface SignInLimit {
  isPaused(address: string): boolean
  attempted(address: string): void
  /** Takes the attempt back. */
  succeeded(address: string): void
}

/** Makes a limit over the node's clock. */
export function createSignInLimit(nowMs: () => number): SignInLimit {
  const failures = new Map<string, { count: number; lastMs: number }>()
  const recent = (address: string) => {
    const entry = failures.get(address)
    return entry !== undefined && nowMs() - entry.lastMs < signInLimits.pauseMs ? entry.count : 0
  }
  const note = (address: string, count: number) => {
    failures.delete(address)
    if (count > 0) failures.set(address, { count, lastMs: nowMs() })
    const oldest = failures.keys().next().value
    if (failures.size > signInLimits.addresses && oldest !== undefined) failures.delete(oldest)
  }
  return {
    isPaused: (address) => recent(address) >= signInLimits.failures,
    attempted: (address) => note(address, recent(address) + 1),
    succeeded: (address) => note(address, recent(address) - 1),
  }
}
