/** The rungs between the opened files and the trust anchor, each with what it proves (spec 5 §7). */
import { appHash } from './app-hash.ts'
import { checkBatchPlace } from './batch-path-file.ts'
import { equalBytes } from './bytes.ts'
import { checkHeader, checkValidators } from './comet/light-block.ts'
import { timeToText } from './comet/time.ts'
import type { CountedCommit } from './comet/verify-commit.ts'
import type { CommitmentHeader } from './commitment.ts'
import { checkShownElements } from './element-file.ts'
import { checkExportedRecord } from './export-file.ts'
import { leafHash, rootFromInclusionPath } from './log.ts'
import type { Receipt } from './receipt.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { Statement } from './statement.ts'
import type { Suite } from './suite.ts'
import type { Trust, TrustAnchor } from './trust.ts'
import { checkTrustPath } from './trust-path.ts'
import { organisationsOfKeys } from './validator-keys.ts'
import type { Bilingual } from './verification.ts'
import type { OpenedFiles } from './verify-files.ts'

/** What a rung answers. */
export type Outcome = Bilingual | Refusal

/** The key that the receipt carries is the one the statement names, and signed it. */
export function proveStatement(suite: Suite, receipt: Receipt, statement: Statement): Outcome {
  const { publicKey } = receipt.statement
  if (!equalBytes(suite.sha256(publicKey), statement.keyId))
    return refuse('protocol', 'receipt.bad-statement')
  if (!suite.verifyStatementSignature(publicKey, statement.sigStructure, statement.signature))
    return refuse('protocol', 'statement.bad-signature')
  return {
    zh: `机构 ${statement.issuer} 以其密钥签发了此声明（${statement.kind}）。`,
    en: `Organisation ${statement.issuer} signed this statement (${statement.kind}) with its key.`,
  }
}

/** The record, or the shown elements, give the commitment of the receipt, and name the organisation that anchored it. */
export function proveRecord(suite: Suite, files: OpenedFiles, statement: Statement): Outcome {
  const { record, shown, receipt, trust } = files
  if (receipt.record === null) return refuse('protocol', 'receipt.not-for-record', { kind: statement.kind })
  for (const file of [record, shown]) {
    if (file === undefined) continue
    const refusal =
      checkOwner(file.header, statement, trust) ??
      (equalBytes(file.commitment, receipt.record.commitment)
        ? undefined
        : refuse('protocol', 'receipt.record-differs'))
    if (refusal !== undefined) return refusal
  }
  const altered =
    (record && checkExportedRecord(suite, record)) ?? (shown && checkShownElements(suite, shown))
  if (altered !== undefined) return altered
  return record === undefined
    ? {
        zh: `所展示的 ${shown?.elements.length ?? 0} 个元素属于该承诺值所对应的记录。`,
        en: `The ${shown?.elements.length ?? 0} elements shown belong to the record of this commitment.`,
      }
    : {
        zh: `记录（${record.header.kind}，第 ${record.header.version} 版）与回执中的承诺值一致。`,
        en: `The record (${record.header.kind}, version ${record.header.version}) is the one of this commitment.`,
      }
}

/**
 * A commitment belongs visibly to its maker: copied into another's batch it does not verify. What was sealed before a
 * handover may be anchored after it, never the other way round.
 */
function checkOwner(header: CommitmentHeader, statement: Statement, trust: Trust): Refusal | undefined {
  if (header.organisation !== statement.issuer) return refuse('protocol', 'record.other-organisation')
  const isOfThem = chainsUpTo(trust, statement.genesisHash).some((hash) =>
    equalBytes(header.genesisHash, hash),
  )
  return isOfThem ? undefined : refuse('protocol', 'receipt.wrong-chain')
}

/** The genesis hash of a chain, and of those it was handed over from, which stand after it in the trust file. */
function chainsUpTo({ anchors }: Trust, genesisHash: Uint8Array): readonly Uint8Array[] {
  const place = anchors.findIndex((anchor) => equalBytes(anchor.genesisHash, genesisHash))
  const earlier = place < 0 ? [] : anchors.slice(place + 1)
  return [genesisHash, ...earlier.map((anchor) => anchor.genesisHash)]
}

/** The commitment is in the batch whose root the statement states. */
export function proveBatch(suite: Suite, receipt: Receipt, statement: Statement): Outcome {
  if (receipt.record === null) return refuse('protocol', 'receipt.not-for-record', { kind: statement.kind })
  return (
    checkBatchPlace(suite, receipt.record, statement) ?? {
      zh: '承诺值在该声明所存证的批次之中。',
      en: 'The commitment is in the batch that the statement anchors.',
    }
  )
}

