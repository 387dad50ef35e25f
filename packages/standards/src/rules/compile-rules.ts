/** Makes rules ready to run over the records of a person: paths resolved, one small function for each form. */
import { compilePath, type ElementPath, type Found, readPath, type Types } from '../elements/element-path.ts'
import { matchesFormat, parseFormat } from '../elements/format-notation.ts'
import { isObject } from '../fhirpath/navigate.ts'
import type { Finding } from '../finding.ts'
import { findingOf, type Parameters } from '../findings-catalogue.ts'
import { convertDecimal } from '../units/convert.ts'
import { compareDecimals, readDecimal } from '../units/exact-decimal.ts'
import { ucumUnit } from '../units/unit-spellings.ts'
import { pathText } from '../walk.ts'
import { instantsInOrder } from './instants-in-order.ts'
import type { PlacedRecord } from './person-records.ts'
import type {
  DiagnosisProcedureRule,
  DuplicateRule,
  FormatRule,
  OrderRule,
  RangeRule,
  RequiredRule,
  Rule,
  SexRule,
} from './rule.ts'

/** A finding and the record it belongs to, by its place among those given. */
export interface RuleFinding {
  readonly index: number
  readonly finding: Finding
}

/** Runs over the records of one person. */
export type CompiledRule = (person: readonly PlacedRecord[]) => readonly RuleFinding[]

/** A value and the record it is in. */
interface Sited extends Found {
  readonly record: PlacedRecord
}

type PathOf = (text: string) => ElementPath

/** Compiles a rule set. Throws for a path that is none: rule sets are checked when they are read. */
export function compileRules(rules: readonly Rule[], types: Types): readonly CompiledRule[] {
  const paths = new Map<string, ElementPath>()
  const pathOf: PathOf = (text) => {
    const path = paths.get(text) ?? compilePath(text, types)
    if (path === undefined) throw new Error(`a rule has the path ${text}, which is none`)
    paths.set(text, path)
    return path
  }
  return rules.map((rule) => compileRule(rule, pathOf))
}

function compileRule(rule: Rule, pathOf: PathOf): CompiledRule {
  switch (rule.form) {
    case 'order':
      return orderRule(rule, pathOf)
    case 'sex':
      return sexRule(rule, pathOf)
    case 'diagnosis-procedure':
      return diagnosisProcedureRule(rule, pathOf)
    case 'duplicate':
      return duplicateRule(rule, pathOf)
    case 'required':
      return requiredRule(rule, pathOf)
    case 'format':
      return formatRule(rule, pathOf)
    case 'range':
      return rangeRule(rule, pathOf)
  }
}

const codeOf = {
  order: 'rule.order',
  sex: 'rule.sex',
  'diagnosis-procedure': 'rule.diagnosis-procedure',
  duplicate: 'rule.duplicate',
  required: 'rule.required',
  format: 'rule.format',
  range: 'rule.range',
} as const satisfies Readonly<Record<Rule['form'], string>>

function at(rule: Rule, { record, at: members }: Sited, parameters: Parameters = {}): RuleFinding {
  const place = pathText([String(record.resource.resourceType), ...members])
  return found(rule, record, place, parameters)
}

function found(rule: Rule, record: PlacedRecord, place: string, parameters: Parameters = {}): RuleFinding {
  const path = record.prefix === '' ? place : `${record.prefix}${place.replace(/^[A-Za-z]+/, '')}`
  const finding = findingOf(codeOf[rule.form], path, { what: rule.says, ...parameters })
  const { element = { id: rule.id, standard: 'meridian.rules' } } = rule
  return { index: record.index, finding: { ...finding, severity: rule.severity, element } }
}

function sited(path: ElementPath, records: readonly PlacedRecord[]): Sited[] {
  return records.flatMap((record) =>
    record.resource.resourceType === path.resourceType
      ? readPath(path, record.resource).map((value) => ({ ...value, record }))
      : [],
  )
}

function orderRule(rule: OrderRule, pathOf: PathOf): CompiledRule {
  const [first, then] = [pathOf(rule.first), pathOf(rule.then)]
  const check = (records: readonly PlacedRecord[]): RuleFinding[] => {
    const earlier = sited(first, records)
    if (earlier.length === 0) return []
    const later = sited(then, records)
    const wrong = (a: Sited, b: Sited) => !instantsInOrder(String(a.value), String(b.value))
    // Said at the side that there is more of: each of several visits before birth, not birth several times.
    return earlier.length > later.length
      ? earlier.filter((a) => later.some((b) => wrong(a, b))).map((a) => at(rule, a))
      : later.filter((b) => earlier.some((a) => wrong(a, b))).map((b) => at(rule, b))
  }
  if (rule.within === 'person') return check
  return (person) => person.flatMap((record) => check([record]))
}

