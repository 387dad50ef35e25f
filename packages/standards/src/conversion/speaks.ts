/** What an organisation speaks: the formats, code systems and units it accepts, as it publishes them (ADR 0170). */
import { createReader, type Problem } from './read-document.ts'

/** Code systems accepted at an element, the preferred one first. `path` is a FHIR path without indexes: `Condition.code`. */
export interface AcceptedCodes {
  readonly path: string
  readonly systems: readonly string[]
}

/** The UCUM unit a measured thing is accepted in; `code` is that of the Observation. */
export interface AcceptedUnit {
  readonly system: string
  readonly code: string
  readonly unit: string
}

/** A map that the organisation relies on, by artefact id and version. */
export interface MapName {
  readonly id: string
  readonly version: string
}

/**
 * One organisation's capability. Elements that are not named are accepted as they are. `maps` in the order of preference;
 * a conversion uses those that are in force for the sender.
 */
export interface Capability {
  readonly format: 'meridian-capability/1'
  readonly organisation: string
  readonly version: string
  /** Of `fhir-r4`, `hl7v2-2.x`, `cda-r2`, `dicom`, `csv`. */
  readonly formats: readonly string[]
  readonly codes: readonly AcceptedCodes[]
  readonly units: readonly AcceptedUnit[]
  readonly maps: readonly MapName[]
}

/** The formats that can be named. */
export const formats = ['fhir-r4', 'hl7v2', 'cda-r2', 'dicom', 'csv'] as const

const pathForm = /^[A-Z][A-Za-z]{1,63}(\.[a-z][A-Za-z]{0,63}){1,8}$/
const nameForm = /^[a-z0-9][a-z0-9.-]{0,127}$/
const versionForm = /^\d{1,9}\.\d{1,9}\.\d{1,9}$/
const textForm = /^[\x21-\x7e]{1,200}$/

/** Reads a capability document (plain JSON), or says everything that is wrong with it. At most 500 entries a list. */
export function readCapability(document: unknown): Capability | { readonly problems: readonly Problem[] } {
  const reader = createReader(500)
  const root = reader.object(document, '', [
    'format',
    'organisation',
    'version',
    'formats',
    'codes',
    'units',
    'maps',
  ])
  const capability: Capability = {
    format: reader.oneOf(root.format, ['meridian-capability/1'], '/format'),
    organisation: reader.text(root.organisation, nameForm, '/organisation'),
    version: reader.text(root.version, versionForm, '/version'),
    formats: reader.list(root.formats, '/formats', (item, at) => reader.oneOf(item, formats, at)),
    codes: reader.list(root.codes, '/codes', (item, at) => {
      const { path, systems } = reader.object(item, at, ['path', 'systems'])
      return {
        path: reader.text(path, pathForm, `${at}/path`),
        systems: reader.list(systems, `${at}/systems`, (one, place) => reader.text(one, textForm, place)),
      }
    }),
    units: reader.list(root.units, '/units', (item, at) => {
      const { system, code, unit } = reader.object(item, at, ['system', 'code', 'unit'])
      return {
        system: reader.text(system, textForm, `${at}/system`),
        code: reader.text(code, textForm, `${at}/code`),
        unit: reader.text(unit, textForm, `${at}/unit`),
      }
    }),
    maps: reader.list(root.maps, '/maps', (item, at) => {
      const { id, version } = reader.object(item, at, ['id', 'version'])
      return {
        id: reader.text(id, nameForm, `${at}/id`),
        version: reader.text(version, versionForm, `${at}/version`),
      }
    }),
  }
  return reader.problems.length === 0 ? capability : { problems: reader.problems }
}

/** Tells a capability from its problems. */
export function isCapability(read: ReturnType<typeof readCapability>): read is Capability {
  return 'format' in read
}
