/** Signs a statement in the organisation's name, with a life counted in block time. */
import {
  decodeStatement,
  isRefusal,
  type Signer,
  type StatementBodies,
  type StatementKind,
  type Suite,
  signStatement,
  subjectOf,
} from '@meridian/protocol'

/** What it takes to sign for the organisation. */
export interface Signing {
  readonly suite: Suite
  readonly signer: Signer
  readonly organisationId: string
  readonly genesisHash: Uint8Array
  /** 16 fresh random bytes. */
  readonly newUniqueId: () => Uint8Array
}

/** Signed bytes, the id by which the chain knows them, and when they are void. */
export interface SignedStatement {
  readonly statementId: Uint8Array
  readonly bytes: Uint8Array
  readonly expirySeconds: bigint
}

/** A statement lives this long in block time unless a block takes it; the ledger allows 24 h. */
const lifeSeconds = 3600n

/** @throws when the body cannot be stated: a bug of ours. */
export function signFor<K extends StatementKind>(
  { suite, signer, organisationId, genesisHash, newUniqueId }: Signing,
  kind: K,
  body: StatementBodies[K],
  blockTimeSeconds: bigint,
): SignedStatement {
  const expirySeconds = blockTimeSeconds + lifeSeconds
  const subject = subjectOf(suite, kind, body)
  const uniqueId = newUniqueId()
  const draft = { issuer: organisationId, subject, genesisHash, expirySeconds, uniqueId, kind, body }
  const bytes = signStatement(suite, draft, signer)
  const statement = decodeStatement(suite, bytes)
  if (isRefusal(statement)) throw new Error(`a statement of ours is malformed: ${statement.code}`)
  return { statementId: statement.id, bytes, expirySeconds }
}
