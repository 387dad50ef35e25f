/**
 * Every finding of this package: its code, how grave it is, what it says and how to mend it, in Chinese and English.
 * `{name}` stands for a parameter, which is an element, type, rule or code of a standard, never a value of a record.
 */
import { artefactFindings } from './catalogue/artefact-findings.ts'
import { cnFindings } from './catalogue/cn-findings.ts'
import { conversionFindings } from './catalogue/conversion-findings.ts'
import { elementFindings } from './catalogue/element-findings.ts'
import { r4Findings } from './catalogue/r4-findings.ts'
import { textFindings } from './catalogue/text-findings.ts'
import { unitFindings } from './catalogue/unit-findings.ts'
import type { Bilingual, Finding, Severity } from './finding.ts'

const catalogue = {
  ...r4Findings,
  ...cnFindings,
  ...unitFindings,
  ...conversionFindings,
  ...artefactFindings,
  ...textFindings,
  ...elementFindings,
}

/** The codes, append-only: a code never changes its meaning. */
export type FindingCode = keyof typeof catalogue

/** Every code of the catalogue, for documentation and tests. */
export const findingCodes = Object.keys(catalogue) as readonly FindingCode[]

/** How grave each finding is, by code. */
export const severities: Readonly<Record<string, Severity>> = Object.fromEntries(
  Object.entries(catalogue).map(([code, { severity }]) => [code, severity]),
)

/** What a template may be filled with: words of a standard and counts. */
export type Parameters = Readonly<Record<string, string | number | Bilingual>>

/** Builds a finding from the catalogue. */
export function findingOf(code: FindingCode, path: string, parameters: Parameters = {}): Finding {
  const { severity, message, hint } = catalogue[code]
  return { code, path, severity, message: fill(message, parameters), hint: fill(hint, parameters) }
}

function fill(template: Bilingual, parameters: Parameters): Bilingual {
  return { zh: fillIn(template.zh, parameters, 'zh'), en: fillIn(template.en, parameters, 'en') }
}

function fillIn(template: string, parameters: Parameters, language: 'zh' | 'en'): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = parameters[name] ?? ''
    return typeof parameter === 'object' ? parameter[language] : String(parameter)
  })
}

/** The words of a code without a place to fill in, for a list of reasons; undefined when it is no finding of ours. */
export function findingWords(
  code: string,
): { readonly message: Bilingual; readonly hint: Bilingual } | undefined {
  if (!Object.hasOwn(catalogue, code)) return undefined
  const { message, hint } = catalogue[code as FindingCode]
  const open = (template: Bilingual) => ({ zh: ellipsis(template.zh), en: ellipsis(template.en) })
  return { message: open(message), hint: open(hint) }
}

function ellipsis(template: string): string {
  return template.replace(/\{\w+\}/g, '…')
}
