/** Measured values of an Observation: a unit is there, UCUM codes are UCUM, and known measurements lie in their range. */
import { type ReadContent, readShipped } from '../data-files.ts'
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import { convertDecimal } from '../units/convert.ts'
import { compareDecimals, readDecimal } from '../units/exact-decimal.ts'
import { isUcum } from '../units/ucum.ts'
import { ucumUnit } from '../units/unit-spellings.ts'
import { report, type Walk } from '../walk.ts'
import { codingsOf, objectsOf, textOf } from './json-parts.ts'

/** One range of `meridian.rule-set.value-ranges`; bounds are decimal text and belong to the range. */
export interface ValueRange {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly codes: Readonly<Record<string, readonly string[]>>
  readonly unit: string
  readonly low: string
  readonly high: string
}

/** Reads the ranges. */
export function readValueRanges(read: ReadContent = readShipped): readonly ValueRange[] {
  return (read('meridian.rule-set.value-ranges', 'value-ranges.json') as { ranges: ValueRange[] }).ranges
}

/** Checks the value and the components of an Observation; the walk stands at it. */
export function checkQuantities(observation: JsonObject, ranges: readonly ValueRange[], walk: Walk): void {
  checkHolder(observation, ranges, walk)
  objectsOf(observation.component).forEach((component, i) => {
    walk.path.push('component', i)
    checkHolder(component, ranges, walk)
    walk.path.length -= 2
  })
}

function checkHolder(holder: JsonObject, ranges: readonly ValueRange[], walk: Walk): void {
  const quantity = holder.valueQuantity
  if (!isObject(quantity) || typeof quantity.value !== 'number') return
  walk.path.push('valueQuantity')
  checkQuantity(quantity, quantity.value, rangeOf(holder.code, ranges), walk)
  walk.path.pop()
}

const ucumSystem = 'http://unitsofmeasure.org'

function checkQuantity(quantity: JsonObject, value: number, range: ValueRange | undefined, walk: Walk): void {
  const code = textOf(quantity.code)
  const unit = textOf(quantity.unit)
  if (code === undefined && unit === undefined) {
    report(walk, 'cn.quantity-unit')
    return
  }
  if (quantity.system === ucumSystem && code !== undefined && !isUcum(code)) {
    report(walk, 'cn.quantity-ucum', {}, 'code')
    return
  }
  if (range !== undefined) checkRange(value, ucumUnit(code ?? unit ?? ''), range, walk)
}

function rangeOf(concept: unknown, ranges: readonly ValueRange[]): ValueRange | undefined {
  const codings = codingsOf(concept)
  return ranges.find(({ codes }) =>
    codings.some(({ system, code }) => codes[String(system)]?.includes(String(code)) === true),
  )
}

function checkRange(value: number, unit: string | undefined, range: ValueRange, walk: Walk): void {
  const converted = unit === undefined ? undefined : convertDecimal(String(value), unit, range.unit)
  const number = converted === undefined ? undefined : readDecimal(converted)
  const [low, high] = [readDecimal(range.low), readDecimal(range.high)]
  const words = { what: range.title, unit: range.unit, low: range.low, high: range.high }
  if (number === undefined || low === undefined || high === undefined) report(walk, 'cn.value-unit', words)
  else if (compareDecimals(number, low) < 0 || compareDecimals(number, high) > 0)
    report(walk, 'cn.value-range', words)
}
