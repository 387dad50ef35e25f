/** `propose`: a core member puts a question to the core members (spec 1 §6.12). */
import { decodeAction, isRefusal, type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import type { Settling } from './settle.ts'
import { GOVERNANCE, pendingProposals, readProposal, writeProposal } from './state.ts'

/** CONSENSUS: bounds of what is looked at in every block, and of how long a question stands. */
const MOST_OPEN = 16
const LONGEST_SECONDS = 90n * 86_400n
const FURTHEST_BLOCKS = 10_000_000n

/** The rule. Its `check` refuses with governance codes and with those of the kind that is proposed. */
export function propose({ needs, table }: Settling): Rule<'propose'> {
  function check(view: StateView, statement: Statement<'propose'>, context: Context): Refusal | undefined {
    const { issuer, body } = statement
    if (!needs.isCoreMember(view, issuer)) return refuse(GOVERNANCE, 'governance.not-core')
    if (readProposal(view, body.proposalId) !== undefined) {
      return refuse(GOVERNANCE, 'governance.proposal-exists')
    }
    const own = pendingProposals(view).filter(({ proposer }) => proposer === issuer).length
    if (own >= MOST_OPEN) return refuse(GOVERNANCE, 'governance.too-many-open', { limit: MOST_OPEN })
    return checkTimes(statement, context) ?? checkAction(view, statement, context)
  }

  function checkAction(
    view: StateView,
    { body }: Statement<'propose'>,
    context: Context,
  ): Refusal | undefined {
    const rule = table.get(body.kind)
    if (rule === undefined) return refuse(GOVERNANCE, 'governance.unknown-kind')
    const action = decodeAction(rule.kind, body.action)
    if (isRefusal(action)) {
      return refuse(GOVERNANCE, 'governance.bad-action', { field: action.detail.field ?? 'action' })
    }
    return rule.check(view, { action, activationHeight: body.activationHeight }, context)
  }

  /** Effects: the proposal is open. */
  function apply(view: WritableView, statement: Statement<'propose'>, context: Context): Refusal | undefined {
    const refusal = check(view, statement, context)
    if (refusal !== undefined) return refusal
    const { proposalId, ...asked } = statement.body
    writeProposal(view, proposalId, {
      ...asked,
      proposer: statement.issuer,
      proposedHeight: context.height,
      outcome: 'open',
      outcomeHeight: undefined,
      tally: undefined,
      failure: '',
    })
    return undefined
  }

  return { kind: 'propose', check, apply }
}

function checkTimes({ body }: Statement<'propose'>, context: Context): Refusal | undefined {
  const { deadlineSeconds, activationHeight } = body
  const { timeSeconds, height } = context
  if (deadlineSeconds <= timeSeconds || deadlineSeconds > timeSeconds + LONGEST_SECONDS) {
    return refuse(GOVERNANCE, 'governance.deadline', { limit: LONGEST_SECONDS.toString() })
  }
  const least = height + 1n
  const most = height + FURTHEST_BLOCKS
  if (activationHeight === 0n || (activationHeight >= least && activationHeight <= most)) return undefined
  const range = { least: least.toString(), most: most.toString() }
  return refuse(GOVERNANCE, 'governance.activation-height', range)
}
