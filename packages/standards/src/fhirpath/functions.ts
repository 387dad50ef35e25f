/** The FHIRPath functions that the invariants of FHIR R4 use. An answer is a list; an empty list is FHIRPath's `{}`. */
import { childrenOf, descendantsOf, isObject } from './navigate.ts'

/** What an expression can see beside its focus. */
export interface Environment {
  /** The resource the element is in (`%resource`). */
  readonly resource: unknown
  /** The resource that contains it (`%rootResource`); the same as `resource` when it is not contained. */
  readonly root: unknown
  /** The element the invariant is tested on (`%context`); only where the expression names it. */
  readonly context?: unknown
}

/**
 * An expression, evaluated on a focus. `outer` is the focus of the expression it stands in, where that differs: a
 * collection argument (`a.combine($this.b)`) is read from there.
 */
export type Evaluate = (
  focus: readonly unknown[],
  environment: Environment,
  outer?: readonly unknown[],
) => readonly unknown[]

/** One call: what it is called on, where its collection arguments are read, its arguments and what it can see. */
export interface Call {
  readonly input: readonly unknown[]
  readonly outer: readonly unknown[]
  readonly args: readonly Evaluate[]
  readonly environment: Environment
}

/** FHIRPath's reading of a list as a Boolean: one item that is no Boolean counts as true. */
export function truth(items: readonly unknown[]): boolean | undefined {
  return items.length === 0 ? undefined : items.length > 1 || items[0] !== false
}

/** A Boolean or empty as a list. */
export function answer(value: boolean | undefined): readonly unknown[] {
  return value === undefined ? [] : [value]
}

const argument = (call: Call, item: unknown, index = 0): readonly unknown[] =>
  call.args[index]?.([item], call.environment) ?? []

const text = (call: Call, index: number): string =>
  String(call.args[index]?.(call.outer, call.environment)[0] ?? '')

function onText(call: Call, use: (value: string) => unknown): readonly unknown[] {
  const value = call.input[0]
  return typeof value === 'string' ? [use(value)] : []
}

/** A key that is the same for equal items; members in another order make another key, which JSON of one sender never has. */
const keyOf = (item: unknown): unknown => (isObject(item) ? JSON.stringify(item) : item)

const isDistinct = (items: readonly unknown[]): boolean => new Set(items.map(keyOf)).size === items.length

/** Whether an item is of a type that is named in FHIRPath: a resource type, or a primitive that JSON can tell apart. */
export function isOfType(item: unknown, type: string): boolean {
  if (type === 'Boolean' || type === 'boolean') return typeof item === 'boolean'
  if (type === 'decimal' || type === 'integer') return typeof item === 'number'
  if (type === 'string') return typeof item === 'string'
  return isObject(item) && item.resourceType === type
}

function resolve(reference: unknown, environment: Environment): unknown[] {
  const target = isObject(reference) ? reference.reference : reference
  const root = environment.root
  if (typeof target !== 'string' || !target.startsWith('#') || !isObject(root)) return []
  const contained = root.contained
  return Array.isArray(contained) ? contained.filter((r) => isObject(r) && r.id === target.slice(1)) : []
}

/** Patterns come from the definitions only, never from a record, so there are a dozen of them. */
const patterns = new Map<string, RegExp>()

// Without the flag `u`: HL7 escapes what needs no escape. With `g` only for replacing all; `test` starts from 0.
function pattern(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(source, 'gs')
  patterns.set(source, known)
  known.lastIndex = 0
  return known
}

type FunctionTable = Readonly<Record<string, (call: Call) => readonly unknown[]>>

/** The table, by name. The type arguments of `is`, `as` and `ofType` are handled where calls are compiled. */
export const functions: FunctionTable = {
  empty: ({ input }) => [input.length === 0],
  not: ({ input }) => answer(input.length === 0 ? undefined : !truth(input)),
  hasValue: ({ input }) => [input.length === 1 && !isObject(input[0])],
  count: ({ input }) => [input.length],
  exists: (call) => [
    call.args.length === 0 ? call.input.length > 0 : call.input.some((item) => truth(argument(call, item))),
  ],
  all: (call) => [call.input.every((item) => truth(argument(call, item)) !== false)],
  allFalse: ({ input }) => [input.every((item) => item === false)],
  where: (call) => call.input.filter((item) => truth(argument(call, item))),
  select: (call) => call.input.flatMap((item) => argument(call, item)),
  iif: (call) => {
    const branch = truth(call.args[0]?.(call.input, call.environment) ?? []) ? 1 : 2
    return call.args[branch]?.(call.input, call.environment) ?? []
  },
  isDistinct: ({ input }) => [isDistinct(input)],
  first: ({ input }) => input.slice(0, 1),
  tail: ({ input }) => input.slice(1),
  children: ({ input }) => input.flatMap(childrenOf),
  descendants: ({ input }) => input.flatMap(descendantsOf),
  combine: (call) => [...call.input, ...(call.args[0]?.(call.outer, call.environment) ?? [])],
  intersect: (call) => {
    const other = call.args[0]?.(call.outer, call.environment) ?? []
    const keys = new Set(other.map(keyOf))
    return call.input.filter((item) => keys.has(keyOf(item)))
  },
  resolve: ({ input, environment }) => input.flatMap((item) => resolve(item, environment)),
  trace: ({ input }) => input,
  startsWith: (call) => onText(call, (value) => value.startsWith(text(call, 0))),
  contains: (call) => onText(call, (value) => value.includes(text(call, 0))),
  matches: (call) => onText(call, (value) => pattern(text(call, 0)).test(value)),
  replaceMatches: (call) => onText(call, (value) => value.replace(pattern(text(call, 0)), text(call, 1))),
  substring: (call) => onText(call, (value) => value.slice(Number(text(call, 0)))),
  toString: ({ input }: Call) => (input.length === 1 ? [String(input[0])] : []),
  toInteger: ({ input }) => {
    const digits = input.length === 1 ? String(input[0]) : ''
    return /^[+-]?\d+$/.test(digits) ? [Number(digits)] : []
  },
}
