/** Turns StructureDefinitions into the compact types of `generated/r4-structures.json`. */
import type { ElementDefinition, ElementDefinitionType, StructureDefinition } from '@medplum/fhirtypes'
import type { FieldDefinition, TypeDefinition } from '../structures.ts'
import { isBranch, pathOf, r4Elements } from './r4-elements.ts'
import type { SourceDefinitions } from './source-definitions.ts'

const fhirTypeExtension = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type'
const maxValueSetExtension = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet'
const definitionPrefix = 'http://hl7.org/fhir/StructureDefinition/'

/**
 * Not taken over: ele-1, which the walk proves by itself; txt-1 and txt-2, which are no FHIRPath but the narrative's own
 * check; bdl-7, which the Bundle's check tells by entry; evv-1, a rule of R5. ext-1 is stated on every `extension`
 * element and taken over once, from the type.
 */
const leftOut = new Set(['ele-1', 'txt-1', 'txt-2', 'bdl-7', 'evv-1'])
const isTakenOver = (path: string, key: string): boolean =>
  !leftOut.has(key) && (key !== 'ext-1' || path === 'Extension')

/** Every complex type and resource by name, members inherited from the base left out. */
export function buildStructures(source: SourceDefinitions): Record<string, TypeDefinition> {
  const wanted = source.structures.filter(isWanted)
  const types: Record<string, TypeDefinition> = {}
  for (const structure of wanted) types[structure.name] = typeDefinition(structure, source)
  return Object.fromEntries(
    Object.entries(types)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, type]) => [name, withoutInherited(type, types)]),
  )
}

function isWanted(structure: StructureDefinition): boolean {
  if (structure.derivation === 'constraint') return structure.name === 'SimpleQuantity'
  return structure.kind === 'complex-type' || structure.kind === 'resource'
}

function typeDefinition(structure: StructureDefinition, source: SourceDefinitions): TypeDefinition {
  const root = structure.snapshot?.element[0]
  const base = structure.baseDefinition?.slice(definitionPrefix.length)
  const rootPath = root?.path ?? structure.name
  return {
    kind: structure.kind === 'resource' ? 'resource' : 'complex',
    ...(base === undefined ? {} : { base: base === 'MetadataResource' ? 'DomainResource' : base }),
    ...(structure.abstract ? { abstract: true as const } : {}),
    ...rulesOf(root),
    fields: fieldsBelow(rootPath, r4Elements(structure, source)),
  }
}

function fieldsBelow(
  parent: string,
  elements: readonly ElementDefinition[],
): Record<string, FieldDefinition> {
  const fields: Record<string, FieldDefinition> = {}
  for (const element of elements) {
    const path = pathOf(element)
    const name = path.slice(parent.length + 1)
    if (!path.startsWith(`${parent}.`) || name.includes('.') || element.max === '0') continue
    fields[name.replace('[x]', '')] = fieldDefinition(element, elements)
  }
  return fields
}

function fieldDefinition(
  element: ElementDefinition,
  elements: readonly ElementDefinition[],
): FieldDefinition {
  return {
    ...shapeOf(element, elements),
    ...(element.min === 1 ? { min: 1 } : {}),
    ...(element.max === '*' ? { many: true as const } : {}),
    ...targetsOf(element.type ?? []),
    ...codesOf(element),
    ...rulesOf(element),
  }
}

function shapeOf(
  element: ElementDefinition,
  elements: readonly ElementDefinition[],
): Partial<FieldDefinition> {
  const path = pathOf(element)
  if (element.contentReference !== undefined) return { same: element.contentReference.replace(/^.*#/, '') }
  const types = element.type ?? []
  const isParent = elements.some((e) => pathOf(e).startsWith(`${path}.`))
  if (isBranch(element) && isParent)
    return { type: types[0]?.code ?? 'Element', fields: fieldsBelow(path, elements) }
  const codes = element.base?.path === 'Resource.id' ? ['id'] : types.map(typeCode)
  return path.endsWith('[x]') ? { choice: codes } : { type: codes[0] ?? 'Element' }
}

function typeCode(type: ElementDefinitionType): string {
  if (type.profile?.[0] === `${definitionPrefix}SimpleQuantity`) return 'SimpleQuantity'
  const code = type.code ?? ''
  if (!code.startsWith('http://hl7.org/fhirpath/')) return code
  return type.extension?.find((e) => e.url === fhirTypeExtension)?.valueUrl ?? 'string'
}

function targetsOf(types: readonly ElementDefinitionType[]): { targets?: string[] } {
  const targets = types
    .filter((type) => type.code === 'Reference')
    .flatMap((type) => type.targetProfile ?? [])
    .map((profile) => profile.slice(definitionPrefix.length))
  return targets.length === 0 || targets.includes('Resource') ? {} : { targets }
}

function codesOf(element: ElementDefinition): { codes?: string } {
  const binding = element.binding
  const widest = binding?.extension?.find((e) => e.url === maxValueSetExtension)?.valueCanonical
  const url = binding?.strength === 'required' ? binding.valueSet : widest
  return url === undefined ? {} : { codes: url.replace(/\|.*$/, '') }
}

/** `Type#key` where one key stands for different expressions in different types. */
const ambiguous = new Set(['inv-1'])

/** The name of an invariant in `r4-rules.json`. */
export function ruleName(path: string, key: string): string {
  return ambiguous.has(key) ? `${path.split('.')[0]}#${key}` : key
}

function rulesOf(element: ElementDefinition | undefined): { rules?: string[] } {
  const rules = (element?.constraint ?? [])
    .filter((c) => c.severity === 'error' && isTakenOver(element?.path ?? '', c.key ?? ''))
    .map((c) => ruleName(element?.path ?? '', c.key ?? ''))
  return rules.length === 0 ? {} : { rules }
}

function withoutInherited(type: TypeDefinition, types: Record<string, TypeDefinition>): TypeDefinition {
  const base = type.base === undefined ? undefined : types[type.base]
  const { rules, fields, ...rest } = type
  const inherited = base?.fields ?? {}
  const own = Object.entries(fields)
    .filter(([name, field]) => JSON.stringify(inherited[name]) !== JSON.stringify(field))
    .map(([name, field]): [string, FieldDefinition] => [name, withoutBackboneMembers(field, types)])
  const ownRules = (rules ?? []).filter((rule) => !base?.rules?.includes(rule))
  return {
    ...rest,
    ...(ownRules.length === 0 ? {} : { rules: ownRules }),
    fields: Object.fromEntries(own),
  }
}

function withoutBackboneMembers(
  field: FieldDefinition,
  types: Record<string, TypeDefinition>,
): FieldDefinition {
  if (field.fields === undefined) return field
  const inherited = types[field.type ?? 'Element']?.fields ?? {}
  const own = Object.entries(field.fields)
    .filter(([name, f]) => JSON.stringify(inherited[name]) !== JSON.stringify(f))
    .map(([name, f]): [string, FieldDefinition] => [name, withoutBackboneMembers(f, types)])
  return { ...field, fields: Object.fromEntries(own) }
}
