/** UCUM by `@lhncbc/ucum-lhc`: whether a code is one, and how two of them convert. Loaded when first needed (20 ms). */
import { createRequire } from 'node:module'
import { hasUcumForm } from './ucum-grammar.ts'

interface Conversion {
  readonly status: string
  readonly toVal: number | null
}

interface UcumLibrary {
  validateUnitString(unit: string): { readonly status: string; readonly ucumCode: string | null }
  convertUnitTo(from: string, value: number, to: string): Conversion
}

interface UcumModule {
  readonly UcumLhcUtils: { getInstance(): UcumLibrary }
}

const require = createRequire(import.meta.url)
const library = (): UcumLibrary => (require('@lhncbc/ucum-lhc') as UcumModule).UcumLhcUtils.getInstance()

/** More than any hospital has; beyond it nothing is remembered, so that no one can fill the memory. */
const rememberedUnits = 4096
const validity = new Map<string, boolean>()

/** Longer than any unit in use; the parser's time grows with it. */
const longestUnit = 64

/** Whether a text is a UCUM code, case-sensitive. */
export function isUcum(unit: string): boolean {
  if (unit === '' || unit.length > longestUnit || !hasUcumForm(unit)) return false
  const known = validity.get(unit)
  if (known !== undefined) return known
  const result = library().validateUnitString(unit)
  const isValid = result.status === 'valid' && result.ucumCode === unit
  if (validity.size < rememberedUnits) validity.set(unit, isValid)
  return isValid
}

/** What one `from` is in `to`, or undefined when they do not measure the same; not for scales with an offset. */
export function conversionFactor(from: string, to: string): number | undefined {
  if (!isUcum(from) || !isUcum(to)) return undefined
  const { status, toVal } = library().convertUnitTo(from, 1, to)
  return status === 'succeeded' && toVal !== null ? toVal : undefined
}
