/** What every statement kind brings: its body both ways and the ledger object it speaks of (spec 1 §6). */
import type { CborValue } from '../cbor.ts'
import type { Refusal } from '../refusal.ts'
import type { Suite } from '../suite.ts'

/** One statement kind. `encode` throws a `RangeError` for a body that `decode` would refuse. */
export interface StatementForm<Body> {
  readonly kind: string
  encode(body: Body): CborValue
  decode(value: CborValue): Body | Refusal
  /** The `sub` claim: a ledger object, never a person, never a record. */
  subjectOf(suite: Suite, body: Body): string
}
