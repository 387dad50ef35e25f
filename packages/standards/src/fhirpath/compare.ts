/** Equality and order of FHIRPath values in plain JSON; `undefined` stands for FHIRPath's empty answer. */
import { isObject } from './navigate.ts'

/** Whether two items are equal: members compared deeply, in any order. */
export function sameItem(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => sameItem(item, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => sameItem(a[name], b[name]))
}

/** `=` of two collections: empty when either is empty. */
export function equal(a: readonly unknown[], b: readonly unknown[]): boolean | undefined {
  if (a.length === 0 || b.length === 0) return undefined
  return a.length === b.length && a.every((item, i) => sameItem(item, b[i]))
}

/**
 * Negative, zero or positive for a < b, a = b, a > b. Empty when the two cannot be ordered: different kinds, units that
 * differ, or dates of which the shorter is a prefix of the longer (FHIRPath 6.2, different precision).
 */
export function order(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return orderText(a, b)
  if (isObject(a) && isObject(b)) return orderQuantity(a, b)
  return undefined
}

function orderQuantity(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>) {
  if (a.system !== b.system || a.code !== b.code || a.unit !== b.unit) return undefined
  return typeof a.value === 'number' && typeof b.value === 'number' ? a.value - b.value : undefined
}

const dateForm = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?$/

function orderText(a: string, b: string): number | undefined {
  if (a === b) return 0
  if (dateForm.test(a) && dateForm.test(b)) {
    if (a.includes('T') && b.includes('T')) {
      const difference = Date.parse(a) - Date.parse(b)
      return Number.isNaN(difference) ? undefined : difference
    }
    if (a.startsWith(b.slice(0, a.length)) || b.startsWith(a.slice(0, b.length))) return undefined
  }
  return a < b ? -1 : 1
}
