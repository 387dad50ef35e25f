/** Asks the other members' ledger doors for their block at a height, and what their state was after one: a node whose own differs finds it out, and names the module. */
import type { LedgerClient } from '@meridian/client'
import type { StateRoots } from '@meridian/engine'
import { appHash, type LightBlock, type Suite } from '@meridian/protocol'

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

/** The blocks of those that have one at the height. The caller counts their signatures. Never rejects. */
export async function askPeerBlocks(
  members: readonly LedgerClient[],
  height: bigint,
): Promise<readonly LightBlock[]> {
  const asked = await Promise.allSettled(members.map((member) => member.lightBlock(height)))
  return asked.flatMap((answer) => (answer.status === 'fulfilled' ? (answer.value ?? []) : []))
}
