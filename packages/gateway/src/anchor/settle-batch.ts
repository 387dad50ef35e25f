/**
 * Brings one batch into a block: signs it, keeps the signed bytes before they leave, submits the same bytes until a block has
 * them, and signs a replacement only after a block later than the expiry lacks them (design: The vault), or when the ledger says
 * that the key which signed them has ended: such a key never counts again, so no block will ever have them.
 */
import { decodeStatement, equalBytes, isRefusal, type Refusal } from '@meridian/protocol'
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
      statements = await signAnew(batch, parts, { now: blockTimeSeconds, lackedAt: blockTimeSeconds })
      continue
    }
    const refusal = await ledger.submit(last.bytes)
    if (refusal === undefined || (await placeOfAny(statements, ledger)) !== undefined) continue
    if (!isOverForKey(refusal, last, parts.signing)) return { kind: 'refused', refusal }
    statements = await signAnew(batch, parts, { now: blockTimeSeconds, lackedAt: last.expirySeconds + 1n })
  }
}

async function signAnew(
  { batchId, day, standardsSetHash, root, size }: Batch,
  { outbox, signing }: { outbox: Outbox; signing: Signing },
  { now, lackedAt }: { readonly now: bigint; readonly lackedAt: bigint },
): Promise<readonly BatchStatement[]> {
  const statement = signFor(signing, 'anchor-batch', { batchId, day, standardsSetHash, root, size }, now)
  await outbox.saveStatement(batchId, statement, { blockTimeSeconds: lackedAt })
  return (await outbox.batch(batchId))?.statements ?? []
}

/** The key was rotated or revoked, and there is another one to sign with now. */
function isOverForKey(refusal: Refusal, last: BatchStatement, { suite, signer }: Signing): boolean {
  if (refusal.code !== 'statement.revoked-key') return false
  const statement = decodeStatement(suite, last.bytes)
  return !isRefusal(statement) && !equalBytes(statement.keyId, signer.keyId)
}

async function placeOfAny(statements: readonly BatchStatement[], ledger: AnchorLedger) {
  for (const { statementId } of statements) {
    const place = await ledger.locate(statementId)
    if (place !== undefined && place.refusal === undefined) return { statementId, place }
  }
  return undefined
}
