/** `anchor-batch`: the root over a batch of record commitments becomes evidence (spec 1 §6.4). */
import { type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { checkDay } from './day-range.ts'
import type { EvidenceNeeds } from './needs.ts'
import { EVIDENCE, hasBatch, writeBatch } from './state.ts'

/**
 * The rule. Its `check` refuses with membership.not-active, evidence.day-out-of-range, evidence.unknown-standards-set,
 * evidence.batch-exists.
 */
export function anchorBatch(needs: EvidenceNeeds): Rule<'anchor-batch'> {
  function check(
    view: StateView,
    statement: Statement<'anchor-batch'>,
    context: Context,
  ): Refusal | undefined {
    const { issuer, body } = statement
    if (!needs.isActive(view, issuer)) return refuse(EVIDENCE, 'membership.not-active')
    const refusal = checkDay(body.day, context)
    if (refusal !== undefined) return refusal
    if (!needs.isStandardsSet(view, body.standardsSetHash))
      return refuse(EVIDENCE, 'evidence.unknown-standards-set')
    return hasBatch(view, issuer, body.batchId) ? refuse(EVIDENCE, 'evidence.batch-exists') : undefined
  }

  /** Effects: the batch stands under its organisation and id for ever, so a replacement can never count twice. */
  function apply(
    view: WritableView,
    statement: Statement<'anchor-batch'>,
    context: Context,
  ): Refusal | undefined {
    const refusal = check(view, statement, context)
    if (refusal !== undefined) return refusal
    const { batchId, root, size } = statement.body
    writeBatch(view, { organisation: statement.issuer, batchId }, { height: context.height, root, size })
    return undefined
  }

  return { kind: 'anchor-batch', check, apply }
}
