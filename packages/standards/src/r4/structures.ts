/** The compact form of FHIR R4's StructureDefinitions, value sets and invariants, and where it is read from. */
import { readFileSync } from 'node:fs'
import type { Expression } from '../fhirpath/expression.ts'

/** One element of a type. Absent members mean: optional, at most one, no binding, no rules. */
export interface FieldDefinition {
  /** Type code; `Resource` means any resource. Absent with `choice`, `fields` or `same`. */
  readonly type?: string
  /** For `value[x]`: the type codes allowed; the member is then called name + capitalised code. */
  readonly choice?: readonly string[]
  readonly min?: number
  /** True for a list (max > 1 or `*`). */
  readonly many?: true
  /** A bound on the list, where it is not `*`. */
  readonly max?: number
  /** Resource types a Reference may lead to; absent when any. */
  readonly targets?: readonly string[]
  /** Url of the value set of a required binding. */
  readonly codes?: string
  /** Keys of `r4-rules.json` that hold for each instance of this element. */
  readonly rules?: readonly string[]
  /** The members of a backbone element. */
  readonly fields?: Readonly<Record<string, FieldDefinition>>
  /** Path of another backbone element with the same members (contentReference), `Type.a.b`. */
  readonly same?: string
}

/** One data type or resource. Its members are those of `base` and `fields`. */
export interface TypeDefinition {
  readonly kind: 'complex' | 'resource'
  readonly base?: string
  readonly abstract?: true
  readonly rules?: readonly string[]
  readonly fields: Readonly<Record<string, FieldDefinition>>
}

/** Codes of a value set by code system url; `form` names a syntax to check instead, where the list is not ours to ship. */
export type CodeSet =
  | { readonly systems: Readonly<Record<string, readonly string[]>> }
  | { readonly form: string }

/** One invariant of severity `error`. `human` is the standard's own English sentence. */
export interface RuleDefinition {
  readonly human: string
  readonly expression: Expression
  readonly source: string
}

/** The three generated files, parsed. */
export interface Definitions {
  readonly types: Readonly<Record<string, TypeDefinition>>
  readonly codes: Readonly<Record<string, CodeSet>>
  readonly rules: Readonly<Record<string, RuleDefinition>>
}

const folder = new URL('../../generated/', import.meta.url)

const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))

/** Reads the compact definitions from `packages/standards/generated/`. Throws when they are missing: the installation is broken. */
export function readDefinitions(): Definitions {
  return {
    types: readJson('r4-structures.json') as Definitions['types'],
    codes: readJson('r4-codes.json') as Definitions['codes'],
    rules: readJson('r4-rules.json') as Definitions['rules'],
  }
}
