/** Judges the bytes of a FHIR JSON or NDJSON file: malformed text is a finding like any other, never a throw. */
import { type CanonicalText, isRefusal, plainCopy, type Refusal, readCanonicalText } from '@meridian/protocol'
import type { Finding } from './finding.ts'
import { findingOf } from './findings-catalogue.ts'
import type { RuleCheck } from './rules/rule-check.ts'
import type { CheckOptions, ProfileName, Validator } from './validator.ts'

/** Bounds of one file, so that it costs bounded memory and time. */
export const fileLimits = Object.freeze({
  bytes: 256 * 1024 * 1024,
  resourceBytes: 32 * 1024 * 1024,
  lines: 100_000,
  findings: 1000,
})

/** How the text is to be read: one resource, or one on each line. */
export type TextForm = 'json' | 'ndjson'

/** What a file is judged by. */
export interface TextCheck {
  readonly form: TextForm
  readonly profile: ProfileName
  readonly today?: string
  /** Rules of one's own beside the profile. */
  readonly rules?: RuleCheck
}

/** Findings of a file; those of an NDJSON line carry its number in front of their path: `#3 Patient.gender`. */
export function checkText(validator: Validator, bytes: Uint8Array, check: TextCheck): Finding[] {
  if (bytes.length > fileLimits.bytes) return [tooLarge('bytes', fileLimits.bytes)]
  const read = check.form === 'json' ? [readOne(bytes)] : readLines(bytes)
  if (read.length === 0) return [findingOf('text.empty', '')]
  if (read.length > fileLimits.lines) return [tooLarge('lines', fileLimits.lines)]
  const place = (line: number, finding: Finding): Finding =>
    check.form === 'json' ? finding : { ...finding, path: `#${line} ${finding.path}`.trim() }
  const findings: Finding[] = []
  const records: { resource: unknown; text: CanonicalText; line: number }[] = []
  read.forEach((one, i) => {
    if ('finding' in one) findings.push(place(i + 1, one.finding))
    else if (one.text !== '') records.push({ resource: plainCopy(one.text), text: one.text, line: i + 1 })
  })
  const options: CheckOptions = check.today === undefined ? {} : { today: check.today }
  const byProfile = validator.checkRecords(records, check.profile, options)
  const byRules = check.rules?.(records.map(({ resource }) => resource)) ?? []
  records.forEach(({ line }, i) => {
    for (const finding of [...(byProfile[i] ?? []), ...(byRules[i] ?? [])])
      findings.push(place(line, finding))
  })
  return findings.length > fileLimits.findings
    ? [
        ...findings.slice(0, fileLimits.findings),
        findingOf('r4.more-findings', '', { limit: fileLimits.findings }),
      ]
    : findings
}

type Read = { readonly text: CanonicalText } | { readonly finding: Finding }

function readOne(source: Uint8Array | string): Read {
  const text = readCanonicalText(source, { maxBytes: fileLimits.resourceBytes })
  return isRefusal(text) ? { finding: findingOfRefusal(text) } : { text }
}

/** Each line by itself; empty lines count, so that numbers are those an editor shows, and hold nothing. */
function readLines(bytes: Uint8Array): Read[] {
  const text = decode(bytes)
  if (text === undefined) return [{ finding: findingOf('text.not-text', '') }]
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/, fileLimits.lines + 2)
  if (lines.every((line) => line.trim() === '')) return []
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => (line.trim() === '' ? { text: '' as CanonicalText } : readOne(line)))
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const limits = new Set(['text.too-large', 'text.too-deep', 'text.too-many-members'])

function findingOfRefusal({ code, detail }: Refusal): Finding {
  const rule = code.replace('text.', '')
  if (code === 'text.not-utf8') return findingOf('text.not-text', '')
  if (limits.has(code)) return tooLarge(rule, Number(detail.limit))
  return findingOf('text.malformed', '', { line: detail.line ?? 1, column: detail.column ?? 1, rule })
}

const tooLarge = (rule: string, limit: number): Finding => findingOf('text.over-limit', '', { rule, limit })
