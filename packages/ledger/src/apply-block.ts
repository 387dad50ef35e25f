/** One block through the rules: begin, each statement, end. Design §5. */
import { isRefusal, type Refusal, type Statement } from '@meridian/protocol'
import { checkEnvelope } from './check-envelope.ts'
import type { Context } from './context.ts'
import { ruleFor } from './rule-for.ts'
import type { WritableView } from './state-view.ts'
import { rememberUniqueId } from './unique-ids/remember.ts'
import { sweepUniqueIds } from './unique-ids/sweep.ts'

/**
 * Executes the statements of one non-empty block in order. The answer has one entry for each, undefined where it
 * was accepted. Effects: state, through `view` only. A well-signed statement that its module refuses changes
 * nothing but the memory of its unique id; one that is not well signed changes nothing at all.
 */
export function applyBlock(
  view: WritableView,
  statements: readonly Statement[],
  context: Context,
): readonly (Refusal | undefined)[] {
  sweepUniqueIds(view, context, statements.length)
  return statements.map((statement) => applyStatement(view, statement, context))
}

function applyStatement(view: WritableView, statement: Statement, context: Context): Refusal | undefined {
  const refusal = checkEnvelope(view, statement, context)
  if (refusal !== undefined) return refusal
  rememberUniqueId(view, statement)
  const rule = ruleFor(statement)
  return isRefusal(rule) ? rule : rule.apply(view, statement, context)
}
