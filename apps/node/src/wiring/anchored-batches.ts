/** The organisation's batches as the ledger has them: what the vault is compared with. */
import type { LedgerClient } from '@meridian/client'
import { decodeStatement, isRefusal, type StatementBodies, type Suite } from '@meridian/protocol'
import type { AnchoredBatch } from '@meridian/vault'

/** Walks the chain from its beginning. */
export async function* anchoredBatchesOf(
  ledger: LedgerClient,
  suite: Suite,
  organisationId: string,
): AsyncGenerator<AnchoredBatch> {
  const { height } = await ledger.status()
  for (let at = 1n; at <= height; at += 1n) {
    const block = await ledger.block(at)
    for (const [i, bytes] of (block?.statements ?? []).entries()) {
      const statement = decodeStatement(suite, bytes)
      if (isRefusal(statement) || statement.kind !== 'anchor-batch' || statement.issuer !== organisationId)
        continue
      if (block?.results[i] !== null) continue
      const { batchId, root, size } = statement.body as StatementBodies['anchor-batch']
      yield { batchId, root, size }
    }
  }
}
