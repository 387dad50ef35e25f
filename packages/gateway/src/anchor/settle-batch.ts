/**
 * Brings one batch into a block: signs it, keeps the signed bytes before they leave, submits the same bytes until a block has
 * them, and signs a replacement only after a block later than the expiry lacks them (design: The vault).
 */
import type { Refusal } from '@meridian/protocol'
import type { Batch, BatchStatement, Outbox } from '@meridian/vault'
import type { AnchorLedger, StatementPlace } from './anchor-ledger.ts'
import { type Signing, signFor } from './sign-statement.ts'

/** Final, refused by the ledger for a reason that no waiting mends, or given up because the node closes. */
export type Settled =
  | { readonly kind: 'final'; readonly place: StatementPlace }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'closed' }

/** Effects: outbox (statement, final), ledger. Rejects when the outside fails; calling it again goes on where it was. */
export async function settleBatch(
  batch: Batch,
  parts: { outbox: Outbox; ledger: AnchorLedger; signing: Signing; signal: AbortSignal },
): Promise<Settled> {
  const { outbox, ledger, signal } = parts
  let statements: readonly BatchStatement[] = batch.statements
  for (;;) {
    const found = await placeOfAny(statements, ledger)
    if (found !== undefined) {
      const { statementId, place } = found
      await outbox.markFinal(batch.batchId, { statementId, ...place })
      return { kind: 'final', place }
    }
    if (signal.aborted) return { kind: 'closed' }
    const blockTimeSeconds = await ledger.blockTimeSeconds()
    const last = statements.at(-1)
    if (last === undefined || blockTimeSeconds > last.expirySeconds) {
      const { batchId, day, standardsSetHash, root, size } = batch
      const body = { batchId, day, standardsSetHash, root, size }
      const statement = signFor(parts.signing, 'anchor-batch', body, blockTimeSeconds)
      await outbox.saveStatement(batch.batchId, statement, { blockTimeSeconds })
      statements = (await outbox.batch(batch.batchId))?.statements ?? []
      continue
    }
    const refusal = await ledger.submit(last.bytes)
    if (refusal !== undefined && (await placeOfAny(statements, ledger)) === undefined)
      return { kind: 'refused', refusal }
  }
}

async function placeOfAny(statements: readonly BatchStatement[], ledger: AnchorLedger) {
  for (const { statementId } of statements) {
    const place = await ledger.locate(statementId)
    if (place !== undefined && place.refusal === undefined) return { statementId, place }
  }
  return undefined
}
