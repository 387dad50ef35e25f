/** Reads a measured value as a hospital writes it (`36.5℃`, `97.7 °F`, `<0.1 mg/dl`, `36,5`) into value and UCUM unit. */
import { type Bilingual, type Finding, isFinding } from './finding.ts'
import { type FindingCode, findingOf } from './findings-catalogue.ts'
import { convertDecimal } from './units/convert.ts'
import { readNumber } from './units/read-number.ts'
import { ucumUnit } from './units/unit-spellings.ts'

export { ucumUnit } from './units/unit-spellings.ts'

/** FHIR Quantity.comparator. */
export type Comparator = '<' | '<=' | '>=' | '>'

/**
 * A measured value. `value` is a JSON number's source text (digits are kept: `1.00` stays); `unit` a UCUM code, `1` when
 * dimensionless.
 */
export interface Measurement {
  readonly value: string
  readonly unit: string
  readonly comparator?: Comparator
}

/** Where the unit may come from when the value does not carry one, in this order. */
export interface UnitSources {
  /** The unit field beside the value (OBX-6, a CSV unit column). */
  readonly field?: string
  /** The unit the source's mapping states for this code. */
  readonly mapping?: string
  /** True when the thing measured has no dimension (ratio, count, pH, score): the unit is then `1`. */
  readonly dimensionless?: boolean
  /** Path to name in a finding. */
  readonly path?: string
}

/**
 * Reads `text`; the unit comes from the value, then the field, then the mapping, then `1` for what is dimensionless;
 * otherwise the value is refused. A string for `sources` is the unit field.
 */
export function readMeasurement(text: string, sources: string | UnitSources = {}): Measurement | Finding {
  const from: UnitSources = typeof sources === 'string' ? { field: sources } : sources
  const number = readNumber(text)
  if (number === 'ambiguous') return refuse('unit.ambiguous-number', from.path)
  if (number === 'not-a-number') return refuse('unit.not-a-number', from.path)
  const spelling = [number.rest, from.field, from.mapping].find((s) => s !== undefined && s.trim() !== '')
  if (spelling === undefined && from.dimensionless !== true) return refuse('unit.missing', from.path)
  const unit = spelling === undefined ? '1' : ucumUnit(spelling)
  if (unit === undefined) return refuse('unit.unknown', from.path)
  return {
    value: number.value,
    unit,
    ...(number.comparator === undefined ? {} : { comparator: number.comparator }),
  }
}

/**
 * Converts to another UCUM unit. The result is exact wherever it ends (97.7 [degF] is 36.5 Cel), and otherwise rounded to
 * two decimals more than the value had.
 */
export function toCanonicalUnit(
  measurement: Measurement,
  unit: string,
  path?: string,
): Measurement | Finding {
  const value = convertDecimal(measurement.value, measurement.unit, unit)
  return value === undefined
    ? refuse('unit.not-convertible', path, { unit })
    : { ...measurement, value, unit }
}

/** Both at once: reads a value and converts it to the unit a data element is kept in. */
export function readMeasurementIn(
  unit: string,
  text: string,
  sources: string | UnitSources = {},
): Measurement | Finding {
  const read = readMeasurement(text, sources)
  return isFinding(read)
    ? read
    : toCanonicalUnit(read, unit, typeof sources === 'string' ? undefined : sources.path)
}

const theValue: Bilingual = { zh: '数值', en: 'The value' }

function refuse(code: FindingCode, path = '', parameters: Record<string, string> = {}): Finding {
  return findingOf(code, path, { element: path === '' ? theValue : path, ...parameters })
}
