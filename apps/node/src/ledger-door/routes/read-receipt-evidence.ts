/** GET /ledger/v1/receipt-evidence/:id: the Meridian receipt of a statement, without a record; canonical text. */
import { encodeReceipt, fromHex, isRefusal, type Receipt, type Refusal } from '@meridian/protocol'
import { type LedgerNeeds, type LedgerRoute, PATTERN, refused } from '../ledger-route.ts'
import { type AskedEvidence, receiptEvidence } from '../receipt-evidence.ts'

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
    const receipt = await evidenceOf(needs, {
      statementId,
      ...(headerHeight === undefined ? {} : { headerHeight }),
    })
    return isRefusal(receipt) ? refused(receipt) : { status: 200, body: encodeReceipt(receipt) }
  },
}

/** A statement from before this node's snapshot is fetched from another member; the log here says whether it is the right one. */
async function evidenceOf(needs: LedgerNeeds, asked: AskedEvidence): Promise<Receipt | Refusal> {
  const receipt = receiptEvidence(needs, asked)
  if (!isRefusal(receipt) || receipt.code !== 'engine.before-snapshot') return receipt
  const place = needs.engine.locate(asked.statementId)
  const bytes = place && (await needs.fetchOldStatement?.(place.height, place.index))
  return bytes === undefined ? receipt : receiptEvidence(needs, { ...asked, bytes })
}
