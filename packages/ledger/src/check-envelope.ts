/** What every statement must satisfy before its module is asked: chain, expiry, unique id, key, signature. Design §4. */
import { equalBytes, type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from './context.ts'
import { isMember, keyOf } from './modules/membership/queries.ts'
import type { StateView } from './state-view.ts'
import { checkUniqueId } from './unique-ids/remember.ts'

/** CONSENSUS: the longest life of a statement, 24 hours of block time. */
export const LONGEST_LIFE_SECONDS = 86_400n

const MODULE = 'ledger'

/** The common checks, the dear one last; undefined when the statement is well signed and fresh. Effects: none. */
export function checkEnvelope(view: StateView, statement: Statement, context: Context): Refusal | undefined {
  return (
    checkChain(statement, context) ??
    checkExpiry(statement, context) ??
    checkUniqueId(view, statement, context) ??
    checkSignature(view, statement, context)
  )
}

function checkChain(statement: Statement, context: Context): Refusal | undefined {
  return equalBytes(statement.genesisHash, context.genesisHash)
    ? undefined
    : refuse(MODULE, 'statement.wrong-genesis')
}

function checkExpiry(statement: Statement, context: Context): Refusal | undefined {
  if (statement.expirySeconds <= context.timeSeconds) return refuse(MODULE, 'statement.expired')
  if (statement.expirySeconds > context.timeSeconds + LONGEST_LIFE_SECONDS) {
    return refuse(MODULE, 'statement.expiry-too-far', { limit: LONGEST_LIFE_SECONDS.toString() })
  }
  return undefined
}

/** Registered for this issuer, for statements, not revoked; then the signature itself. */
function checkSignature(view: StateView, statement: Statement, context: Context): Refusal | undefined {
  if (!isMember(view, statement.issuer)) return refuse(MODULE, 'statement.unknown-issuer')
  const key = keyOf(view, statement.keyId)
  if (key === undefined || key.organisation !== statement.issuer)
    return refuse(MODULE, 'statement.unknown-key')
  if (key.purpose !== 'statement') return refuse(MODULE, 'statement.wrong-purpose')
  if (key.revokedHeight !== undefined) return refuse(MODULE, 'statement.revoked-key')
  const { sigStructure, signature } = statement
  return context.suite.verifyStatementSignature(key.publicKey, sigStructure, signature)
    ? undefined
    : refuse(MODULE, 'statement.bad-signature')
}
