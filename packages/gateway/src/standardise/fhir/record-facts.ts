/** What the corridor needs to know of a FHIR resource beside its text: whose it is, and when it happened and was said. */
import type { RecordTimes } from '../standardised.ts'

type Json = unknown
interface JsonObject {
  readonly [member: string]: Json
}

/** Elements that say when something happened to the patient, in order of preference. Choice elements by their JSON names. */
const clinicalElements = [
  'effectiveDateTime',
  'effectiveInstant',
  'effectivePeriod',
  'occurrenceDateTime',
  'occurrencePeriod',
  'performedDateTime',
  'performedPeriod',
  'onsetDateTime',
  'onsetPeriod',
  'period',
  'servicedDate',
  'servicedPeriod',
  'billablePeriod',
  'started',
  'authoredOn',
  'recordedDate',
  'dateTime',
  'date',
  'issued',
  'created',
] as const

/** Elements whose reference to a Patient makes the record that patient's (FHIR R4 compartment definition, Patient). */
const patientElements = ['patient', 'subject', 'beneficiary', 'individual', 'for', 'candidate'] as const

const dateTimeForm = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/

/** When it happened, when the sender said so, when we had it. The sender's time is only trusted as an order within a file source. */
export function timesOf(resource: JsonObject, receivedTime: string, fromFile: boolean): RecordTimes {
  const clinical = clinicalTimeOf(resource)
  const message = fromFile ? lastUpdatedOf(resource) : undefined
  return {
    ...(clinical === undefined ? {} : { clinical }),
    ...(message === undefined ? {} : { message }),
    received: receivedTime,
  }
}

/** The id of the patient a resource belongs to; undefined for reference data and for what names none. */
export function patientIdOf(resource: JsonObject): string | undefined {
  if (resource.resourceType === 'Patient') return typeof resource.id === 'string' ? resource.id : undefined
  for (const name of patientElements) {
    const id = patientOfReference(resource[name])
    if (id !== undefined) return id
  }
  return undefined
}

function patientOfReference(value: Json): string | undefined {
  const reference = isObject(value) ? value.reference : undefined
  return typeof reference === 'string' ? /^Patient\/([A-Za-z0-9\-.]{1,64})$/.exec(reference)?.[1] : undefined
}

function clinicalTimeOf(resource: JsonObject): string | undefined {
  for (const name of clinicalElements) {
    const value = resource[name]
    const time = isObject(value) ? (value.start ?? value.end) : value
    if (typeof time === 'string' && dateTimeForm.test(time)) return time
  }
  return undefined
}

function lastUpdatedOf(resource: JsonObject): string | undefined {
  const meta = resource.meta
  const time = isObject(meta) ? meta.lastUpdated : undefined
  return typeof time === 'string' && dateTimeForm.test(time) && time.includes('T') ? time : undefined
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
