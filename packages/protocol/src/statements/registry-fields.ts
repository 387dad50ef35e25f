/** What the statements about standards share: names of versions, layers, places, days, and who in a hospital speaks (spec 1 §6). */
import type { CborValue } from '../cbor.ts'
import { type BodyFields, field } from './body-fields.ts'
import { PLACE } from './organisation-fields.ts'
import { ARTEFACT_ID, CODE, isDayText, VERSION } from './patterns.ts'

/** Layers of standards (S23). The place in the list is what state stores. Append only. */
export const ARTEFACT_LAYERS = ['base', 'technical', 'application'] as const

/** One of them. */
export type ArtefactLayer = (typeof ARTEFACT_LAYERS)[number]

/** Who speaks in a hospital's working group on standards (S61). The place in the list is what state stores. Append only. */
export const WORKING_GROUP_ROLES = ['director', 'it', 'medical-affairs', 'clinical'] as const

/** One of them. */
export type WorkingGroupRole = (typeof WORKING_GROUP_ROLES)[number]

/** One version of an artefact, by name. */
export interface VersionName {
  readonly id: string
  /** Semantic version. */
  readonly version: string
}

/** Days from which and until which, the last one included; `to` is null while it is open. */
export interface EffectiveDays {
  readonly from: string
  readonly to: string | null
}

/** Under which licence; `shared` when every member may hand the bytes on, else each brings its own copy. */
export interface ArtefactLicence {
  /** A code such as `CC-BY-4.0` or `proprietary`. */
  readonly name: string
  readonly shared: boolean
}

const MOST_PLACES = 64
const MOST_DEPENDENCIES = 64

/** A published standard such as `WS/T 303-2023` or `HL7 FHIR R4`: up to four words, each begun by a capital or a digit. */
const PUBLISHED_STANDARD = /^[A-Z0-9][A-Za-z0-9./:-]{0,31}(?: [A-Z0-9][A-Za-z0-9./:-]{0,31}){0,3}$/

const isText = (value: CborValue | undefined, pattern: RegExp): value is string =>
  typeof value === 'string' && pattern.test(value)

function isVersionName(value: CborValue): value is readonly CborValue[] {
  return (
    Array.isArray(value) && value.length === 2 && isText(value[0], ARTEFACT_ID) && isText(value[1], VERSION)
  )
}

const versionNameOf = (value: CborValue): VersionName => {
  const [id = '', version = ''] = value as readonly string[]
  return { id, version }
}

/** The pair `[id, version]`, as statements and state hold it. */
export function versionNameValue({ id, version }: VersionName): CborValue {
  return [id, version]
}

/** Reads `[id, version]`. */
export function versionNameField(fields: BodyFields, key: number, name: string): VersionName {
  return versionNameOf(field(fields, { key, name }, isVersionName, []))
}

/** Reads `[id, version]` or null. */
export function versionNameOrNullField(fields: BodyFields, key: number, name: string): VersionName | null {
  const accepts = (value: CborValue): value is readonly CborValue[] | null =>
    value === null || isVersionName(value)
  const value = field(fields, { key, name }, accepts, null)
  return value === null ? null : versionNameOf(value)
}

/** Reads a text that matches a pattern, or null. */
export function textOrNullField(
  fields: BodyFields,
  key: number,
  name: string,
  pattern: RegExp,
): string | null {
  const accepts = (value: CborValue): value is string | null => value === null || isText(value, pattern)
  return field(fields, { key, name }, accepts, null)
}

/** Reads the published standard that an artefact implements, or null. */
export function publishedStandardField(fields: BodyFields, key: number): string | null {
  return textOrNullField(fields, key, 'implements', PUBLISHED_STANDARD)
}

const ascends = (texts: readonly string[]): boolean =>
  texts.every((text, i) => i === 0 || (texts[i - 1] as string) < text)

function isPlaces(value: CborValue): value is readonly CborValue[] {
  if (!Array.isArray(value) || value.length > MOST_PLACES) return false
  return value.every((place) => isText(place, PLACE)) && ascends(value as string[])
}

/** Reads the places where an artefact counts: ascending, none twice; none for everywhere. */
export function jurisdictionField(fields: BodyFields, key: number): readonly string[] {
  return field(fields, { key, name: 'jurisdiction' }, isPlaces, []) as readonly string[]
}

function isDependencies(value: CborValue): value is readonly CborValue[] {
  if (!Array.isArray(value) || value.length > MOST_DEPENDENCIES || !value.every(isVersionName)) return false
  return ascends((value as CborValue[]).map((each) => versionNameOf(each).id))
}

/** Reads `[[id, version] …]`: ascending by id, no id twice. */
export function dependenciesField(fields: BodyFields, key: number): readonly VersionName[] {
  return field(fields, { key, name: 'dependencies' }, isDependencies, []).map(versionNameOf)
}

function isDays(value: CborValue): value is readonly CborValue[] {
  if (!Array.isArray(value) || value.length !== 2) return false
  const [from, to] = value as CborValue[]
  return isDayText(from) && (to === null || (isDayText(to) && from <= to))
}

/** Reads `[from, to or null]`. */
export function effectiveField(fields: BodyFields, key: number): EffectiveDays {
  const [from = '', to = null] = field(fields, { key, name: 'effective' }, isDays, []) as [string, string]
  return { from, to }
}

function isLicence(value: CborValue): value is readonly CborValue[] {
  return Array.isArray(value) && value.length === 2 && isText(value[0], CODE) && typeof value[1] === 'boolean'
}

/** Reads `[name, shared]`. */
export function licenceField(fields: BodyFields, key: number): ArtefactLicence {
  const [name = '', shared = false] = field(fields, { key, name: 'licence' }, isLicence, []) as [
    string,
    boolean,
  ]
  return { name, shared }
}
