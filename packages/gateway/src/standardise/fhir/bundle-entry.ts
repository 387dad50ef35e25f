/** Reads one entry of a Bundle: its full url, its resource as text, and what it asks to be done (FHIR R4 Bundle.entry). */
import { type CanonicalText, itemsOf, membersOf, plainCopy, valueAt } from '@meridian/protocol'

/** What an entry asks for. Strings as they came; absent when not strings. */
export interface EntryRequest {
  readonly method: string
  readonly url: string
  readonly ifNoneExist?: string
  readonly ifMatch?: string
}

/** An entry, with its place in the Bundle for refusals. */
export interface BundleEntry {
  readonly place: string
  readonly fullUrl?: string
  readonly resource?: CanonicalText
  readonly request?: EntryRequest
}

/** A resource's type and its sender's id, read without parsing the rest. */
export interface ResourceHead {
  readonly type: string
  readonly id?: string
}

/** The entries of a Bundle's text; empty when it has none. */
export function readEntries(bundle: CanonicalText): BundleEntry[] {
  const list = valueAt(bundle, '/entry')
  return list === undefined ? [] : itemsOf(list).map((entry, at) => readEntry(entry, `Bundle.entry[${at}]`))
}

/** One entry from its text. */
export function readEntry(entry: CanonicalText, place: string): BundleEntry {
  const members = membersOf(entry)
  const fullUrl = stringOf(members.get('fullUrl'))
  const resource = members.get('resource')
  const request = members.get('request')
  return {
    place,
    ...(fullUrl === undefined ? {} : { fullUrl }),
    ...(resource === undefined ? {} : { resource }),
    ...(request === undefined ? {} : { request: readRequest(request) }),
  }
}

/** Type and id of a resource; undefined when it has no `resourceType`. */
export function readHead(resource: CanonicalText): ResourceHead | undefined {
  const members = membersOf(resource)
  const type = stringOf(members.get('resourceType'))
  const id = stringOf(members.get('id'))
  if (type === undefined || !/^[A-Z][A-Za-z]{1,40}$/.test(type)) return undefined
  return id === undefined ? { type } : { type, id }
}

/** The string at a pointer; undefined when there is none or it is no string. */
export function stringAt(text: CanonicalText, pointer: string): string | undefined {
  return stringOf(valueAt(text, pointer))
}

function stringOf(value: CanonicalText | undefined): string | undefined {
  return value?.startsWith('"') ? (plainCopy(value) as string) : undefined
}

function readRequest(request: CanonicalText): EntryRequest {
  const members = membersOf(request)
  const ifNoneExist = stringOf(members.get('ifNoneExist'))
  const ifMatch = stringOf(members.get('ifMatch'))
  return {
    method: stringOf(members.get('method')) ?? '',
    url: stringOf(members.get('url')) ?? '',
    ...(ifNoneExist === undefined ? {} : { ifNoneExist }),
    ...(ifMatch === undefined ? {} : { ifMatch }),
  }
}
