/** Signs a batch as the gateway does, for the tests of the outbox and of verification. */
import { randomBytes } from 'node:crypto'
import { decodeStatement, isRefusal, signStatement, subjectOf } from '@meridian/protocol'
import { createSigner, nodeSuite } from '@meridian/protocol/node'
import type { Batch, BatchStatement } from '../outbox/outbox.ts'
import type { ContractVault } from './contract-vault.ts'

const signer = createSigner(new Uint8Array(32).fill(9))

/** A statement for the batch that lives until `expirySeconds`. */
export function signBatch(
  { settings }: ContractVault,
  batch: Batch,
  expirySeconds: bigint,
): Omit<BatchStatement, 'signedTime'> {
  const { batchId, day, standardsSetHash, root, size } = batch
  const body = { batchId, day, standardsSetHash, root, size }
  const bytes = signStatement(
    nodeSuite,
    {
      issuer: settings.organisationId,
      subject: subjectOf(nodeSuite, 'anchor-batch', body),
      genesisHash: settings.genesisHash,
      expirySeconds,
      uniqueId: new Uint8Array(randomBytes(16)),
      kind: 'anchor-batch',
      body,
    },
    signer,
  )
  const statement = decodeStatement(nodeSuite, bytes)
  if (isRefusal(statement)) throw new Error(statement.code)
  return { statementId: statement.id, bytes, expirySeconds }
}

/** Opens a batch of everything that waits and brings it into a block. */
export async function anchorAll(contract: ContractVault, height = 7n): Promise<Batch> {
  const { outbox } = contract.vault
  const batch = await outbox.openBatch(1000)
  if (batch === undefined) throw new Error('nothing waits')
  const statement = signBatch(contract, batch, 3600n)
  await outbox.saveStatement(batch.batchId, statement)
  await outbox.markFinal(batch.batchId, {
    statementId: statement.statementId,
    height,
    blockTimeSeconds: 100n,
  })
  return (await outbox.batch(batch.batchId)) ?? batch
}
