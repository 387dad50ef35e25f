/**
 * Checks a receipt offline, rung by rung, up to a trust anchor (spec 5 §7). The same code runs on the command line and in
 * a page; it opens no file and asks no server.
 */
import { equalBytes, toHex } from './bytes.ts'
import { countCommit } from './comet/light-block.ts'
import type { CountedCommit } from './comet/verify-commit.ts'
import { isRefusal, type Refusal, refusalText } from './refusal.ts'
import { decodeStatement, type Statement } from './statement.ts'
import type { Suite } from './suite.ts'
import type { TrustAnchor } from './trust.ts'
import { organisationsOfKeys } from './validator-keys.ts'
import type { Bilingual, ProvedEvidence, Rung, RungName, Verification } from './verification.ts'
import { type OpenedFiles, openFiles, type ReceiptFiles } from './verify-files.ts'
import {
  anchorFor,
  type Outcome,
  proveBatch,
  proveCommit,
  proveHeader,
  proveLog,
  proveRecord,
  proveState,
  proveStatement,
  proveTrust,
  proveValidators,
} from './verify-ladder.ts'

type Step = readonly [name: RungName, climb: () => Outcome]

/**
 * Verifies the files. Never throws, whatever the bytes. What is proved holds as far as the trust file is right: compare
 * its fingerprint with the members.
 */
export function verifyReceipt(suite: Suite, files: ReceiptFiles): Verification {
  const opened = openFiles(suite, files)
  if (isRefusal(opened)) return refused([failed('files', opened)])
  const statement = decodeStatement(suite, opened.receipt.statement.bytes)
  if (isRefusal(statement)) return refused([wholeFiles(files), failed('statement', statement)])
  const anchor = anchorFor(opened.trust, opened.receipt)
  // Counting costs most of the time, so it waits for the rungs before it.
  let counted: CountedCommit | Refusal | undefined
  const count = (): CountedCommit | Refusal => (counted ??= countCommit(suite, opened.receipt.block))
  const rungs: Rung[] = [wholeFiles(files)]
  for (const [name, climb] of stepsOf(suite, opened, statement, { anchor, count })) {
    const outcome = climb()
    if (isRefusal(outcome)) return refused([...rungs, failed(name, outcome)])
    rungs.push({ name, ok: true, proved: outcome })
  }
  const votes = count()
  if (anchor === undefined || isRefusal(votes)) throw new Error('a rung passed without its ground')
  return verified(suite, rungs, { opened, statement, anchor, signers: votes.signers })
}

interface Ground {
  readonly anchor: TrustAnchor | undefined
  readonly count: () => CountedCommit | Refusal
}

function stepsOf(suite: Suite, opened: OpenedFiles, statement: Statement, ground: Ground): readonly Step[] {
  const { receipt, record, shown } = opened
  const steps: Step[] = [['statement', () => proveStatement(suite, receipt, statement)]]
  if (record !== undefined || shown !== undefined)
    steps.push(['record', () => proveRecord(suite, opened, statement)])
  if (receipt.record !== null) steps.push(['batch', () => proveBatch(suite, receipt, statement)])
  steps.push(
    ['log', () => proveLog(suite, receipt)],
    ['state', () => proveState(suite, receipt)],
    ['header', () => proveHeader(suite, receipt)],
    ['validators', () => proveValidators(suite, receipt)],
    ['commit', () => proveCommit(ground.count())],
    ['trust', () => proveTrust(suite, ground.anchor, { receipt, statement, counted: ground.count() })],
  )
  return steps
}

function wholeFiles(files: ReceiptFiles): Rung {
  const count = [files.receipt, files.trust, files.record, files.elements].filter(Boolean).length
  return {
    name: 'files',
    ok: true,
    proved: {
      zh: `${count} 个文件均为规范形式，解码后重新编码逐字节一致。`,
      en: `The ${count} files are in canonical form: decoded and encoded again they are byte for byte the same.`,
    },
  }
}

function failed(name: RungName, refusal: Refusal): Rung {
  return { name, ok: false, proved: refusalText(refusal), refusal }
}

const NOT_VERIFIED: Bilingual = Object.freeze({ zh: '未通过验证。', en: 'Not verified.' })

function refused(rungs: readonly Rung[]): Verification {
  return { verified: false, rungs, witnesses: 0, organisations: [], summary: NOT_VERIFIED }
}

interface Success {
  readonly opened: OpenedFiles
  readonly statement: Statement
  readonly anchor: TrustAnchor
  readonly signers: readonly number[]
}

function verified(suite: Suite, rungs: readonly Rung[], success: Success): Verification {
  const organisations = witnessesOf(suite, success)
  return {
    verified: true,
    rungs,
    witnesses: organisations.length,
    organisations,
    summary: summaryOf(organisations),
    evidence: evidenceOf(success),
  }
}

/** The organisations whose validators signed, as the trust file names them or, for later ones, as the ledger's state proves. */
function witnessesOf(suite: Suite, { opened, anchor, signers }: Success): readonly string[] {
  const { validators } = opened.receipt.block
  const proved = organisationsOfKeys(suite, opened.receipt)
  const names = signers.flatMap((index) => {
    const key = validators[index]?.publicKey as Uint8Array
    const known = anchor.validators.find(({ publicKey }) => equalBytes(publicKey, key))
    const name = known?.organisation ?? (isRefusal(proved) ? undefined : proved.get(toHex(key)))
    return name === undefined ? [] : [name]
  })
  return [...new Set(names)].sort()
}

function summaryOf(organisations: readonly string[]): Bilingual {
  const names = organisations.join(', ')
  const count = organisations.length
  if (count < 2)
    return {
      zh: `已验证。见证机构 ${count} 个（${names}）：仅为运营方自己的说法。`,
      en: `Verified. Witnessed by ${count} organisation (${names}): the operator's own word.`,
    }
  return {
    zh: `已验证。由 ${count} 个机构见证：${names}。`,
    en: `Verified. Witnessed by ${count} organisations: ${names}.`,
  }
}

function evidenceOf({ opened, statement, anchor }: Success): ProvedEvidence {
  const { header } = opened.receipt.block
  return {
    chainId: header.chainId,
    issuer: statement.issuer,
    statementId: statement.id,
    statementKind: statement.kind,
    header: { height: header.height, time: header.time },
    anchor,
    shown: opened.shown?.elements.map(({ path, value }) => ({ path, value })) ?? [],
  }
}
