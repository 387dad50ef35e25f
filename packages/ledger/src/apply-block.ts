/** One block through the rules: begin, each statement in turn. Design §5. */
import { isRefusal, type Refusal, type Statement } from '@meridian/protocol'
import { checkEnvelope } from './check-envelope.ts'
import type { Context } from './context.ts'
import type { Misbehaviour } from './misbehaviour.ts'
import type { LedgerModule } from './module.ts'
import type { Edition } from './modules/governance/queries.ts'
import type { RuleBook } from './rule-book.ts'
import type { WritableView } from './state-view.ts'
import { rememberUniqueId } from './unique-ids/remember.ts'
import { sweepUniqueIds } from './unique-ids/sweep.ts'

/** What executing needs besides state and block: `edition` is what state said before the block. */
export interface Execution {
  readonly modules: readonly LedgerModule[]
  readonly book: RuleBook
  readonly edition: Edition
}

/** What stands in a block. */
export interface BlockContent {
  readonly statements: readonly Statement[]
  readonly misbehaviour: readonly Misbehaviour[]
}

/**
 * Executes a block that is not empty. The answer has one entry for each statement, undefined where it was accepted. Effects:
 * state, through `view` only. A well-signed statement that its module refuses changes nothing but the memory of its unique
 * id; one that is not well signed, or whose issuer may not speak, changes nothing at all.
 */
export function applyBlock(
  view: WritableView,
  { statements, misbehaviour }: BlockContent,
  execution: Execution,
  context: Context,
): readonly (Refusal | undefined)[] {
  sweepUniqueIds(view, context, statements.length)
  for (const module of execution.modules) module.beginBlock?.(view, context, misbehaviour)
  return statements.map((statement) => applyStatement(view, statement, execution, context))
}

function applyStatement(
  view: WritableView,
  statement: Statement,
  { book, edition }: Execution,
  context: Context,
): Refusal | undefined {
  const rule = book.ruleFor(statement, { ...edition, height: context.height })
  const refusal = checkEnvelope(view, statement, rule, context)
  if (refusal !== undefined) return refusal
  rememberUniqueId(view, statement)
  return isRefusal(rule) ? rule : rule.apply(view, statement, context)
}
