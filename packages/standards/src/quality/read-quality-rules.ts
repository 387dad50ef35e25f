/** Reads a rule set of data quality from untrusted bytes: canonical limits, every field checked, or what is wrong with it. */
import { isRefusal, plainCopy, readCanonicalText } from '@meridian/protocol'
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import { checkTypes } from './check-types.ts'
import type { QualityRules } from './quality-rules.ts'
import { compilePath } from './read-path.ts'

/** Why it is no rule set: the place as a JSON pointer. */
export interface QualityRulesProblem {
  readonly problem: string
}

const limits = { maxBytes: 4_000_000, maxDepth: 12, maxMembers: 200_000 }
const MOST_CHECKS = 5000
const ID = /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/

/** The rule set, or the place of the first fault. Never throws. */
export function readQualityRules(bytes: Uint8Array | string): QualityRules | QualityRulesProblem {
  const text = readCanonicalText(bytes, limits)
  if (isRefusal(text)) return { problem: text.code }
  const value = plainCopy(text)
  if (!isObject(value) || value.format !== 'meridian-quality-rules/1') return { problem: '/format' }
  if (!isText(value.id, ID)) return { problem: '/id' }
  if (!isText(value.version, /^\d+\.\d+\.\d+$/)) return { problem: '/version' }
  const { checks } = value
  if (!Array.isArray(checks) || checks.length > MOST_CHECKS) return { problem: '/checks' }
  const faults = checks.map((check, i) => faultOf(check, `/checks/${i}`)).filter((f) => f !== undefined)
  if (faults[0] !== undefined) return { problem: faults[0] }
  const ids = new Set(checks.map(({ id }) => id))
  return ids.size === checks.length ? (value as unknown as QualityRules) : { problem: '/checks' }
}

/** Tells a problem from a rule set. */
export function isQualityRulesProblem(
  value: QualityRules | QualityRulesProblem,
): value is QualityRulesProblem {
  return 'problem' in value
}

type Is = (value: unknown) => boolean

const isStrings: Is = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string')
const isPaths: Is = (value) =>
  isStrings(value) && (value as string[]).every((path) => compilePath(path) !== undefined)
const isNumber: Is = (value) => typeof value === 'number'
const isString: Is = (value) => typeof value === 'string'
const isBilingual: Is = (value) => isObject(value) && isString(value.zh) && isString(value.en)
const optional =
  (is: Is): Is =>
  (value) =>
    value === undefined || is(value)

const fields: Readonly<Record<string, Is>> = {
  id: (value) => isText(value, ID),
  type: (value) => typeof value === 'string' && Object.hasOwn(checkTypes, value),
  titles: isBilingual,
  hint: isBilingual,
  resource: (value) => isText(value, /^[A-Z][A-Za-z]{0,63}$/),
  threshold: (value) => typeof value === 'number' && value >= 0 && value <= 100,
  where: optional((value) => Array.isArray(value) && value.every(isCondition)),
  paths: optional(isPaths),
  other: optional(isPaths),
  kpi: optional(isString),
  datatype: optional(isString),
  target: optional(isString),
  systems: optional(isStrings),
  codes: optional(isStrings),
  form: optional(isForm),
  bound: optional(isNumber),
  unit: optional(isString),
  units: optional(isStrings),
  sex: optional((value) => value === 'male' || value === 'female'),
}

function faultOf(check: unknown, at: string): string | undefined {
  if (!isObject(check)) return at
  const wrong = Object.entries(fields).find(([name, is]) => !is(check[name]))
  if (wrong !== undefined) return `${at}/${wrong[0]}`
  const unknown = Object.keys(check).find((name) => !Object.hasOwn(fields, name))
  return unknown === undefined ? undefined : `${at}/${unknown}`
}

function isCondition(value: unknown): boolean {
  if (!isObject(value)) return false
  const { path, prefixes, system } = value as JsonObject
  return isPaths([path]) && optional(isStrings)(prefixes) && optional(isString)(system)
}

/** Letters, digits, classes and bounded repeats: a form that could take exponential time has groups that repeat. */
function isForm(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 200 || /\)[*+{]/.test(value)) return false
  try {
    return new RegExp(value) !== undefined
  } catch {
    return false
  }
}

function isText(value: unknown, form: RegExp): boolean {
  return typeof value === 'string' && form.test(value)
}
