/** POST /ledger/v1/statements: the bytes of one signed statement; answers when a block holds it. */
import { submittedForm } from '@meridian/client'
import { isRefusal } from '@meridian/protocol'
import { found, type LedgerRoute, refused } from '../ledger-route.ts'

/** The route; 422 with the refusal of the form or of the ledger, 503 when too many wait. */
export const submitStatement: LedgerRoute = {
  method: 'POST',
  audience: 'own',
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
