/** The kind `contract-template`: a rule set with typed parameters (S55, S56), filled in without code. */
import type { ArtefactReader } from '../artefacts/artefact-reader.ts'
import { readArtefactJson } from '../artefacts/read-manifest.ts'
import { isObject } from '../fhirpath/navigate.ts'
import type { Bilingual, Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { compareDecimals, readDecimal } from '../units/exact-decimal.ts'
import { rulesOf } from './read-rules.ts'
import type { Rule } from './rule.ts'

/** One parameter with its type, its bounds or choices, and what it is when nobody says. */
export interface TemplateParameter {
  readonly name: string
  readonly titles: Bilingual
  readonly type: 'integer' | 'decimal' | 'choice'
  readonly default: string | number
  readonly low?: string | number
  readonly high?: string | number
  readonly choices?: readonly string[]
}

/** A template: `{name}` in a text of the body stands for a parameter. */
export interface Template {
  readonly parameters: readonly TemplateParameter[]
  readonly body: unknown
}

const FILE = 'template.json'

/** Answers parameters with the rule set they make, or the codes of the findings. */
export const templateReader: ArtefactReader<Template> = {
  kind: 'contract-template',
  file: FILE,
  read(files) {
    const read = readArtefactJson(FILE, files.get(FILE) ?? new Uint8Array())
    if ('findings' in read) return read.findings
    const { parameters, body } = (isObject(read.json) ? read.json : {}) as Partial<Template>
    if (Array.isArray(parameters) && parameters.every(isParameter) && isObject(body))
      return { parameters, body } as Template
    const form = { zh: '应有 parameters 和 body', en: 'it has parameters and a body' }
    return [findingOf('artefact.content', FILE, { element: FILE, form })]
  },
  answer(template, input) {
    const made = instantiate(template, isObject(input) ? (input as Record<string, string>) : {})
    return Array.isArray(made) ? { findings: made.map(({ code }) => code) } : made
  },
}

function isParameter(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value.name === 'string' &&
    ['integer', 'decimal', 'choice'].includes(String(value.type))
  )
}

/** The rule set with the given values in their places, or a finding for each value that is not allowed. */
export function instantiate(
  { parameters, body }: Template,
  given: Readonly<Record<string, string | number>>,
): { readonly rules: readonly Rule[] } | Finding[] {
  const names = new Set(parameters.map(({ name }) => name))
  const unknown = Object.keys(given)
    .filter((name) => !names.has(name))
    .map((name) =>
      findingOf('template.parameter-unknown', '', { allowed: [...names].join(', '), length: name.length }),
    )
  const wrong = parameters
    .filter((parameter) => !isAllowed(parameter, given[parameter.name] ?? parameter.default))
    .map((parameter) => findingOf('template.parameter-value', parameter.name, wordsOf(parameter)))
  if (unknown.length + wrong.length > 0) return [...unknown, ...wrong]
  const values = new Map(
    parameters.map(({ name, default: otherwise }) => [name, String(given[name] ?? otherwise)]),
  )
  const filled = fill(body, values)
  const rules = rulesOf(filled)
  return rules.every((rule) => 'form' in rule) ? { rules: rules as readonly Rule[] } : (rules as Finding[])
}

function wordsOf({ titles, low, high, choices }: TemplateParameter) {
  const allowed = choices?.join(', ') ?? `${low ?? '…'} – ${high ?? '…'}`
  return { what: titles, allowed }
}

function isAllowed({ type, low, high, choices }: TemplateParameter, value: string | number): boolean {
  if (type === 'choice') return choices?.includes(String(value)) === true
  const number = readDecimal(String(value))
  if (number === undefined || (type === 'integer' && !/^-?\d+$/.test(String(value)))) return false
  const [least, most] = [readDecimal(String(low ?? value)), readDecimal(String(high ?? value))]
  if (least === undefined || most === undefined) return false
  return compareDecimals(number, least) >= 0 && compareDecimals(number, most) <= 0
}

function fill(part: unknown, values: ReadonlyMap<string, string>): unknown {
  if (typeof part === 'string')
    return part.replace(/\{(\w+)\}/g, (all, name: string) => values.get(name) ?? all)
  if (Array.isArray(part)) return part.map((item) => fill(item, values))
  if (!isObject(part)) return part
  return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, fill(item, values)]))
}
