/** `receipt`, `export`, `trust`: what the institution gives out, so that a stranger can check it without us. */
import {
  checkExportedRecord,
  type ExportedRecord,
  encodeBatchPath,
  encodeExportFile,
  encodeReceipt,
  encodeTrust,
  fingerprintWords,
  isRefusal,
  publicKeyToPem,
  type Receipt,
  type Refusal,
  signCoseReceipt,
  toHex,
  trustFingerprint,
} from '@meridian/protocol'
import type { RecordVersion } from '@meridian/vault'
import { registeredKey } from '../keys/registered-key.ts'
import { receiptEvidence } from '../ledger-door/receipt-evidence.ts'
import type { Node } from '../wiring/node.ts'
import { type Json, type Operation, OperationRefused } from './operation.ts'
import { findVersion } from './record-id.ts'

/** `id` as `meridian records` prints it. */
export interface RecordArgs {
  readonly id: string
}

/** `{state, receipt}`; `receipt` is the canonical text of a Meridian receipt. */
export const receipt: Operation<RecordArgs, Json> = {
  name: 'receipt',
  async run(node, { id }) {
    const version = await findVersion(node, id)
    return { state: version.state, receipt: encodeReceipt(await receiptFor(node, version)) }
  },
}

/** `{cose, leaf, key, batch}`: hex of the COSE Receipt, hex of the leaf entry, PEM of the receipt key, path to the batch root. */
export const coseReceipt: Operation<RecordArgs, Json> = {
  name: 'cose-receipt',
  async run(node, { id }) {
    const { record, statement, log, block } = await receiptFor(node, await findVersion(node, id))
    if (record === null) throw notFinal()
    if (registeredKey(node.engine, node.receiptSigner.keyId)?.revokedHeight !== undefined) throw keyEnded()
    const timeSeconds = Number(block.header.time / 1_000_000_000n)
    const { chainId } = block.header
    const claims = { issuer: node.configuration.organisation.id, chainId, timeSeconds }
    const chain = [node.engine, ...node.earlier].find((one) => one.chainId === chainId)
    const root = chain?.block(block.header.height - 1n)?.state.logRoot
    if (root === undefined) throw new Error('the block before a signed one is always kept')
    return {
      cose: toHex(signCoseReceipt(claims, log, root, node.receiptSigner)),
      leaf: toHex(statement.bytes),
      key: publicKeyToPem(node.receiptSigner.publicKey),
      batch: encodeBatchPath(record),
    }
  },
}

/** `{record}`: the canonical text of the exported record, secret included. */
export const exportRecord: Operation<RecordArgs, Json> = {
  name: 'export',
  async run(node, { id }) {
    const version = await findVersion(node, id)
    const record = exportedRecordOf(node, version)
    if (record === undefined) throw erased()
    return { record: encodeExportFile(record) }
  },
}

/** `{bytes}`: base64 of what the source sent, byte for byte. */
export const exportSource: Operation<RecordArgs, Json> = {
  name: 'export-source',
  async run(node, { id }) {
    const { deliveryId } = await findVersion(node, id)
    const bytes = deliveryId === null ? undefined : await node.vault.inbox.original(deliveryId)
    if (bytes === undefined) throw erased()
    return { bytes: Buffer.from(bytes).toString('base64') }
  },
}

/** `{trust, fingerprint, words}`. */
export const trust: Operation<Record<string, never>, Json> = {
  name: 'trust',
  async run(node) {
    const fingerprint = trustFingerprint(node.suite, node.trust)
    return {
      trust: encodeTrust(node.suite, node.trust),
      fingerprint: toHex(fingerprint),
      words: fingerprintWords(fingerprint),
    }
  },
}

/** The version as it is given out; undefined once erased. */
export function exportedRecordOf(node: Node, version: RecordVersion): ExportedRecord | undefined {
  const { opened, handle, previous, standardsSetHash, commitment } = version
  if (opened === null) return undefined
  const header = {
    suite: 'ed25519-sha256',
    organisation: node.configuration.organisation.id,
    handle,
    version: version.version,
    previous,
    kind: version.type,
    standardsSetHash,
  } as const
  const { content, secret } = opened
  // The commitment names the chain it was made for: after a handover, one of the earlier ones.
  const made = [node, ...node.earlier].map(({ genesisHash }) => ({
    header: { ...header, genesisHash },
    content,
    secret,
    commitment,
  }))
  return made.find((record) => checkExportedRecord(node.suite, record) === undefined) ?? made[0]
}

/** The receipt of a version whose batch is in a block. @throws OperationRefused while it is not. */
export async function receiptFor(node: Node, version: RecordVersion): Promise<Receipt> {
  const membership = await node.vault.outbox.batchOf(version.type, version.id, version.version)
  const final = membership?.batch.final
  if (membership === undefined || final == null) throw notFinal()
  const evidence = await evidenceFor(node, final.statementId)
  if (isRefusal(evidence)) throw notFinal()
  const { leafIndex: index, path } = membership
  return { ...evidence, record: { commitment: version.commitment, index, path } }
}

/** From this chain, or from the one that has the statement. */
async function evidenceFor(node: Node, statementId: Uint8Array): Promise<Receipt | Refusal> {
  const old = node.earlier.find((chain) => chain.locate(statementId) !== undefined)
  return old === undefined
    ? node.ledger.receipt(statementId)
    : receiptEvidence({ engine: old, suite: node.suite }, { statementId })
}

function notFinal(): OperationRefused {
  return new OperationRefused('receipt-not-final', {
    zh: '该记录已封存，但还没有写入区块；请稍后再取回执。',
    en: 'The record is sealed but in no block yet; ask for its receipt in a moment.',
  })
}

function keyEnded(): OperationRefused {
  return new OperationRefused('receipt-key-ended', {
    zh: '当前回执密钥已在账本上吊销，不能再签发 COSE 回执。请运行 meridian keys rotate --purpose receipt。',
    en: 'The receipt key was revoked on the ledger and signs no more COSE receipts. Run meridian keys rotate --purpose receipt.',
  })
}

function erased(): OperationRefused {
  return new OperationRefused('record-erased', {
    zh: '该记录的内容已依法删除，只留下删除标记。',
    en: 'The content of this record was erased; only a tombstone remains.',
  })
}
