/** Walks the chain for the batches that organisations anchored for days of a period. */
import type { LedgerClient } from '@meridian/client'
import { decodeStatement, isRefusal, type StatementBodies, type Suite, toHex } from '@meridian/protocol'

/** A batch as the chain has it. Ids and root are hex. */
export interface AnchoredOnChain {
  readonly organisation: string
  readonly batchId: string
  readonly root: string
  readonly statementId: string
  readonly day: string
}

/** Every accepted `anchor-batch` whose day lies in the period, both days included. Cost: the whole chain. */
export async function* walkAnchored(
  { ledger, suite }: { readonly ledger: LedgerClient; readonly suite: Suite },
  { from, to }: { readonly from: string; readonly to: string },
): AsyncGenerator<AnchoredOnChain> {
  const { height } = await ledger.status()
  for (let at = 1n; at <= height; at += 1n) {
    const block = await ledger.block(at)
    for (const [i, bytes] of (block?.statements ?? []).entries()) {
      if (block?.results[i] !== null) continue
      const statement = decodeStatement(suite, bytes)
      if (isRefusal(statement) || statement.kind !== 'anchor-batch') continue
      const { batchId, root, day } = statement.body as StatementBodies['anchor-batch']
      if (day < from || day > to) continue
      const place = { batchId: toHex(batchId), root: toHex(root), statementId: toHex(statement.id), day }
      yield { organisation: statement.issuer, ...place }
    }
  }
}
