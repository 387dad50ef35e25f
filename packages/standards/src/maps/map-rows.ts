/** The form of a map inside a package: `map.json` says from where to where, `rows.ndjson` has one row a line. */
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { type Equivalence, equivalences, type MapRow } from './concept-map.ts'
import { readMapRule } from './map-rule.ts'

/** A row as it is written. `r` is the text of the rule, absent for `TRUE`; group and priority are absent where they are 1. */
export interface WrittenRow {
  readonly code: string
  readonly target: string | null
  readonly equivalence: Equivalence
  readonly group?: number
  readonly priority?: number
  readonly rule?: string
  readonly display?: string
  readonly advice?: string
}

/** Longest text of a code, a display and an advice. */
const lengths = { code: 64, display: 512, advice: 2000 }

/** The row, or undefined when it has not this form. `value` is plain JSON. */
export function readRow(value: unknown): MapRow | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const {
    code,
    target,
    equivalence,
    group = 1,
    priority = 1,
    rule = 'TRUE',
    display,
    advice,
  } = value as WrittenRow
  const read = typeof rule === 'string' ? readMapRule(rule) : undefined
  const isForm =
    isText(code, lengths.code) &&
    (target === null || isText(target, lengths.code)) &&
    equivalences.includes(equivalence) &&
    [group, priority].every((n) => Number.isSafeInteger(n) && n >= 1) &&
    (display === undefined || isText(display, lengths.display)) &&
    (advice === undefined || isText(advice, lengths.advice))
  if (!isForm || read === undefined) return undefined
  return {
    code,
    group,
    priority,
    rule: read,
    ruleText: rule,
    target,
    equivalence,
    ...(display === undefined ? {} : { display }),
    ...(advice === undefined ? {} : { advice }),
  }
}

function isText(value: unknown, most: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= most
}

/** One line of `rows.ndjson`, without its line end. */
export function writeRow({
  code,
  target,
  equivalence,
  group,
  priority,
  ruleText,
  display,
  advice,
}: MapRow): string {
  return JSON.stringify({
    code,
    target,
    equivalence,
    ...(group === 1 ? {} : { group }),
    ...(priority === 1 ? {} : { priority }),
    ...(ruleText === 'TRUE' ? {} : { rule: ruleText }),
    ...(display === undefined ? {} : { display }),
    ...(advice === undefined ? {} : { advice }),
  })
}

/** The rows of a file, or the first lines that are none. */
export function readRows(file: string, text: string): readonly MapRow[] | Finding[] {
  const rows: MapRow[] = []
  const findings: Finding[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line === '') continue
    const row = readRow(parsed(line))
    if (row !== undefined) rows.push(row)
    else if (findings.push(wrongLine(file, at + 1)) === mostFindings) break
  }
  return findings.length > 0 ? findings : rows
}

const mostFindings = 20

function wrongLine(file: string, line: number): Finding {
  const form = {
    zh: `第 ${line} 行应有 code、target、equivalence，规则须能解释`,
    en: `line ${line} has code, target and equivalence, and a rule that can be read`,
  }
  return findingOf('artefact.content', `${file}#${line}`, { element: file, form })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
