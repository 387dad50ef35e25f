/** Puts records that belong together into persons: by the Patient among them, or by the reference they share. */
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'

/** A record, where it stood in what was given, and where it stands in its file (`Bundle.entry[2].resource`). */
export interface PlacedRecord {
  readonly resource: JsonObject
  readonly index: number
  readonly prefix: string
  readonly fullUrl?: string
}

/** The records of each person, in their order. Records that name nobody are together. */
export function personsOf(records: readonly PlacedRecord[]): readonly (readonly PlacedRecord[])[] {
  const names = new Map<string, string>()
  for (const { resource, fullUrl } of records) {
    if (resource.resourceType !== 'Patient') continue
    const name = `Patient/${String(resource.id ?? fullUrl ?? '')}`
    names.set(name, name)
    if (fullUrl !== undefined) names.set(fullUrl, name)
  }
  const persons = new Map<string, PlacedRecord[]>()
  for (const record of records) {
    const key = personKey(record, names)
    const own = persons.get(key)
    if (own === undefined) persons.set(key, [record])
    else own.push(record)
  }
  return [...persons.values()]
}

function personKey({ resource, fullUrl }: PlacedRecord, names: ReadonlyMap<string, string>): string {
  if (resource.resourceType === 'Patient') return `Patient/${String(resource.id ?? fullUrl ?? '')}`
  const subject = resource.subject ?? resource.patient
  const reference = isObject(subject) ? subject.reference : undefined
  if (typeof reference !== 'string') return ''
  const relative = /(?:^|\/)(Patient\/[A-Za-z0-9.-]{1,64})(?:\/_history\/.*)?$/.exec(reference)?.[1]
  return names.get(reference) ?? names.get(relative ?? '') ?? relative ?? reference
}