/** The root of the evidence log that the statement's path leads to. */
function logRootOf(suite: Suite, receipt: Receipt): Uint8Array | undefined {
  const { statement, log } = receipt
  return rootFromInclusionPath(suite, leafHash(suite, statement.bytes), log, log.path)
}

/** The statement has a place in a log of this size; the root it leads to is checked by the next rung. */
export function proveLog(suite: Suite, receipt: Receipt): Outcome {
  if (logRootOf(suite, receipt) === undefined) return refuse('protocol', 'receipt.not-in-log')
  const { index, size } = receipt.log
  return {
    zh: `声明是证据日志 ${size} 条中的第 ${index + 1} 条。`,
    en: `The statement is entry ${index + 1} of the ${size} of the evidence log.`,
  }
}

/** Log and sub-roots give the app hash of the header. */
export function proveState(suite: Suite, receipt: Receipt): Outcome {
  const logRoot = logRootOf(suite, receipt)
  if (logRoot === undefined) return refuse('protocol', 'receipt.not-in-log')
  const { header } = receipt.block
  const state = appHash(suite, { subRoots: receipt.subRoots, logSize: receipt.log.size, logRoot })
  if (!equalBytes(state, header.appHash)) return refuse('protocol', 'receipt.wrong-app-hash')
  return {
    zh: `该日志属于高度 ${header.height - 1n} 的账本状态，其哈希在下一个区块头中。`,
    en: `That log is part of the ledger state of height ${header.height - 1n}, whose hash is in the next header.`,
  }
}

/** The header is the one that was voted on. */
export function proveHeader(suite: Suite, receipt: Receipt): Outcome {
  const { header } = receipt.block
  return (
    checkHeader(suite, receipt.block) ?? {
      zh: `高度 ${header.height} 的区块头（${timeToText(header.time)}）就是被表决的区块头。`,
      en: `The header of height ${header.height} (${timeToText(header.time)}) is the one that was voted on.`,
    }
  )
}

/** The validators are those of the header, and the members behind the later ones are proved. */
export function proveValidators(suite: Suite, receipt: Receipt): Outcome {
  const count = receipt.block.validators.length
  const refusal = checkValidators(suite, receipt.block)
  const named = refusal ?? organisationsOfKeys(suite, receipt)
  if (isRefusal(named)) return named
  return {
    zh: `区块头所指的验证者集合（${count} 个）与回执一致。`,
    en: `The header names exactly these validators (${count}).`,
  }
}

/** More than two thirds signed; every signature that is present is right. */
export function proveCommit(counted: CountedCommit | Refusal): Outcome {
  if (isRefusal(counted)) return counted
  const { signers, signedPower, totalPower } = counted
  return {
    zh: `${signers.length} 个验证者签署，代表 ${totalPower} 票中的 ${signedPower} 票，超过三分之二。`,
    en: `${signers.length} validators signed, with ${signedPower} of ${totalPower} votes: more than two thirds.`,
  }
}

/** The anchor of the receipt's chain in the trust file. */
export function anchorFor(trust: Trust, receipt: Receipt): TrustAnchor | undefined {
  return trust.anchors.find(({ chainId }) => chainId === receipt.block.header.chainId)
}

/** The trust anchor leads to these validators, and the statement was made for its chain. */
export function proveTrust(
  suite: Suite,
  anchor: TrustAnchor | undefined,
  opened: {
    readonly receipt: Receipt
    readonly statement: Statement
    readonly counted: CountedCommit | Refusal
  },
): Outcome {
  const { receipt, statement, counted } = opened
  if (anchor === undefined || !equalBytes(anchor.genesisHash, statement.genesisHash))
    return refuse('protocol', 'receipt.wrong-chain')
  if (isRefusal(counted)) return counted
  const last = { block: receipt.block, signers: counted.signers }
  const refusal = checkTrustPath(suite, anchor, receipt.via, last)
  if (refusal !== undefined) return refusal
  const since = `${anchor.height} (${timeToText(anchor.time)})`
  return {
    zh: `信任文件认定这些验证者：链 ${anchor.chainId}，锚定高度 ${since}。`,
    en: `The trust file stands for these validators: chain ${anchor.chainId}, anchored at height ${since}.`,
  }
}
