/**
 * Minimise: the only place that decides which elements of a record leave by this door. Works on leaves (JSON Pointer and
 * canonical source text), so decimals stay as they were written.
 */
import type { Role } from '@meridian/vault'

/** One leaf of a resource: RFC 6901 path and the canonical source text of its value. */
export interface Element {
  readonly path: string
  readonly value: string
}

/** Elements that name, locate or show a person, or hold free text in which somebody may be named. */
const withheld = new Set([
  'name',
  'identifier',
  'telecom',
  'address',
  'contact',
  'photo',
  'text',
  'note',
  'comment',
  'conclusion',
  'description',
  'patientInstruction',
  'title',
  'data',
  'url',
  'div',
  'alias',
  'valueString',
  'valueMarkdown',
  'valueIdentifier',
  'valueHumanName',
  'valueAddress',
  'valueContactPoint',
  'valueAttachment',
  'valueAnnotation',
])

/** Dates that single a person out; the year is enough for research. */
const yearOnly = new Set(['birthDate', 'deceasedDateTime'])

/** An 18-digit resident identity number or a mobile number, wherever it stands. */
const identityForm = /(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)/

/** What the role may see of a resource or Provenance: a researcher no identities, everybody else who reads, all of it. */
export function minimise(elements: readonly Element[], role: Role): readonly Element[] {
  if (role !== 'researcher') return elements
  return elements.flatMap((element) => {
    const names = element.path.split('/').filter((part) => part !== '' && !/^\d+$/.test(part))
    if (names.some((name) => withheld.has(name.replace(/^_/, '')))) return []
    const last = names.at(-1) ?? ''
    if (last === 'display' && names.at(-2) !== 'coding' && names.at(-2) !== 'valueCoding') return []
    if (last === 'reference' && element.value.includes('?')) return []
    if (yearOnly.has(last)) return [{ ...element, value: `${element.value.slice(0, 5)}"` }]
    return identityForm.test(element.value) ? [] : [element]
  })
}
