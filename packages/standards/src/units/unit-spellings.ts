/** Finds the UCUM code of a unit as a hospital writes it, by the artefact `meridian.concept-map.unit-spellings` and then UCUM itself. */
import { readShipped } from '../data-files.ts'
import { isUcum } from './ucum.ts'

interface Spellings {
  /** By the text as written; null for what means two things (G/L: giga or gram) and is refused. */
  readonly exact: Readonly<Record<string, string | null>>
  readonly anyCase: Readonly<Record<string, string>>
}

let spellings: Spellings | undefined

/** The UCUM code for a spelling (`℃`, `次/分`, `×10^9/L`, `μmol/L`), or undefined when it is no unit we know. */
export function ucumUnit(spelling: string): string | undefined {
  spellings ??= readShipped('meridian.concept-map.unit-spellings', 'unit-spellings.json') as Spellings
  const plain = tidy(spelling)
  if (Object.hasOwn(spellings.exact, plain)) return spellings.exact[plain] ?? undefined
  const lower = plain.toLowerCase()
  if (Object.hasOwn(spellings.anyCase, lower)) return spellings.anyCase[lower]
  return isUcum(plain) ? plain : undefined
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** One way of writing: micro sign, powers, multiplication signs, spaces, full-width letters. */
function tidy(spelling: string): string {
  return spelling
    .trim()
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[µμ]/g, 'u')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (power) => `^${[...power].map((c) => superscripts.indexOf(c)).join('')}`)
    .replace(/^[×✕xX*]\s*(?=10)/, '')
    .replace(/\s*\/\s*/g, '/')
}
