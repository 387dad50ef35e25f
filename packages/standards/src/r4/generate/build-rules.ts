/** Collects the invariants of severity `error` and parses their FHIRPath once, for `generated/r4-rules.json`. */
import { parseFhirPath } from '@medplum/core'
import type { StructureDefinition } from '@medplum/fhirtypes'
import type { Expression } from '../../fhirpath/expression.ts'
import type { RuleDefinition } from '../structures.ts'
import { ruleName } from './build-structures.ts'

/** Every rule that `used` names, by name. Throws when one name stands for two different expressions. */
export function buildRules(
  structures: readonly StructureDefinition[],
  used: ReadonlySet<string>,
): Record<string, RuleDefinition> {
  const rules = new Map<string, RuleDefinition>()
  for (const structure of structures) {
    for (const element of structure.snapshot?.element ?? []) {
      for (const { key, expression, human } of element.constraint ?? []) {
        const name = ruleName(element.path ?? '', key ?? '')
        if (expression === undefined || !used.has(name)) continue
        const known = rules.get(name)
        if (known !== undefined && known.source !== expression) throw new Error(`two expressions for ${name}`)
        if (known === undefined)
          rules.set(name, { human: human ?? '', expression: expressionOf(expression), source: expression })
      }
    }
  }
  return Object.fromEntries([...rules].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** One FHIRPath expression as plain JSON. */
export function expressionOf(source: string): Expression {
  return plain((parseFhirPath(source) as unknown as { child: Atom }).child)
}

/** The members of Medplum's syntax tree nodes that tell them apart. */
interface Atom {
  readonly operator?: string
  readonly left?: Atom
  readonly right?: Atom
  readonly expr?: Atom
  readonly name?: string
  readonly args?: readonly Atom[]
  readonly value?: { readonly value: string | number | boolean }
}

function plain(atom: Atom): Expression {
  if (atom.args !== undefined) return { call: atom.name ?? '', args: atom.args.map(plain) }
  if (atom.operator !== undefined && atom.left !== undefined && atom.right !== undefined)
    return { op: atom.operator, left: plain(atom.left), right: plain(atom.right) }
  if (atom.left !== undefined && atom.expr !== undefined)
    return { op: '[]', left: plain(atom.left), right: plain(atom.expr) }
  if (atom.name !== undefined) return { name: atom.name }
  if (atom.value !== undefined) return { value: atom.value.value }
  throw new Error('a FHIRPath node of a kind the invariants did not have')
}
