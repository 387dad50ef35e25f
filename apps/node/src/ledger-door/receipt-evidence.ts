/** Everything a receipt needs from the chain: the statement, its place in the log, the state, the block that signs it. */
import type { Engine } from '@meridian/engine'
import { membershipQueries } from '@meridian/ledger'
import {
  decodeStatement,
  isRefusal,
  lightBlockOf,
  type Receipt,
  type Refusal,
  refuse,
  type Suite,
} from '@meridian/protocol'

const { decodeRegisteredKey, MEMBERSHIP, registeredKeyKey } = membershipQueries

/** A chain that is read: the engine's, or one that was handed over from. */
export interface ReceiptGround {
  readonly engine: Pick<Engine, 'block' | 'locate' | 'logInclusion' | 'prove'>
  readonly suite: Suite
}

/**
 * The receipt of an accepted statement under the header at `headerHeight`, by default the first that carries the state
 * with it. Refusals: engine.statement-unknown, engine.height-unknown, or why the ledger refused the statement.
 */
export function receiptEvidence(
  { engine, suite }: ReceiptGround,
  statementId: Uint8Array,
  headerHeight?: bigint,
): Receipt | Refusal {
  const place = engine.locate(statementId)
  const bytes = place === undefined ? undefined : engine.block(place.height)?.statements[place.index]
  if (place === undefined || bytes === undefined) return refuse('engine', 'engine.statement-unknown')
  if (place.logIndex === undefined) return place.refusal ?? refuse('engine', 'engine.statement-unknown')
  const height = headerHeight ?? place.height + 1n
  const block = height > place.height ? engine.block(height) : undefined
  const state = engine.block(height - 1n)?.state
  if (block === undefined || state === undefined) {
    return refuse('engine', 'engine.height-unknown', { height: height.toString() })
  }
  const statement = decodeStatement(suite, bytes)
  if (isRefusal(statement)) throw new Error('an accepted statement does not decode')
  const { logIndex } = place
  return {
    record: null,
    statement: { bytes, publicKey: publicKeyOf(engine, statement.keyId) },
    log: { index: logIndex, size: state.logSize, path: engine.logInclusion(logIndex, state.logSize) },
    subRoots: state.subRoots,
    block: lightBlockOf(block.header, block.commit, block.validators),
    via: [],
  }
}

/** Keys are never forgotten, so the newest state knows the key of every statement that was ever accepted. */
function publicKeyOf(engine: ReceiptGround['engine'], keyId: Uint8Array): Uint8Array {
  const answer = engine.prove(MEMBERSHIP, registeredKeyKey(keyId))
  const value = isRefusal(answer) ? undefined : answer.proof.value
  if (value === undefined) throw new Error('the key of an accepted statement is not registered')
  return decodeRegisteredKey(value).publicKey
}
