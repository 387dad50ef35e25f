/** Asks the other members' ledger doors what their state was after a block: so that a node whose own differs can name the module. */
import type { LedgerClient } from '@meridian/client'
import type { StateRoots } from '@meridian/engine'
import { appHash, type Suite } from '@meridian/protocol'

/** A member that has not the block by then is not waited for. */
const PATIENCE_MS = 10_000

/**
 * The states of those that answer, none when nobody does. What they say is not believed: the caller compares the app hash with the decided
 * one. Never rejects.
 */
export async function askPeerStates(
  members: readonly LedgerClient[],
  suite: Suite,
  height: bigint,
): Promise<readonly StateRoots[]> {
  const states = await Promise.all(members.map((member) => askOne(member, suite, height)))
  return states.filter((state) => state !== undefined)
}

async function askOne(member: LedgerClient, suite: Suite, height: bigint): Promise<StateRoots | undefined> {
  try {
    for await (const { state } of member.follow(height, AbortSignal.timeout(PATIENCE_MS)))
      return { ...state, appHash: appHash(suite, state) }
  } catch {
    // Away, or it does not let this node in: another one may answer.
  }
  return undefined
}
