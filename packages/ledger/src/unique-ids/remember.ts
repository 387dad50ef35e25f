/** Replay protection: a unique id counts once for each issuer until the expiry of its statement. Design §4. */
import { type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../context.ts'
import type { StateView, WritableView } from '../state-view.ts'
import { readExpiry, UNIQUE_IDS, uniqueIdKey, writeExpiry } from './state.ts'

/** Refuses a statement whose unique id its issuer has used and that is still remembered at this block time. */
export function checkUniqueId(view: StateView, statement: Statement, context: Context): Refusal | undefined {
  const expirySeconds = readExpiry(view, uniqueIdKey(statement.issuer, statement.uniqueId))
  const remembered = expirySeconds !== undefined && expirySeconds > context.timeSeconds
  return remembered ? refuse(UNIQUE_IDS, 'statement.repeated') : undefined
}

/** Remembers the unique id of a well-signed statement until its expiry, whatever its module says of it. */
export function rememberUniqueId(view: WritableView, statement: Statement): void {
  writeExpiry(view, uniqueIdKey(statement.issuer, statement.uniqueId), statement.expirySeconds)
}
