/** Reads the artefact kinds `rule-set` (`rules.json`) and `profile` (`profile.json`). */
import type { ArtefactReader } from '../artefacts/artefact-reader.ts'
import { readArtefactJson } from '../artefacts/read-manifest.ts'
import { compilePath } from '../elements/element-path.ts'
import { parseFormat } from '../elements/format-notation.ts'
import { fhirTypes } from '../elements/read-catalogue.ts'
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { readDecimal } from '../units/exact-decimal.ts'
import { compileRules } from './compile-rules.ts'
import { personsOf } from './person-records.ts'
import { pathMembers, type Rule } from './rule.ts'

const RULES = 'rules.json'
const PROFILE = 'profile.json'
const mostRules = 1000

/** Answers `{records}` with the ids of the rules that they break. */
export const ruleSetReader: ArtefactReader<readonly Rule[]> = {
  kind: 'rule-set',
  file: RULES,
  read(files) {
    const read = readArtefactJson(RULES, files.get(RULES) ?? new Uint8Array())
    return 'findings' in read ? read.findings : rulesOf(read.json)
  },
  answer(rules, input) {
    const { records } = (isObject(input) ? input : {}) as { records?: unknown }
    const placed = (Array.isArray(records) ? records : [])
      .filter(isObject)
      .map((resource, index) => ({ resource, index, prefix: '' }))
    const compiled = compileRules(rules, fhirTypes())
    const broken = compiled.map((rule) => personsOf(placed).some((person) => rule(person).length > 0))
    return rules.filter((_, i) => broken[i]).map(({ id }) => id)
  },
}

/** The rules of `{rules: […]}`, or a finding for each that cannot be understood. */
export function rulesOf(json: unknown): readonly Rule[] | Finding[] {
  const list = isObject(json) ? json.rules : undefined
  if (!Array.isArray(list) || list.length > mostRules) return [wrong(RULES)]
  const findings = list.flatMap((rule, i) => (isRule(rule) ? [] : [wrong(`${RULES}#/rules/${i}`)]))
  return findings.length > 0 ? findings : (list as Rule[])
}

function wrong(path: string): Finding {
  const form = {
    zh: '规则应有 id、form、severity、says，以及该形式要求的正确路径和值',
    en: 'a rule has id, form, severity, says, and the paths and values its form asks for',
  }
  return findingOf('artefact.content', path, { element: path, form })
}

function isRule(rule: unknown): boolean {
  if (!isObject(rule) || typeof rule.id !== 'string' || typeof rule.form !== 'string') return false
  if (!Object.hasOwn(pathMembers, rule.form)) return false
  if (!['error', 'warning', 'information'].includes(String(rule.severity))) return false
  const { says } = rule
  if (!isObject(says) || typeof says.zh !== 'string' || typeof says.en !== 'string') return false
  const paths = pathMembers[rule.form as Rule['form']].flatMap((member) => rule[member])
  return paths.length > 0 && paths.every(isPath) && hasValues(rule)
}

const isPath = (path: unknown): boolean =>
  typeof path === 'string' && compilePath(path, fhirTypes()) !== undefined

const areTexts = (list: unknown): boolean =>
  Array.isArray(list) && list.length > 0 && list.every((text) => typeof text === 'string' && text !== '')

function hasValues(rule: JsonObject): boolean {
  switch (rule.form) {
    case 'order':
      return rule.within === 'person' || rule.within === 'record'
    case 'sex':
      return (rule.gender === 'male' || rule.gender === 'female') && areTexts(rule.prefixes)
    case 'diagnosis-procedure':
      return areTexts(rule.procedurePrefixes) && areTexts(rule.codePrefixes)
    case 'required':
      return typeof rule.of === 'string'
    case 'format':
      return typeof rule.format === 'string' && parseFormat(rule.format) !== undefined
    case 'range':
      return [rule.low, rule.high].every((b) => typeof b === 'string' && readDecimal(b) !== undefined)
    default:
      return true
  }
}

/** A profile: what it builds on, and the data sets and rule sets it joins, by id. */
export interface ProfileDocument {
  readonly base: 'r4' | 'cn-national' | 'cn-national-strict'
  readonly dataSets: readonly string[]
  readonly ruleSets: readonly string[]
}

/** Answers with the profile itself. */
export const profileReader: ArtefactReader<ProfileDocument> = {
  kind: 'profile',
  file: PROFILE,
  read(files) {
    const read = readArtefactJson(PROFILE, files.get(PROFILE) ?? new Uint8Array())
    if ('findings' in read) return read.findings
    const { base, dataSets, ruleSets } = (isObject(read.json) ? read.json : {}) as Partial<ProfileDocument>
    const isKnown = ['r4', 'cn-national', 'cn-national-strict'].includes(String(base))
    if (isKnown && Array.isArray(dataSets) && Array.isArray(ruleSets)) return read.json as ProfileDocument
    const form = { zh: '应有 base、dataSets 和 ruleSets', en: 'it has base, dataSets and ruleSets' }
    return [findingOf('artefact.content', PROFILE, { element: PROFILE, form })]
  },
  answer: (profile) => profile,
}
