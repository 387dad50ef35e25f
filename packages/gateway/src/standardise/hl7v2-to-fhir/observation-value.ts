/** The value of an OBX by its type (v2-to-FHIR: OBX[Observation], OBX-5); several repetitions become components. */
import {
  type Composite,
  composite,
  part,
  repetitions,
  type Segment,
  text,
  wholeText,
} from '../../connect/hl7v2/message.ts'
import { decimalText, type FhirObject } from '../fhir-json.ts'
import { attachmentOf, pointerOf } from './attachment.ts'
import { conceptOf } from './coded.ts'
import { badValue, type Conversion, note } from './conversion.ts'
import { isTemperature } from './dimensionless.ts'
import { type QuantityProblem, quantityOf, type UnitPlace } from './quantity.ts'
import { dateTimeText, timeOfDay } from './time.ts'

type ReadValue = (value: Composite, obx: Segment, conversion: Conversion) => FhirObject | undefined

const readers: Readonly<Record<string, ReadValue>> = {
  NM: numeric,
  SN: structured,
  CE: coded,
  CWE: coded,
  CNE: coded,
  CF: coded,
  IS: coded,
  ID: coded,
  DT: time,
  DTM: time,
  TS: time,
  TM: clock,
  DR: period,
  NR: range,
  VR: valueRange,
  ED: encapsulated,
  RP: pointer,
}

// Types that FHIR has no value for but that read well as text (names, addresses, numbers of persons).
const textTypes = new Set([
  'ST',
  'FT',
  'TX',
  'CX',
  'XPN',
  'XAD',
  'XTN',
  'XCN',
  'XON',
  'EI',
  'HD',
  'SI',
  'GTS',
  'MO',
  'CP',
  'PN',
  'AD',
  'TN',
  'CK',
  'CN',
])

/**
 * The `value[x]` of an OBX, `component` when OBX-5 repeats, or nothing when it is empty. What cannot be read is refused with
 * OBX-2, OBX-5 or OBX-6 as its place; with `onBadValue: absent` the value is left out and said to be in error.
 */
export function observationValue(conversion: Conversion, obx: Segment): FhirObject {
  const type = text(obx, 2)?.toUpperCase()
  const raw = obx.fields[5]
  if (raw === undefined || raw === '' || raw === '""') return {}
  if (type === undefined || textTypes.has(type)) return textual(conversion, obx, raw)
  const read = readers[type]
  if (read === undefined) return absent(badValue(conversion, 'hl7v2.value-type', obx, 2))
  const values = repetitions(obx, 5)
  if (values.length === 1) return absent(read(values[0] as Composite, obx, conversion))
  return components(conversion, obx, values, read)
}

// HL7's map: one Observation with a component for each repetition, all under the code of the OBX.
function components(
  conversion: Conversion,
  obx: Segment,
  values: readonly Composite[],
  read: ReadValue,
): FhirObject {
  const code = codeOf(conversion, obx)
  const all = values.map((value) => {
    const { extension, ...rest } = absent(read(value, obx, conversion))
    return { ...rest, code, extension }
  })
  return { component: all }
}

/** The code of an OBX as CodeableConcept. */
export function codeOf(conversion: Conversion, obx: Segment): FhirObject | undefined {
  const value = composite(obx, 3)
  return value === undefined ? undefined : conceptOf(value, conversion)
}

