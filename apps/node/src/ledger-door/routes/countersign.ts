/**
 * POST /ledger/v1/cosignatures?height=H: another member brings the checkpoint that it signed after block H; this node adds its line when
 * its own log is the same, and keeps the two notes as evidence when it is not (spec 5 §8).
 */
import {
  checkCheckpoint,
  checkpointKeyName,
  countersignCheckpoint,
  decodeCheckpoint,
  equalBytes,
  isRefusal,
  type Refusal,
  refuse,
  type SignedCheckpoint,
} from '@meridian/protocol'
import { type LedgerNeeds, type LedgerRoute, PATTERN, refused } from '../ledger-route.ts'
import { receiptKeysOf } from '../member-keys.ts'

/** The route; 422 when the note is not one, is not signed by a member, or shows another log; 404 when the height is not here yet. */
export const countersign: LedgerRoute = {
  method: 'POST',
  audience: 'anyone',
  url: '/ledger/v1/cosignatures',
  params: {},
  query: { height: PATTERN.height },
  async answer(needs, { body, query }) {
    const { member, engine, suite } = needs
    const signed = decodeCheckpoint(body)
    const refusal = isRefusal(signed) ? signed : checkNote(needs, signed, BigInt(query.height ?? '0'))
    if (isRefusal(signed) || refusal !== undefined || member === undefined)
      return refused(refusal ?? refuse('engine', 'checkpoint.not-signed'))
    const key = {
      name: checkpointKeyName(engine.chainId, member.organisation),
      signer: member.receiptSigner,
      time: member.nowSeconds(),
    }
    const note = countersignCheckpoint(suite, signed, key)
    return { status: 200, type: 'text/plain; charset=utf-8', body: note }
  },
}

function checkNote(needs: LedgerNeeds, signed: SignedCheckpoint, height: bigint): Refusal | undefined {
  const { engine, suite, member } = needs
  const by = checkCheckpoint(suite, signed, receiptKeysOf(engine))
  if (isRefusal(by)) return { ...by, module: 'engine' }
  const state = engine.block(height)?.state
  if (state === undefined) return refuse('engine', 'engine.height-unknown', { height: height.toString() })
  const isSameTree = signed.origin === engine.chainId && signed.size === state.logSize
  if (isSameTree && equalBytes(signed.root, state.logRoot)) return undefined
  if (isSameTree) member?.keepContradiction(height, signed)
  return refuse('engine', 'checkpoint.inconsistent', { size: signed.size })
}
