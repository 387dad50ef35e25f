/** The values of search parameters: tokens, identifiers, references, and dates with prefixes (R4 §3.1.1.4). */
import type { DateMatch, IdentifierMatch, TokenMatch } from '@meridian/vault'
import { periodOf } from '../../store/fhir-periods.ts'

/** A value's alternatives, split at commas that are not escaped; empty ones left out. */
export function splitValues(value: string): string[] {
  return split(value, ',').filter((part) => part !== '')
}

/** `system|code`, `|code` (no system), `system|` (any code), `code` (any system). */
export function tokenMatch(value: string): TokenMatch | undefined {
  const [first = '', second, ...more] = split(value, '|').map(unescaped)
  if (more.length > 0) return undefined
  if (second === undefined) return { code: first }
  if (second === '') return first === '' ? undefined : { system: first }
  return { system: first === '' ? null : first, code: second }
}

/** The same for an identifier, whose value must be given: a blind index answers nothing else. */
export function identifierMatch(value: string): IdentifierMatch | undefined {
  const [first = '', second, ...more] = split(value, '|').map(unescaped)
  if (more.length > 0 || (second ?? first) === '') return undefined
  if (second === undefined) return { value: first }
  return { system: first === '' ? null : first, value: second }
}

// A bare id of a parameter that may lead to several types is looked for among those R4 allows most often.
const usualTargets = ['Patient', 'Group', 'Device', 'Location']

/** `Type/id` for `Type/id`, for an address of this door, and for a bare id; undefined when it is none of them. */
export function referenceTargets(
  value: string,
  target: string | undefined,
  baseUrl: string,
): string[] | undefined {
  const text = unescaped(value)
  const local = text.startsWith(`${baseUrl}/`) ? text.slice(baseUrl.length + 1) : text
  const typed = /^([A-Z][A-Za-z]{1,40})\/[A-Za-z0-9\-.]{1,64}$/.exec(local)
  if (typed !== null) return target === undefined || typed[1] === target ? [local] : undefined
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(local)) return undefined
  return target === undefined ? usualTargets.map((type) => `${type}/${local}`) : [`${target}/${local}`]
}

/** `ge2026-03-01`: prefix and the period the date means. A `+` of an offset that came as a space is put back. */
export function dateMatch(value: string, zone: string): DateMatch | undefined {
  const [, prefix = 'eq', date = ''] = /^(eq|ne|gt|lt|ge|le|sa|eb)?(.+)$/.exec(unescaped(value)) ?? []
  const period = periodOf(date.replace(/ (?=\d\d:\d\d$)/, '+'), zone)
  return period === undefined ? undefined : { prefix: prefix as DateMatch['prefix'], ...period }
}

function split(value: string, separator: string): string[] {
  const parts: string[] = []
  let part = ''
  for (let at = 0; at < value.length; at++) {
    const character = value[at] as string
    if (character === '\\' && at + 1 < value.length) part += character + (value[++at] as string)
    else if (character === separator) {
      parts.push(part)
      part = ''
    } else part += character
  }
  return [...parts, part]
}

function unescaped(value: string): string {
  return value.includes('\\') ? value.replace(/\\([,|$\\])/g, '$1') : value
}