function absent(value: FhirObject | undefined): FhirObject {
  if (value !== undefined) return value
  const coding = [{ code: 'error', system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason' }]
  return { dataAbsentReason: { coding } }
}

function unitPlace(obx: Segment): UnitPlace {
  return { unit: composite(obx, 6), code: text(obx, 3), name: text(obx, 3, 2) ?? text(obx, 3) }
}

function numeric(value: Composite, obx: Segment, conversion: Conversion): FhirObject | undefined {
  return measured(value.components.join('^'), obx, conversion)
}

function measured(raw: string, obx: Segment, conversion: Conversion): FhirObject | undefined {
  const read = wholeText(raw, obx.encoding)?.trim()
  if (read === undefined) return undefined
  const quantity = quantityOf(read, unitPlace(obx), conversion)
  if (typeof quantity === 'string') return refused(quantity, obx, conversion)
  if (quantity.code === undefined) note(conversion, 'hl7v2.unit-unknown', obx, 6)
  return { valueQuantity: quantity }
}

function refused(problem: QuantityProblem, obx: Segment, conversion: Conversion): undefined {
  if (problem === 'unit-missing') return badValue(conversion, 'hl7v2.unit-missing', obx, 6)
  return badValue(conversion, 'hl7v2.number', obx, 5)
}

/**
 * Text. A measured value with its unit written as text (`36.5℃`) becomes a Quantity, because a unit never stays inside a string; a
 * bare number for a temperature is refused as it would be in an NM.
 */
function textual(conversion: Conversion, obx: Segment, raw: string): FhirObject {
  const lines = raw.split(obx.encoding.repetition).map((line) => wholeText(line, obx.encoding))
  const whole = lines.filter((line) => line !== undefined).join('\n')
  if (whole === '') return {}
  const place = unitPlace(obx)
  const number = text(obx, 2)?.toUpperCase() === 'ST' && whole.length <= 40 && /\d/.test(whole)
  if (!number || whole.includes('\n')) return { valueString: whole }
  const temperature = isTemperature(place.code, place.name)
  if (!temperature && place.unit === undefined && /^[\s\d.,<>=+-]*$/.test(whole))
    return { valueString: whole }
  const quantity = quantityOf(whole.trim(), place, conversion)
  if (typeof quantity !== 'string') return { valueQuantity: quantity }
  return temperature && quantity === 'unit-missing'
    ? absent(refused(quantity, obx, conversion))
    : { valueString: whole }
}

// SN: comparator, number, separator, number.
function structured(value: Composite, obx: Segment, conversion: Conversion): FhirObject | undefined {
  const [comparator = '', low, separator, high] = [1, 2, 3, 4].map((at) => part(value, at))
  const line = [comparator, low, separator, high]
    .filter((piece) => piece !== undefined && piece !== '')
    .join(' ')
  if (low === undefined && high === undefined) return line === '' ? undefined : { valueString: line }
  if (separator === undefined && low !== undefined && comparator !== '<>') {
    return measured(`${comparator === '=' ? '' : comparator}${low}`, obx, conversion)
  }
  const [from, to] = [low, high].map((number) => simple(number, obx, conversion))
  if (separator === '-') return { valueRange: { high: to, low: from } }
  if ((separator === ':' || separator === '/') && from !== undefined && to !== undefined) {
    const exact = comparator === '' || comparator === '='
    return { valueRatio: { denominator: to, numerator: exact ? from : { ...from, comparator } } }
  }
  return { valueString: line }
}

// A bound or a term of a ratio: its unit is the field's when there is one, and none is demanded (1:128 has none).
function simple(number: string | undefined, obx: Segment, conversion: Conversion): FhirObject | undefined {
  if (number === undefined) return undefined
  const value = decimalText(number)
  if (value === undefined) return badValue(conversion, 'hl7v2.number', obx, 5)
  const unit = composite(obx, 6)
  const quantity = unit === undefined ? { value } : quantityOf(number, { unit }, conversion)
  return typeof quantity === 'string' ? { value } : quantity
}

function coded(value: Composite, _obx: Segment, conversion: Conversion): FhirObject | undefined {
  const valueCodeableConcept = conceptOf(value, conversion)
  return valueCodeableConcept === undefined ? {} : { valueCodeableConcept }
}

function time(value: Composite, obx: Segment, conversion: Conversion): FhirObject | undefined {
  const valueDateTime = dateTimeText(part(value, 1) ?? '', conversion)
  return valueDateTime === undefined ? badValue(conversion, 'hl7v2.time', obx, 5) : { valueDateTime }
}

function clock(value: Composite, obx: Segment, conversion: Conversion): FhirObject | undefined {
  const valueTime = timeOfDay(part(value, 1) ?? '')
  return valueTime === undefined ? badValue(conversion, 'hl7v2.time', obx, 5) : { valueTime }
}

function period(value: Composite, obx: Segment, conversion: Conversion): FhirObject | undefined {
  const [start, end] = [1, 2].map((at) => dateTimeText(part(value, at) ?? '', conversion))
  if (start === undefined && end === undefined) return badValue(conversion, 'hl7v2.time', obx, 5)
  return { valuePeriod: { end, start } }
}

function range(value: Composite, obx: Segment, conversion: Conversion): FhirObject | undefined {
  const [low, high] = [1, 2].map((at) => simple(part(value, at), obx, conversion))
  return { valueRange: { high, low } }
}

function valueRange(value: Composite): FhirObject | undefined {
  return { valueString: `${part(value, 1) ?? ''}-${part(value, 2) ?? ''}` }
}

function encapsulated(value: Composite, obx: Segment, conversion: Conversion): FhirObject | undefined {
  const attachment = attachmentOf(value)
  return attachment === undefined ? badValue(conversion, 'hl7v2.attachment', obx, 5) : attached(attachment)
}

function pointer(value: Composite): FhirObject | undefined {
  const attachment = pointerOf(value)
  return attachment === undefined ? {} : attached(attachment)
}

// R4 has no attachment as a value; HL7's map uses the element of R5 as an extension.
function attached(attachment: FhirObject): FhirObject {
  const url = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Observation.value'
  return { extension: [{ url, valueAttachment: attachment }] }
}
