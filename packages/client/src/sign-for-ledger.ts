/** Builds and signs a statement of an organisation, with its expiry in block time. */
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

/** What it takes to sign for an organisation on one chain. */
export interface SigningIdentity {
  readonly suite: Suite
  readonly signer: Signer
  readonly organisation: string
  /** 32 bytes. */
  readonly genesisHash: Uint8Array
  /** Answers 16 fresh random bytes. */
  readonly newUniqueId: () => Uint8Array
}

/** What is said. */
export interface Saying<K extends StatementKind> {
  readonly kind: K
  readonly body: StatementBodies[K]
  /** Time of the newest block, whole seconds since 1970. */
  readonly blockTimeSeconds: bigint
  /** How long the statement lives in block time; an hour unless given, at most 24 hours. */
  readonly lifeSeconds?: bigint
}

/** A signed statement and what has to be remembered with it. Keep it before it is submitted. */
export interface SignedStatement {
  readonly statementId: Uint8Array
  readonly bytes: Uint8Array
  readonly expirySeconds: bigint
}

const DEFAULT_LIFE_SECONDS = 3_600n

/** Signs. Throws a RangeError when the body is not one that the kind allows: a bug of the caller. */
export function signForLedger<K extends StatementKind>(
  identity: SigningIdentity,
  saying: Saying<K>,
): SignedStatement {
  const { suite, signer, organisation, genesisHash } = identity
  const expirySeconds = saying.blockTimeSeconds + (saying.lifeSeconds ?? DEFAULT_LIFE_SECONDS)
  const draft = {
    issuer: organisation,
    subject: subjectOf(suite, saying.kind, saying.body),
    genesisHash,
    expirySeconds,
    uniqueId: identity.newUniqueId(),
    kind: saying.kind,
    body: saying.body,
  }
  const bytes = signStatement(suite, draft, signer)
  const statement = decodeStatement(suite, bytes)
  if (isRefusal(statement)) throw new RangeError(`a statement of ours is malformed: ${statement.code}`)
  return { statementId: statement.id, bytes, expirySeconds }
}
