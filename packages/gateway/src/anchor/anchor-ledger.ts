/** What the room `anchor` needs of the ledger; the client gives it, over HTTP or in the same process. */
import type { Refusal } from '@meridian/protocol'

/** Where a statement stands in the chain; `refusal` when the block has it but the ledger refused it. */
export interface StatementPlace {
  readonly height: bigint
  readonly blockTimeSeconds: bigint
  readonly refusal?: Refusal
}

/** The ledger as the outbox sees it. Rejections are the outside failing and are tried again with the same bytes. */
export interface AnchorLedger {
  /** Resolves when a block has the statement, or with the refusal; the same bytes a second time change nothing. */
  submit(bytes: Uint8Array): Promise<Refusal | undefined>
  /** Where the statement is, once a block has it. */
  locate(statementId: Uint8Array): Promise<StatementPlace | undefined>
  /** Time of the newest block in whole seconds: what expiry is measured by. */
  blockTimeSeconds(): Promise<bigint>
}
