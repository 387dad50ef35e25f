/** One person's records as the checks see them: the Patient, what refers to what, and the days that frame a life. */
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'

/** One record of one's own, opened. `day` is when it happened, or when it was received where that is not known. */
export interface QualityRecord {
  readonly type: string
  readonly id: string
  readonly resource: JsonObject
  readonly source: string
  /** `YYYY-MM-DD`. */
  readonly day: string
}

/** A person with what checks ask of it. Instants are milliseconds since 1970. */
export interface Person {
  readonly id: string
  readonly records: readonly QualityRecord[]
  readonly patient: JsonObject | undefined
  readonly birth: number | undefined
  readonly death: number | undefined
  readonly byReference: ReadonlyMap<string, QualityRecord>
}

/** The records of one person, joined. */
export function personOf(id: string, records: readonly QualityRecord[]): Person {
  const patient = records.find(({ type }) => type === 'Patient')?.resource
  return {
    id,
    records,
    patient,
    birth: firstInstant(patient?.birthDate),
    death: firstInstant(patient?.deceasedDateTime),
    byReference: new Map(records.map((record) => [`${record.type}/${record.id}`, record])),
  }
}

const DATE = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T.*)?)?)?$/

/** The first instant of a FHIR date or dateTime; undefined when it is none. */
export function firstInstant(value: unknown): number | undefined {
  if (typeof value !== 'string' || !DATE.test(value)) return undefined
  const instant = Date.parse(value)
  return Number.isNaN(instant) ? undefined : instant
}

/** The visit a record belongs to: itself, or the one it refers to among the person's records. */
export function visitOf({ resource, type }: QualityRecord, person: Person): JsonObject | undefined {
  if (type === 'Encounter') return resource
  const { encounter } = resource
  const reference = isObject(encounter) ? encounter.reference : undefined
  return typeof reference === 'string' ? person.byReference.get(reference)?.resource : undefined
}

/** The department of a visit in the words of its source: the service, else the ward without room and bed; '' when not said. */
export function departmentOf(visit: JsonObject | undefined): string {
  if (visit === undefined) return ''
  const { serviceType, location } = visit
  if (isObject(serviceType)) {
    const [coding] = Array.isArray(serviceType.coding) ? serviceType.coding : []
    const said = serviceType.text ?? (isObject(coding) ? (coding.display ?? coding.code) : undefined)
    if (typeof said === 'string') return said.slice(0, 64)
  }
  const [place] = Array.isArray(location) ? location : []
  const display = isObject(place) && isObject(place.location) ? place.location.display : undefined
  return typeof display === 'string' ? wardOf(display) : ''
}

function wardOf(display: string): string {
  const words = display.split(' ').filter((word) => !/^\d/.test(word))
  return (words.at(-1) ?? '').slice(0, 64)
}
