/** Required bindings: whether a code is one of the codes an element allows. */
import { isObject } from '../fhirpath/navigate.ts'
import { report, type Walk } from '../walk.ts'
import { codeForms } from './code-forms.ts'
import type { CodeSet } from './structures.ts'

/** Checks a code, Coding, CodeableConcept or Quantity against one value set. */
export type CodeCheck = (value: unknown, walk: Walk) => void

/** The longest list of codes a hint repeats. */
const shownCodes = 24

/** Makes the check for one value set; the element's type decides what of it is looked at. */
export function codeCheck(set: CodeSet, type: string): CodeCheck | undefined {
  if ('form' in set) return type === 'code' ? formCheck(set.form) : undefined
  const all = new Set(Object.values(set.systems).flat())
  const allowed = allowedText([...all])
  if (type === 'Coding') return (value, walk) => checkCoding(value, set.systems, allowed, walk)
  if (type === 'CodeableConcept') return (value, walk) => checkConcept(value, set.systems, allowed, walk)
  return (value, walk) => {
    if (typeof value === 'string' && !all.has(value)) report(walk, 'r4.code-not-allowed', { allowed })
  }
}

function formCheck(name: string): CodeCheck | undefined {
  const form = codeForms[name]
  if (form === undefined) return undefined
  return (value, walk) => {
    if (typeof value === 'string' && !form.test(value))
      report(walk, 'r4.code-form', { form: form.name, example: form.example })
  }
}

const allowedText = (codes: readonly string[]): string =>
  codes.length <= shownCodes ? codes.join(', ') : `${codes.slice(0, shownCodes).join(', ')}, …`

type Systems = Readonly<Record<string, readonly string[]>>

function isAllowed(coding: unknown, systems: Systems): boolean {
  if (!isObject(coding)) return false
  const { system, code } = coding
  return typeof system === 'string' && typeof code === 'string' && (systems[system]?.includes(code) ?? false)
}

function checkCoding(value: unknown, systems: Systems, allowed: string, walk: Walk): void {
  if (isObject(value) && value.code !== undefined && !isAllowed(value, systems))
    report(walk, 'r4.code-not-allowed', { allowed })
}

/** A required CodeableConcept has at least one coding of the value set, unless an extension says why not. */
function checkConcept(value: unknown, systems: Systems, allowed: string, walk: Walk): void {
  if (!isObject(value) || value.extension !== undefined) return
  const codings = Array.isArray(value.coding) ? value.coding : []
  if (codings.some((coding) => isAllowed(coding, systems))) return
  const hasCode = codings.some((coding) => isObject(coding) && coding.code !== undefined)
  report(walk, hasCode ? 'r4.code-not-allowed' : 'r4.code-missing', { allowed })
}
