/** Numbers with units (NM, SN, CQ and what people write into ST) as Quantity in UCUM, digits kept (v2-to-FHIR: CWE[Quantity]). */
import { isFinding, type Measurement, readMeasurement, toCanonicalUnit, ucumUnit } from '@meridian/standards'
import { hl7SettingsOf } from '../../connect/hl7v2/hl7-source.ts'
import { type Composite, part } from '../../connect/hl7v2/message.ts'
import { decimalText, type FhirObject } from '../fhir-json.ts'
import { codeSystem } from './code-systems.ts'
import type { Conversion } from './conversion.ts'
import { isDimensionless } from './dimensionless.ts'

const ucum = 'http://unitsofmeasure.org'
const bareNumber = /^(?:[<>]=?|[≤≥])?\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/

/** Why a text is no Quantity: no number, or a number whose unit nobody says. */
export type QuantityProblem = 'number' | 'unit-missing'

/** What is measured and where its unit may stand: the unit field, and the code that decides what is dimensionless. */
export interface UnitPlace {
  readonly unit?: Composite | undefined
  readonly code?: string | undefined
  readonly name?: string | undefined
}

/**
 * Reads a measured value. The unit comes from the value, then the field, then the source's configuration for the code; what has no
 * dimension gets `1`. A unit nobody knows is kept as written, without a code.
 */
export function quantityOf(
  value: string,
  place: UnitPlace,
  conversion: Conversion,
): FhirObject | QuantityProblem {
  const spelled = spelledUnit(place.unit)
  const known = spelled.map((spelling) => ucumUnit(spelling)).find((unit) => unit !== undefined)
  if (known === undefined && spelled.length > 0 && bareNumber.test(value)) {
    return foreignUnit(value, place.unit as Composite, conversion)
  }
  const mapping =
    place.code === undefined ? undefined : hl7SettingsOf(conversion.received.source).unitOf(place.code)
  const measured = readMeasurement(value, {
    ...(known === undefined ? {} : { field: known }),
    ...(mapping === undefined ? {} : { mapping }),
    dimensionless: known === undefined && isDimensionless(place.code, place.name),
  })
  if (isFinding(measured)) return bareNumber.test(value) ? 'unit-missing' : 'number'
  return written(value, measured, known === measured.unit ? spelled[0] : undefined)
}

// Degrees Fahrenheit become Celsius, because a temperature is compared with others; what was written stays beside it.
function written(source: string, measured: Measurement, spelling: string | undefined): FhirObject {
  const fahrenheit = measured.unit === '[degF]'
  const converted = fahrenheit ? toCanonicalUnit(measured, 'Cel') : measured
  const result = isFinding(converted) ? measured : converted
  const original = { url: 'http://hl7.org/fhir/StructureDefinition/originalText', valueString: source }
  return {
    code: result.unit,
    comparator: measured.comparator,
    extension: result === measured ? undefined : [original],
    system: ucum,
    unit: result === measured ? (spelling ?? result.unit) : result.unit,
    value: decimalText(result.value),
  }
}

function foreignUnit(value: string, unit: Composite, conversion: Conversion): FhirObject | QuantityProblem {
  const parts = /^([<>]=?|[≤≥])?\s*(.*)$/.exec(value)
  const comparator = parts?.[1]?.replace('≤', '<=').replace('≥', '>=')
  const number = decimalText(parts?.[2] ?? '')
  if (number === undefined) return 'number'
  const system = part(unit, 3)
  const named =
    system === undefined || /^(UCUM|L)$/i.test(system) ? undefined : codeSystem(system, conversion)
  return {
    code: named === undefined ? undefined : part(unit, 1),
    comparator,
    system: named,
    unit: part(unit, 2) ?? part(unit, 1),
    value: number,
  }
}

/** How the field spells the unit: its code, its text, and its alternate code. */
function spelledUnit(unit: Composite | undefined): string[] {
  if (unit === undefined) return []
  const power = powerOfTen(unit)
  if (power !== undefined) return [power]
  return [part(unit, 1), part(unit, 2), part(unit, 4)].filter((spelling) => spelling !== undefined)
}

// Many systems write `10^9/L` without escaping the sign that also separates components.
function powerOfTen(unit: Composite): string | undefined {
  const [base = '', exponent = ''] = unit.components
  const torn = /^[x×*]?10$/.test(base) && /^-?\d{1,2}\s*(?:\/.+)?$/.test(exponent)
  return torn ? `${base}^${exponent}` : undefined
}
