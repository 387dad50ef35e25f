/** POST /ledger/v1/statements: the bytes of one signed statement; answers when a block holds it. */
import { submittedForm } from '@meridian/client'
import { isRefusal } from '@meridian/protocol'
import { found, type LedgerRoute, refused } from '../ledger-route.ts'

/**
 * The route, also for another member: one whose own node is away or not let in still revokes a key or says where its new node is. The
 * statement is judged by its own signature, whoever brings it, and its issuer's limits count. 422 with the refusal of the form or of the ledger, 503 when too many wait.
 */
export const submitStatement: LedgerRoute = {
  method: 'POST',
  audience: 'member',
  url: '/ledger/v1/statements',
  params: {},
  query: {},
  async answer({ engine, onRefused }, { body }) {
    const answer = await engine.submit(body)
    if (!isRefusal(answer)) return found(submittedForm, answer)
    onRefused?.(answer.code)
    return refused(answer)
  },
}
