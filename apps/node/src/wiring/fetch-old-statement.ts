/** Gets a statement that stands in a block this node never had, because it began from a snapshot, from another member. */
import type { LedgerClient } from '@meridian/client'

/** The bytes at a place, or undefined when nobody gives any. Who asks compares them with the log: a member may lie. Never rejects. */
export type FetchOldStatement = (height: bigint, index: number) => Promise<Uint8Array | undefined>

/** Blocks are asked for one at a time, and the newest few are kept: receipts of one block come together. */
const KEPT = 16

/** Asks the members in turn. */
export function createOldStatements(members: () => readonly LedgerClient[]): FetchOldStatement {
  const kept = new Map<bigint, readonly Uint8Array[]>()
  return async (height, index) => {
    const statements = kept.get(height) ?? (await askInTurn(members(), height))
    if (statements === undefined) return undefined
    kept.set(height, statements)
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? 0n)
    return statements[index]
  }
}

async function askInTurn(
  members: readonly LedgerClient[],
  height: bigint,
): Promise<readonly Uint8Array[] | undefined> {
  for (const member of members) {
    try {
      const block = await member.block(height)
      if (block !== undefined) return block.statements
    } catch {
      // Away, or it does not let this node in: another one may answer.
    }
  }
  return undefined
}
