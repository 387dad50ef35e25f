/** A rule of an active member out of what it checks and what it changes, so that no rule of the registry applies unchecked. */
import { type Refusal, refuse, type Statement, type StatementKind } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import type { RegistryNeeds } from './needs.ts'
import { REGISTRY } from './state.ts'

/** What one kind checks, and what it then changes. */
export interface RuleParts<K extends StatementKind> {
  readonly check: (view: StateView, statement: Statement<K>, context: Context) => Refusal | undefined
  readonly change: (view: WritableView, statement: Statement<K>, context: Context) => void
}

/** The rule; its `check` refuses with membership.not-active before anything else. */
export function checkedRule<K extends StatementKind>(
  kind: K,
  needs: Pick<RegistryNeeds, 'isActive'>,
  { check: checkPart, change }: RuleParts<K>,
): Rule<K> {
  const check = (view: StateView, statement: Statement<K>, context: Context): Refusal | undefined =>
    needs.isActive(view, statement.issuer)
      ? checkPart(view, statement, context)
      : refuse(REGISTRY, 'membership.not-active')
  return {
    kind,
    check,
    apply(view, statement, context) {
      const refusal = check(view, statement, context)
      if (refusal === undefined) change(view, statement, context)
      return refusal
    },
  }
}
