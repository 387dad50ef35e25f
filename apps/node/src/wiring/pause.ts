/** Waiting, as the rooms that try again do it. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Waits; an aborted wait is over, not a failure. */
export async function pause(timeoutMs: number, signal: AbortSignal): Promise<void> {
  await sleep(timeoutMs, undefined, { signal }).catch(() => undefined)
}
