/**
 * The exported record: its canonical text with the secret and the header of its commitment, everything that a receipt must
 * not hold (spec 5 §4). Who has this file can check the record against a receipt, and read it.
 */
import { equalBytes, fromUtf8 } from './bytes.ts'
import { type CanonicalText, readCanonicalText } from './canonical-text.ts'
import { buildCommitment, type CommitmentHeader } from './commitment.ts'
import {
  countForm,
  encodeDocument,
  type Form,
  formatForm,
  hashForm,
  hexForm,
  isMisfit,
  literalForm,
  mappedForm,
  nullableForm,
  objectForm,
  patternForm,
} from './document-form.ts'
import { plainCopy } from './plain-copy.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import { ORGANISATION } from './statements/patterns.ts'
import type { Suite } from './suite.ts'
import { valueAt } from './text-edit.ts'
import { DEFAULT_TEXT_LIMITS } from './text-limits.ts'

/** One record version as its institution gives it out. */
export interface ExportedRecord {
  readonly header: CommitmentHeader
  /** The sealed content: `{"provenance":…,"resource":…}`. */
  readonly content: CanonicalText
  /** 32 bytes. */
  readonly secret: Uint8Array
  /** 32 bytes. */
  readonly commitment: Uint8Array
}

/** A content of the greatest depth and length still fits into its file. */
const LIMITS = {
  maxBytes: DEFAULT_TEXT_LIMITS.maxBytes + 64 * 1024,
  maxDepth: DEFAULT_TEXT_LIMITS.maxDepth + 1,
  maxMembers: DEFAULT_TEXT_LIMITS.maxMembers + 64,
}

/** What leaf 0 of a commitment says, in JSON. */
export const commitmentHeaderForm: Form<CommitmentHeader> = mappedForm(
  objectForm<CommitmentHeader>({
    suite: literalForm('ed25519-sha256'),
    genesisHash: hashForm,
    organisation: patternForm(ORGANISATION),
    handle: hexForm(16),
    version: countForm,
    previous: nullableForm(hashForm),
    kind: patternForm(/^[A-Za-z]{1,64}$/),
    standardsSetHash: hashForm,
  }),
  (header) =>
    header.version >= 1 && (header.version === 1) === (header.previous === null) ? header : undefined,
  (header) => header,
)

interface Shell {
  readonly commitment: Uint8Array
  readonly content: null
  readonly header: CommitmentHeader
  readonly secret: Uint8Array
}

const nothingForm: Form<null> = { encode: () => null, decode: () => null }

/** Everything but the content, in whose place stands `null`. */
const shellForm: Form<Shell> = formatForm<Shell>('meridian-record/1', {
  commitment: hashForm,
  content: nothingForm,
  header: commitmentHeaderForm,
  secret: hashForm,
})

/** The canonical text of an exported record; the content stands in it byte for byte. */
export function encodeExportFile(record: ExportedRecord): string {
  const { header, secret, commitment } = record
  const shell = encodeDocument(shellForm, { commitment, content: null, header, secret })
  // Before `content` stands only `commitment`, which is hex: the first match is the member itself.
  return shell.replace('"content":null', () => `"content":${record.content}`)
}

/**
 * Reads an exported record; whether it gives its commitment is for {@link checkExportedRecord}. Refusals: `text.*`,
 * `record.malformed`, `record.not-canonical`.
 */
export function decodeExportFile(bytes: Uint8Array): ExportedRecord | Refusal {
  const text = readCanonicalText(bytes, LIMITS)
  if (isRefusal(text)) return text
  if (text !== fromUtf8(bytes)) return refuse('protocol', 'record.not-canonical')
  const shell = shellForm.decode(plainCopy(text), '')
  if (isMisfit(shell)) return refuse('protocol', 'record.malformed', { place: shell.misfit })
  const content = valueAt(text, '/content')
  if (content === undefined || !content.startsWith('{'))
    return refuse('protocol', 'record.malformed', { place: '/content' })
  const record: ExportedRecord = { ...shell, content: content as CanonicalText }
  if (encodeExportFile(record) !== text) return refuse('protocol', 'record.not-canonical')
  return record
}

/** `record.altered` unless header, content and secret give the commitment that the file names. */
export function checkExportedRecord(suite: Suite, record: ExportedRecord): Refusal | undefined {
  const { header, content, secret, commitment } = record
  if (equalBytes(buildCommitment(suite, header, content, secret).root, commitment)) return undefined
  return refuse('protocol', 'record.altered')
}
