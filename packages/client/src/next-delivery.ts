/**
 * The replacement rule: what to do with a statement that was signed and kept. The same bytes are submitted until a block
 * holds them; another one is signed only when a block later than the expiry lacks them, because before that both could be
 * ordered. Design §7.
 */
import type { StatementPlace } from './documents/place-document.ts'
import type { SignedStatement } from './sign-for-ledger.ts'

/** What the chain says now. Ask for the time of the newest block first, then for the place. */
export interface ChainView {
  /** Time of the newest block, whole seconds since 1970, read before the places were. */
  readonly blockTimeSeconds: bigint
  /** Where each of the signed statements stands, in their order; undefined where no block holds it. */
  readonly places: readonly (StatementPlace | undefined)[]
}

/** What to do next. */
export type NextDelivery =
  | { readonly step: 'final'; readonly statement: SignedStatement; readonly place: StatementPlace }
  | { readonly step: 'submit'; readonly statement: SignedStatement }
  | { readonly step: 'sign' }

/** Decides for the statements signed so far for one purpose, the oldest first. */
export function nextDelivery(signed: readonly SignedStatement[], view: ChainView): NextDelivery {
  for (const [i, statement] of signed.entries()) {
    const place = view.places[i]
    if (place !== undefined && place.refusal === null) return { step: 'final', statement, place }
  }
  const newest = signed.at(-1)
  if (newest === undefined) return { step: 'sign' }
  const isVoid = view.blockTimeSeconds > newest.expirySeconds || view.places.at(-1) !== undefined
  return isVoid ? { step: 'sign' } : { step: 'submit', statement: newest }
}
