/** The form of one entry of the findings catalogue. */
import type { Bilingual, Severity } from '../finding.ts'

/** `message` says what is wrong, `hint` how to mend it; `{name}` is filled with words of a standard or counts. */
export interface FindingTemplate {
  readonly severity: Severity
  readonly message: Bilingual
  readonly hint: Bilingual
}

/** Shorthand for an entry: Chinese and English message, Chinese and English hint. */
export function entry(
  severity: Severity,
  [zh, en]: readonly [string, string],
  [hintZh, hintEn]: readonly [string, string],
): FindingTemplate {
  return { severity, message: { zh, en }, hint: { zh: hintZh, en: hintEn } }
}