const hasPrefix = (code: unknown, prefixes: readonly string[]): boolean =>
  typeof code === 'string' && prefixes.some((prefix) => code.startsWith(prefix))

function sexRule(rule: SexRule, pathOf: PathOf): CompiledRule {
  const codes = pathOf(rule.codes)
  const other = rule.gender === 'male' ? 'female' : 'male'
  return (person) => {
    // Unknown and other say nothing: a person may be registered so and have the disease.
    const isOther = person.some(({ resource: r }) => r.resourceType === 'Patient' && r.gender === other)
    if (!isOther) return []
    return sited(codes, person).flatMap((site) =>
      hasPrefix(site.value, rule.prefixes) ? [at(rule, site)] : [],
    )
  }
}

function diagnosisProcedureRule(rule: DiagnosisProcedureRule, pathOf: PathOf): CompiledRule {
  const [procedures, codes] = [pathOf(rule.procedures), pathOf(rule.codes)]
  return (person) => {
    const done = sited(procedures, person).filter(({ value }) => hasPrefix(value, rule.procedurePrefixes))
    if (done.length === 0) return []
    const diagnoses = sited(codes, person)
    const explained = diagnoses.some(({ value }) => hasPrefix(value, rule.codePrefixes))
    return explained || diagnoses.length === 0 ? [] : done.map((site) => at(rule, site))
  }
}

function duplicateRule(rule: DuplicateRule, pathOf: PathOf): CompiledRule {
  const paths = rule.key.map(pathOf)
  const keyOf = ({ resource }: PlacedRecord): string | undefined => {
    const parts = paths.map((path) => readPath(path, resource).map(({ value }) => value))
    return parts.some((values) => values.length === 0) ? undefined : JSON.stringify(parts)
  }
  return (person) => {
    const seen = new Set<string>()
    return person.flatMap((record) => {
      if (record.resource.resourceType !== paths[0]?.resourceType) return []
      const key = keyOf(record)
      if (key === undefined) return []
      if (seen.has(key)) return [found(rule, record, String(record.resource.resourceType))]
      seen.add(key)
      return []
    })
  }
}

function requiredRule(rule: RequiredRule, pathOf: PathOf): CompiledRule {
  const path = pathOf(rule.path)
  const isOwn = path.resourceType === rule.of
  return (person) => {
    const asked = person.filter(({ resource }) => resource.resourceType === rule.of)
    if (!isOwn) {
      const [first] = asked
      return first === undefined || sited(path, person).length > 0 ? [] : [found(rule, first, rule.of)]
    }
    return asked
      .filter(({ resource }) => readPath(path, resource).length === 0)
      .map((record) => found(rule, record, rule.path.includes('(') ? rule.of : rule.path))
  }
}

function formatRule(rule: FormatRule, pathOf: PathOf): CompiledRule {
  const path = pathOf(rule.path)
  const format = parseFormat(rule.format)
  if (format === undefined) throw new Error(`a rule has the format ${rule.format}, which is none`)
  return (person) =>
    sited(path, person)
      .filter(({ value }) => !matchesFormat(format, String(value)))
      .map((site) => at(rule, site, { format: rule.format }))
}

function rangeRule(rule: RangeRule, pathOf: PathOf): CompiledRule {
  const path = pathOf(rule.path)
  const { unit, low, high } = rule
  return (person) =>
    sited(path, person)
      .filter(({ value }) => !isWithin(value, rule))
      .map((site) => at(rule, site, { unit, low, high }))
}

function isWithin(quantity: unknown, { unit, low, high }: RangeRule): boolean {
  if (!isObject(quantity) || typeof quantity.value !== 'number') return false
  const written = quantity.code ?? quantity.unit
  const from = typeof written === 'string' ? ucumUnit(written) : undefined
  const text = from === undefined ? undefined : convertDecimal(String(quantity.value), from, unit)
  const [value, least, most] = [text ?? '', low, high].map(readDecimal)
  if (value === undefined || least === undefined || most === undefined) return false
  return compareDecimals(value, least) >= 0 && compareDecimals(value, most) <= 0
}
