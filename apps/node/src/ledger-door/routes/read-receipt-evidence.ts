/** GET /ledger/v1/receipt-evidence/:id: the Meridian receipt of a statement, without a record; canonical text. */
import { encodeReceipt, fromHex, isRefusal } from '@meridian/protocol'
import { type LedgerRoute, PATTERN, refused } from '../ledger-route.ts'
import { receiptEvidence } from '../receipt-evidence.ts'

/** The route; 404 while there is nothing to prove, 422 with the refusal of a statement that was refused. */
export const readReceiptEvidence: LedgerRoute = {
  method: 'GET',
  audience: 'anyone',
  url: '/ledger/v1/receipt-evidence/:id',
  params: { id: PATTERN.hash },
  query: { headerHeight: PATTERN.height },
  async answer(needs, { params, query }) {
    const statementId = fromHex(params.id ?? '') ?? new Uint8Array()
    const headerHeight = query.headerHeight === undefined ? undefined : BigInt(query.headerHeight)
    const receipt = receiptEvidence(needs, statementId, headerHeight)
    return isRefusal(receipt) ? refused(receipt) : { status: 200, body: encodeReceipt(receipt) }
  },
}
