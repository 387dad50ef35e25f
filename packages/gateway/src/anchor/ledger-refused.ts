/** The ledger said no for a reason that no waiting mends: the organisation is suspended, an observer, or its key has ended. */
import { type Refusal, refusalText } from '@meridian/protocol'

/** Thrown inside the room and to whoever asked it to anchor now; what waits goes on waiting. */
export class LedgerRefused extends Error {
  readonly code: string
  readonly text: { readonly zh: string; readonly en: string }
  constructor(refusal: Refusal) {
    const text = refusalText(refusal)
    super(text.en)
    this.code = refusal.code
    this.text = text
  }
}
