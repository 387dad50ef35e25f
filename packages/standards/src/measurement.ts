/** Reads a measured value as a hospital writes it (`36.5℃`, `97.7 °F`, `<0.1 mg/dl`, `36,5`) into value and UCUM unit. */
import type { Finding } from './finding.ts'

/** FHIR Quantity.comparator. */
export type Comparator = '<' | '<=' | '>=' | '>'

/**
 * A measured value. `value` is decimal source text (digits are kept: `1.00` stays); `unit` a UCUM code, `1` when
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

/** Reads `text`; the unit comes from the value, then the field, then the mapping; otherwise the value is refused. */
export function readMeasurement(text: string, sources?: string | UnitSources): Measurement | Finding {
  throw new Error(`not built yet: ${text.length} ${typeof sources}`)
}

/** Converts to another UCUM unit, exactly where the factor is a decimal number (97.7 [degF] is 36.5 Cel). */
export function toCanonicalUnit(measurement: Measurement, unit: string): Measurement | Finding {
  throw new Error(`not built yet: ${measurement.unit} ${unit}`)
}

/** The UCUM code for a unit as a hospital writes it (`℃`, `次/分`, `10^9/L`), or undefined when it is no unit we know. */
export function ucumUnit(spelling: string): string | undefined {
  return spelling
}
