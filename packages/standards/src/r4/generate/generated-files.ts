/** What stands in `packages/standards/generated/`, built from HL7's definitions. */
import type { FieldDefinition, TypeDefinition } from '../structures.ts'
import { buildCodes } from './build-codes.ts'
import { buildRules } from './build-rules.ts'
import { buildStructures } from './build-structures.ts'
import { readSourceDefinitions } from './source-definitions.ts'

/** File name and content; one definition a line, so that a change shows as one. */
export function generatedFiles(): Readonly<Record<string, string>> {
  const source = readSourceDefinitions()
  const types = buildStructures(source)
  const fields = Object.values(types).flatMap((type) => [...allFields(type.fields)])
  const usedCodes = new Set(fields.flatMap((field) => field.codes ?? []))
  const usedRules = new Set([...Object.values(types), ...fields].flatMap((owner) => owner.rules ?? []))
  return {
    'r4-structures.json': linePerMember(types),
    'r4-codes.json': linePerMember(buildCodes(source, usedCodes)),
    'r4-rules.json': linePerMember(buildRules(source.structures, usedRules)),
  }
}

function* allFields(fields: TypeDefinition['fields']): Generator<FieldDefinition> {
  for (const field of Object.values(fields)) {
    yield field
    if (field.fields !== undefined) yield* allFields(field.fields)
  }
}

function linePerMember(value: object): string {
  const lines = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${JSON.stringify(member)}`,
  )
  return `{\n${lines.join(',\n')}\n}\n`
}
