/** Compiles a parsed FHIRPath expression into closures over plain JSON. What cannot be decided comes out as `undefined`. */
import { equal, order, sameItem } from './compare.ts'
import type { Expression } from './expression.ts'
import { answer, type Environment, type Evaluate, functions, isOfType, truth } from './functions.ts'
import { type ChoiceMembers, isObject, membersNamed } from './navigate.ts'

/** A compiled invariant: true, false, or undefined where FHIRPath answers `{}`. Never throws on JSON. */
export type Test = (item: unknown, environment: Environment) => boolean | undefined

const ucum = 'http://unitsofmeasure.org'

/** Compiles an invariant. Throws when it uses a function that is not in the table: the definitions were regenerated. */
export function compileTest(expression: Expression, choices: ChoiceMembers): Test {
  const evaluate = compile(expression, choices, true)
  if (!JSON.stringify(expression).includes('"%context"'))
    return (item, environment) => truth(evaluate([item], environment))
  return (item, environment) => truth(evaluate([item], { ...environment, context: item }))
}

function compile(expression: Expression, choices: ChoiceMembers, atRoot = false): Evaluate {
  if ('value' in expression) {
    const literal = [expression.value]
    return () => literal
  }
  if ('name' in expression) return compileName(expression.name, choices, atRoot)
  if ('call' in expression) return compileCall(expression.call, expression.args, choices)
  if (expression.op === '.') return compileStep(expression, choices, atRoot)
  return compileOperator(expression, choices, atRoot)
}

function compileName(name: string, choices: ChoiceMembers, atRoot: boolean): Evaluate {
  if (name === '$this') return (focus) => focus
  if (name === '%resource') return (_, environment) => [environment.resource]
  if (name === '%context') return (_, environment) => [environment.context]
  if (name === '%rootResource') return (_, environment) => [environment.root]
  if (name === '%ucum') return () => [ucum]
  if (atRoot && /^[A-Z]/.test(name))
    return (focus) => focus.filter((item) => isObject(item) && item.resourceType === name)
  return (focus) =>
    focus.length === 1
      ? membersNamed(focus[0], name, choices)
      : focus.flatMap((item) => membersNamed(item, name, choices))
}

type Binary = Extract<Expression, { op: string }>

function compileStep({ left, right }: Binary, choices: ChoiceMembers, atRoot: boolean): Evaluate {
  const from = compile(left, choices, atRoot)
  const to = compile(right, choices)
  return (focus, environment) => to(from(focus, environment), environment, focus)
}

function compileCall(name: string, args: readonly Expression[], choices: ChoiceMembers): Evaluate {
  if (name === 'is' || name === 'as' || name === 'ofType') return compileTypeTest(name, args[0])
  const use = functions[name]
  if (use === undefined) throw new Error(`an invariant uses ${name}(), which is not in the table`)
  const compiled = args.map((arg) => compile(arg, choices))
  return (input, environment, outer = input) => use({ input, outer, args: compiled, environment })
}

function compileTypeTest(name: string, type: Expression | undefined): Evaluate {
  const typeName = type !== undefined && 'name' in type ? type.name : ''
  if (name === 'is') return (input) => answer(input.length === 0 ? undefined : isOfType(input[0], typeName))
  return (input) => input.filter((item) => isOfType(item, typeName))
}

function compileOperator({ op, left, right }: Binary, choices: ChoiceMembers, atRoot: boolean): Evaluate {
  if (op === 'is' || op === 'as') {
    const of = compile(left, choices, atRoot)
    const test = compileTypeTest(op, right)
    return (focus, environment) => test(of(focus, environment), environment)
  }
  const a = compile(left, choices, atRoot)
  const b = compile(right, choices, atRoot)
  const logic = connectives[op]
  if (logic !== undefined)
    return (focus, environment) =>
      answer(logic(truth(a(focus, environment)), () => truth(b(focus, environment))))
  const combine = operators[op]
  if (combine === undefined)
    throw new Error(`an invariant uses the operator ${op}, which is not in the table`)
  return (focus, environment) => combine(a(focus, environment), b(focus, environment))
}

type Logic = (a: boolean | undefined, b: () => boolean | undefined) => boolean | undefined

const or: Logic = (a, b) => {
  if (a === true) return true
  const other = b()
  return other === true ? true : a === undefined || other === undefined ? undefined : false
}

const and: Logic = (a, b) => {
  if (a === false) return false
  const other = b()
  return other === false ? false : a === undefined || other === undefined ? undefined : true
}

/** Three-valued, FHIRPath 6.5. The right side is looked at only when it matters. */
const connectives: Readonly<Record<string, Logic>> = {
  or,
  and,
  xor: (a, b) => {
    const other = b()
    return a === undefined || other === undefined ? undefined : a !== other
  },
  implies: (a, b) => or(a === undefined ? undefined : !a, b),
}

type Combine = (a: readonly unknown[], b: readonly unknown[]) => readonly unknown[]

const ordered =
  (test: (difference: number) => boolean): Combine =>
  (a, b) => {
    const difference = a.length === 1 && b.length === 1 ? order(a[0], b[0]) : undefined
    return difference === undefined ? [] : [test(difference)]
  }

const isIn = (item: readonly unknown[], list: readonly unknown[]): readonly unknown[] =>
  item.length === 0 ? [] : [list.some((other) => sameItem(item[0], other))]

const union: Combine = (a, b) =>
  [...a, ...b].filter((item, i, all) => !all.slice(0, i).some((earlier) => sameItem(earlier, item)))

function plus(a: unknown, b: unknown): readonly unknown[] {
  if (typeof a === 'string' && typeof b === 'string') return [a + b]
  return typeof a === 'number' && typeof b === 'number' ? [a + b] : []
}

const operators: Readonly<Record<string, Combine>> = {
  '=': (a, b) => answer(equal(a, b)),
  '!=': (a, b) => {
    const same = equal(a, b)
    return answer(same === undefined ? undefined : !same)
  },
  '<': ordered((d) => d < 0),
  '<=': ordered((d) => d <= 0),
  '>': ordered((d) => d > 0),
  '>=': ordered((d) => d >= 0),
  '|': union,
  '&': (a, b) => [`${String(a[0] ?? '')}${String(b[0] ?? '')}`],
  '+': (a, b) => plus(a[0], b[0]),
  in: (a, b) => isIn(a, b),
  contains: (a, b) => isIn(b, a),
}
