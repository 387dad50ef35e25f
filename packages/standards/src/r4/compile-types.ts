/** Compiles FHIR R4's types into checks, each when it is first met. */
import type { ChoiceMembers } from '../fhirpath/navigate.ts'
import { primitiveForms } from '../primitive-forms.ts'
import { checkNarrative } from './check-narrative.ts'
import { checkObject } from './check-object.ts'
import { codeCheck } from './code-sets.ts'
import type { Check, Member, Members, Required } from './members.ts'
import { referenceCheck } from './references.ts'
import { createRules, type Rule, type RuleSource } from './rule.ts'
import type { Definitions, FieldDefinition, TypeDefinition } from './structures.ts'

/** What the compiled types are asked for. */
export interface CompiledTypes {
  /** The check of a data type or of one resource type. */
  checkOf(typeName: string): Check
  isResourceType(name: string): boolean
}

/** What compiling one element needs of the whole. */
interface Compiler extends CompiledTypes {
  readonly definitions: Definitions
  /** The check for an element that may be any resource. */
  readonly anyResource: Check
  rule(name: string): Rule
  fieldsOf(typeName: string): Readonly<Record<string, FieldDefinition>>
  /** The element a contentReference names. */
  fieldAt(path: string): FieldDefinition
}

const nothing: Check = () => undefined

/** Makes the compiler. `anyResource` checks whatever stands where a resource is expected. */
export function compileTypes(
  definitions: Definitions,
  anyResource: Check,
  rules: RuleSource = createRules,
): CompiledTypes {
  const checks = new Map<string, Check>()
  const rule = rules(definitions, choiceMembers(definitions))
  const compiler: Compiler = {
    definitions,
    anyResource,
    rule,
    isResourceType: (name) => definitionOf(name)?.kind === 'resource' && !definitionOf(name)?.abstract,
    fieldsOf: (name) => {
      const type = definitionOf(name)
      return type === undefined ? {} : { ...(type.base ? compiler.fieldsOf(type.base) : {}), ...type.fields }
    },
    fieldAt: (path) => {
      const [type = '', ...names] = path.split('.')
      let field: FieldDefinition = { fields: compiler.fieldsOf(type) }
      for (const name of names) field = field.fields?.[name] ?? {}
      return field
    },
    checkOf: (name) => {
      const known = checks.get(name)
      if (known !== undefined) return known
      const check = compileType(name, compiler)
      checks.set(name, check)
      return check
    },
  }
  const definitionOf = (name: string): TypeDefinition | undefined =>
    Object.hasOwn(definitions.types, name) ? definitions.types[name] : undefined
  return compiler
}

/** `valueQuantity` to `value`, over all types. */
export function choiceMembers({ types }: Definitions): ChoiceMembers {
  const members = new Map<string, string>()
  const collect = (fields: TypeDefinition['fields']): void => {
    for (const [name, field] of Object.entries(fields)) {
      for (const type of field.choice ?? []) members.set(choiceName(name, type), name)
      if (field.fields !== undefined) collect(field.fields)
    }
  }
  for (const type of Object.values(types)) collect(type.fields)
  return members
}

/** `value` and `dateTime` to `valueDateTime`; a SimpleQuantity is written as the Quantity it is. */
function choiceName(name: string, type: string): string {
  const written = type === 'SimpleQuantity' ? 'Quantity' : type
  return name + written.charAt(0).toUpperCase() + written.slice(1)
}

function rulesOfType(name: string, compiler: Compiler): Rule[] {
  const type = compiler.definitions.types[name]
  const inherited = type?.base === undefined ? [] : rulesOfType(type.base, compiler)
  return [...inherited, ...(type?.rules ?? []).map(compiler.rule)]
}

function compileType(name: string, compiler: Compiler): Check {
  const isResource = compiler.definitions.types[name]?.kind === 'resource'
  return lazily(() => {
    const members = compileMembers(name, compiler.fieldsOf(name), compiler)
    const rules = rulesOfType(name, compiler)
    return (value, walk) => checkObject(value, members, rules, isResource, walk)
  })
}

/** Compiles on first use: types contain one another. */
function lazily(compile: () => Check): Check {
  let compiled: Check | undefined
  return (value, walk) => {
    compiled ??= compile()
    compiled(value, walk)
  }
}

function compileMembers(
  typeName: string,
  fields: Readonly<Record<string, FieldDefinition>>,
  compiler: Compiler,
): Members {
  const byName = new Map<string, Member>()
  const required: Required[] = []
  const choiceNames: string[] = []
  for (const [name, written] of Object.entries(fields)) {
    const field = written.same === undefined ? written : sameAs(compiler.fieldAt(written.same), written)
    const types = field.choice ?? [field.type ?? 'Element']
    const choice = field.choice === undefined ? -1 : choiceNames.push(name) - 1
    const names = field.choice === undefined ? [name] : types.map((type) => choiceName(name, type))
    types.forEach((type, i) => {
      const place = { owner: typeName, name: names[i] ?? name, choice }
      const member = compileMember(place, field, type, compiler)
      byName.set(member.name, member)
      if (member.holder !== undefined) byName.set(member.holder, member)
    })
    if (field.min === 1) required.push({ name, alternatives: names.flatMap((n) => [n, `_${n}`]) })
  }
  return { typeName, byName, required, choiceNames }
}

/** An element with the members and rules of another and a cardinality of its own. */
function sameAs({ type, fields, rules }: FieldDefinition, written: FieldDefinition): FieldDefinition {
  return { type: type ?? 'Element', ...(fields ? { fields } : {}), ...(rules ? { rules } : {}), ...written }
}

function compileMember(
  { owner, name, choice }: { owner: string; name: string; choice: number },
  field: FieldDefinition,
  type: string,
  compiler: Compiler,
): Member {
  const form = Object.hasOwn(primitiveForms, type) ? primitiveForms[type] : undefined
  return {
    name,
    holder: form === undefined ? undefined : `_${name}`,
    holderCheck: compiler.checkOf('Element'),
    many: field.many === true,
    choice,
    type,
    form,
    check: inOrder([
      typeCheck(`${owner}.${name}`, field, type, compiler),
      ...meaningChecks(field, type, compiler),
    ]),
    rules: (field.rules ?? []).map(compiler.rule),
  }
}

function inOrder(checks: readonly Check[]): Check {
  const real = checks.filter((check) => check !== nothing)
  const [first = nothing, second] = real
  if (second === undefined) return first
  return (value, walk) => {
    for (const check of real) check(value, walk)
  }
}

function typeCheck(path: string, field: FieldDefinition, type: string, compiler: Compiler): Check {
  if (type === 'xhtml') return checkNarrative
  if (Object.hasOwn(primitiveForms, type)) return nothing
  if (type === 'Resource') return compiler.anyResource
  if (field.fields === undefined) return compiler.checkOf(type)
  const fields = field.fields
  return lazily(() => {
    const members = compileMembers(path, { ...compiler.fieldsOf(type), ...fields }, compiler)
    return (value, walk) => checkObject(value, members, [], false, walk)
  })
}

/** What is checked beyond structure: required bindings and the types a reference may lead to. */
function meaningChecks(field: FieldDefinition, type: string, compiler: Compiler): Check[] {
  const checks: Check[] = []
  if (type === 'Reference') checks.push(referenceCheck(field.targets, compiler.isResourceType))
  const set = field.codes === undefined ? undefined : compiler.definitions.codes[field.codes]
  const codes = set === undefined ? undefined : codeCheck(set, type)
  if (codes !== undefined) checks.push(codes)
  return checks
}
