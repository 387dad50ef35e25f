/**
 * The score that an organisation publishes: numerators and denominators with small cells left out, the rule set by its hash, and the
 * batches it stands on. Its SHA-256 is attested on the ledger; no record is in it.
 */
import {
  canonicalTextOf,
  isRefusal,
  plainCopy,
  readCanonicalText,
  type Suite,
  toHex,
  utf8,
} from '@meridian/protocol'
import { type CheckType, checkTypeFacts, type QualityRules } from '@meridian/standards/quality'
import type { CoveredBatch, QualityRun, QualitySum } from '@meridian/vault'

/** One check in a score. Null: under five, or the rest is, or the whole. */
export interface ScoredCheck {
  readonly check: string
  readonly category: string
  readonly failed: number | null
  readonly counted: number | null
}

/** The document. Hashes and ids are hex; days are inclusive. */
export interface QualityScore {
  readonly format: 'meridian-quality-score/1'
  readonly organisation: string
  readonly genesisHash: string
  readonly from: string
  readonly to: string
  readonly finishedTime: string
  readonly rules: { readonly id: string; readonly hash: string }
  readonly standardsSetHash: string
  readonly checks: readonly ScoredCheck[]
  readonly batches: readonly {
    readonly batchId: string
    readonly root: string
    readonly statementId: string
  }[]
}

/** Cells below this many are not shown (design: small cells). */
export const SMALL_CELL = 5

/** The score of a run. A check whose numerator, remainder or denominator is small is shown without counts. */
export function buildQualityScore(
  { rules, organisation, genesisHash }: QualityScorer,
  { run, sums }: { readonly run: QualityRun; readonly sums: readonly QualitySum[] },
  batches: readonly CoveredBatch[],
): QualityScore {
  const types = new Map(rules.checks.map(({ id, type }) => [id, type]))
  return {
    format: 'meridian-quality-score/1',
    organisation,
    genesisHash: toHex(genesisHash),
    from: run.scope.from ?? batches[0]?.day ?? '',
    to: run.scope.to ?? run.finishedTime.slice(0, 10),
    finishedTime: run.finishedTime,
    rules: { id: run.rulesId, hash: run.rulesHash },
    standardsSetHash: run.standardsSetHash,
    checks: sums.map((sum) => scoredCheck(sum, types.get(sum.check))),
    batches: batches.map(({ batchId, root, statementId }) => ({
      batchId: toHex(batchId),
      root: toHex(root),
      statementId: toHex(statementId),
    })),
  }
}

/** Who says a score, by which rules. */
export interface QualityScorer {
  readonly rules: QualityRules
  readonly organisation: string
  readonly genesisHash: Uint8Array
}

function scoredCheck({ check, failed, counted }: QualitySum, type: CheckType | undefined): ScoredCheck {
  const facts = type === undefined ? undefined : checkTypeFacts(type)
  const category = facts?.category ?? 'unknown'
  // One table or field of the organisation is no cell of persons.
  const isSmall = (n: number): boolean => facts?.unit !== 'organisation' && n > 0 && n < SMALL_CELL
  if (isSmall(counted)) return { check, category, failed: null, counted: null }
  const hidden = isSmall(failed) || isSmall(counted - failed)
  return { check, category, failed: hidden ? null : failed, counted }
}

/** The bytes that are published, and their hash. */
export function encodeQualityScore(suite: Pick<Suite, 'sha256'>, score: QualityScore) {
  const text = canonicalTextOf(score)
  const hash = suite.sha256(utf8(text))
  return { text, hash, claim: qualityClaim(hash) }
}

/** The code under which a score is attested: one organisation may publish several that end with the same batch. */
export function qualityClaim(hash: Uint8Array): string {
  return `quality-score.${toHex(hash).slice(0, 32)}`
}

const HASH = /^[0-9a-f]{64}$/
const limits = { maxBytes: 32_000_000, maxDepth: 8, maxMembers: 2_000_000 }

/** Reads a score from untrusted bytes; undefined when it is none. The hash is over its canonical text. */
export function decodeQualityScore(bytes: Uint8Array): QualityScore | undefined {
  const text = readCanonicalText(bytes, limits)
  if (isRefusal(text)) return undefined
  const value = plainCopy(text) as Partial<QualityScore> | null
  const { format, organisation, genesisHash, from, to, rules, batches, checks } = value ?? {}
  const texts = [organisation, genesisHash, from, to, rules?.id].every((one) => typeof one === 'string')
  if (format !== 'meridian-quality-score/1' || !texts || !HASH.test(String(rules?.hash))) return undefined
  const isBatch = (one: unknown): boolean =>
    typeof one === 'object' &&
    one !== null &&
    HASH.test(String((one as QualityScore['batches'][number]).root)) &&
    HASH.test(String((one as QualityScore['batches'][number]).statementId)) &&
    /^[0-9a-f]{32}$/.test(String((one as QualityScore['batches'][number]).batchId))
  if (!Array.isArray(batches) || !batches.every(isBatch) || !Array.isArray(checks)) return undefined
  return value as QualityScore
}
