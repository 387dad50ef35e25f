/** The members of one type, looked up by JSON name: `valueQuantity`, `_birthDate`. */
import type { PrimitiveForm } from '../primitive-forms.ts'
import type { Walk } from '../walk.ts'
import type { Rule } from './rule.ts'

/** Checks one JSON value at the place where the walk is. */
export type Check = (value: unknown, walk: Walk) => void

/** One JSON member of an object. */
export interface Member {
  /** The member as written: `birthDate`, `valueQuantity`. */
  readonly name: string
  /** Where the extensions of a primitive stand: `_birthDate`. Undefined for complex types. */
  readonly holder: string | undefined
  readonly many: boolean
  /** Index of the choice element it belongs to, or -1. */
  readonly choice: number
  /** FHIR type code. */
  readonly type: string
  /** The check of `Element`, for what stands in `holder`. */
  readonly holderCheck: Check
  /** The form of a primitive; undefined for complex types. */
  readonly form: PrimitiveForm | undefined
  /** Structure and meaning of one value: the type's own check for complex types, then bindings and references. */
  readonly check: Check
  readonly rules: readonly Rule[]
}

/** An element that must be there, with the JSON names that count as it. */
export interface Required {
  readonly name: string
  readonly alternatives: readonly string[]
}

/** All members of a type. */
export interface Members {
  readonly typeName: string
  readonly byName: ReadonlyMap<string, Member>
  readonly required: readonly Required[]
  readonly choiceNames: readonly string[]
}
