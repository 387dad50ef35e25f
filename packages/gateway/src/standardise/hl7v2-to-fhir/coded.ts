/** Coded fields (CWE, CE, CNE, CF, IS, ID) as CodeableConcept, Coding and code (v2-to-FHIR: CWE[CodeableConcept], CWE[Coding]). */
import {
  type Composite,
  composite,
  part,
  repetitions,
  type Segment,
  text,
} from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { hl7Table, systemOfCode } from './code-systems.ts'
import type { Conversion } from './conversion.ts'

/** The target of one code of a concept map: a code and, where it differs from the map's own, its system. */
export interface MappedCode extends FhirObject {
  readonly code: string
  readonly system: string
  readonly display?: string
}

/** How a field is read: `table` is the HL7 table its bare codes are from, `map` what HL7's concept map makes of them. */
export interface CodedOptions {
  readonly table?: string
  readonly map?: Readonly<Record<string, MappedCode>>
}

/** A CWE as CodeableConcept: up to three codings (components 1-3, 4-6, 10-12) and the original text (9). */
export function conceptOf(
  value: Composite,
  conversion: Conversion,
  options: CodedOptions = {},
): FhirObject | undefined {
  const codings = [
    codingAt(value, [1, 2, 3, 7], conversion, options),
    codingAt(value, [4, 5, 6, 8], conversion, options),
    codingAt(value, [10, 11, 12, 13], conversion, options),
  ].filter((coding) => coding !== undefined)
  const label = part(value, 9) ?? (part(value, 1) === undefined ? part(value, 2) : undefined)
  return codings.length === 0 && label === undefined ? undefined : { coding: codings, text: label }
}

/** The first repetition of a field as CodeableConcept. */
export function concept(
  conversion: Conversion,
  segment: Segment,
  field: number,
  options: CodedOptions = {},
): FhirObject | undefined {
  const value = composite(segment, field)
  return value === undefined ? undefined : conceptOf(value, conversion, options)
}

/** Every repetition of a field as CodeableConcept. */
export function concepts(
  conversion: Conversion,
  segment: Segment,
  field: number,
  options: CodedOptions = {},
): FhirObject[] {
  return repetitions(segment, field)
    .map((value) => conceptOf(value, conversion, options))
    .filter((found) => found !== undefined)
}

/** The first coding of a field. */
export function coding(
  conversion: Conversion,
  segment: Segment,
  field: number,
  options: CodedOptions = {},
): FhirObject | undefined {
  const value = composite(segment, field)
  return value === undefined ? undefined : codingAt(value, [1, 2, 3, 7], conversion, options)
}

/** A code of a field through a table of plain codes; undefined when it is not in the table. */
export function mappedCode(
  segment: Segment,
  field: number,
  table: Readonly<Record<string, string>>,
): string | undefined {
  const code = text(segment, field)
  return code === undefined ? undefined : (table[code] ?? table[code.toUpperCase()])
}

/** A coding with only a code and its system: the constants that HL7's maps assign. */
export function constant(code: string, system: string, display?: string): FhirObject {
  return { coding: [{ code, display, system }] }
}

function codingAt(
  value: Composite,
  at: readonly [number, number, number, number],
  conversion: Conversion,
  options: CodedOptions,
): FhirObject | undefined {
  const code = part(value, at[0])
  if (code === undefined) return undefined
  const named = part(value, at[2])
  const mapped = isOwnTable(named, options.table)
    ? (options.map?.[code] ?? options.map?.[code.toUpperCase()])
    : undefined
  const display = part(value, at[1])
  if (mapped !== undefined)
    return { code: mapped.code, display: display ?? mapped.display, system: mapped.system }
  return {
    code,
    display,
    system: systemOf(named, code, conversion, options.table),
    version: part(value, at[3]),
  }
}

function isOwnTable(named: string | undefined, table: string | undefined): boolean {
  return (
    named === undefined || (table !== undefined && named.toUpperCase().replace('-', '') === `HL7${table}`)
  )
}

// A bare code is taken to be of the field's own table only when it looks like one: a word in Chinese is the hospital's own.
function systemOf(
  named: string | undefined,
  code: string,
  conversion: Conversion,
  table: string | undefined,
): string | undefined {
  if (named !== undefined) return systemOfCode(named, code, conversion)
  return table !== undefined && /^[\x21-\x7e]{1,20}$/.test(code) ? hl7Table(table) : undefined
}
