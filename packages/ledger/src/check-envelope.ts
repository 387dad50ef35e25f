/** What every statement must satisfy before its module is asked: chain, expiry, unique id, standing, key, signature. Design §4. */
import {
  equalBytes,
  isRefusal,
  type Refusal,
  refuse,
  type Statement,
  type StatementKind,
} from '@meridian/protocol'
import type { Context } from './context.ts'
import type { Rule } from './module.ts'
import { parameterOf } from './modules/governance/queries.ts'
import { keyOf, standingOf } from './modules/membership/queries.ts'
import type { StateView } from './state-view.ts'
import { checkUniqueId } from './unique-ids/remember.ts'

const MODULE = 'ledger'

/**
 * The common checks, the dear one last; undefined when the statement is well signed, fresh and by somebody who may say this.
 * `rule` is the rule of its kind, if there is one. Effects: none.
 */
export function checkEnvelope(
  view: StateView,
  statement: Statement,
  rule: Rule<StatementKind> | Refusal,
  context: Context,
): Refusal | undefined {
  return (
    checkChain(statement, context) ??
    checkExpiry(view, statement, context) ??
    checkUniqueId(view, statement, context) ??
    checkStanding(view, statement, rule) ??
    checkSignature(view, statement, context)
  )
}

function checkChain(statement: Statement, context: Context): Refusal | undefined {
  return equalBytes(statement.genesisHash, context.genesisHash)
    ? undefined
    : refuse(MODULE, 'statement.wrong-genesis')
}

function checkExpiry(view: StateView, statement: Statement, context: Context): Refusal | undefined {
  if (statement.expirySeconds <= context.timeSeconds) return refuse(MODULE, 'statement.expired')
  const limit = parameterOf(view, 'maxExpirySeconds')
  if (statement.expirySeconds > context.timeSeconds + BigInt(limit)) {
    return refuse(MODULE, 'statement.expiry-too-far', { limit })
  }
  return undefined
}

/** Members that are in may speak; a suspended one says only what protects others. */
function checkStanding(
  view: StateView,
  statement: Statement,
  rule: Rule<StatementKind> | Refusal,
): Refusal | undefined {
  const standing = standingOf(view, statement.issuer)
  if (standing === undefined) return refuse(MODULE, 'statement.unknown-issuer')
  const { status, memberClass } = standing
  if (status === 'exited') return refuse(MODULE, 'statement.issuer-exited')
  if (status !== 'active' && status !== 'suspended') return refuse(MODULE, 'statement.issuer-not-admitted')
  if (memberClass === 'observer') return refuse(MODULE, 'statement.observer-reads-only')
  if (status === 'active') return undefined
  const mayStill = !isRefusal(rule) && rule.duringSuspension?.(statement) === true
  return mayStill ? undefined : refuse(MODULE, 'statement.issuer-suspended')
}

/** Registered for this issuer, for statements, not revoked; then the signature itself. */
function checkSignature(view: StateView, statement: Statement, context: Context): Refusal | undefined {
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
