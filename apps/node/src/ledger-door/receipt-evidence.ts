/** Everything a receipt needs from the chain: the statement, its place in the log, the state, the block that signs it. */
import type { Engine, ModuleProof } from '@meridian/engine'
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
import { leadTo } from './lead-to.ts'

const { decodeRegisteredKey, MEMBERSHIP, registeredKeyKey } = membershipQueries

/** A chain that is read: the engine's, or one that was handed over from. */
export interface ReceiptGround {
  readonly engine: Pick<Engine, 'block' | 'genesis' | 'locate' | 'logInclusion' | 'prove'>
  readonly suite: Suite
}

/**
 * The receipt of an accepted statement under the header at `headerHeight`, by default the first that carries the state
 * with it. Refusals: engine.statement-unknown, engine.height-unknown, engine.before-snapshot (the block was never here), or why the
 * ledger refused the statement.
 */
export function receiptEvidence(
  { engine, suite }: ReceiptGround,
  statementId: Uint8Array,
  headerHeight?: bigint,
): Receipt | Refusal {
  const place = engine.locate(statementId)
  const bytes = place === undefined ? undefined : engine.block(place.height)?.statements[place.index]
  if (place === undefined) return refuse('engine', 'engine.statement-unknown')
  if (bytes === undefined)
    return refuse('engine', 'engine.before-snapshot', { height: place.height.toString() })
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
  const signed = lightBlockOf(block.header, block.commit, block.validators)
  const lead = leadTo({ engine, suite }, signed)
  if (isRefusal(lead)) {
    const isOld = lead.code === 'engine.outside-proof-window' && headerHeight === undefined
    // The log only grows, so an old statement is proved again under the newest root.
    return isOld
      ? receiptEvidence({ engine, suite }, statementId, newestHeader(engine, statement.keyId))
      : lead
  }
  return {
    record: null,
    statement: { bytes, publicKey: publicKeyOf(engine, statement.keyId) },
    log: { index: logIndex, size: state.logSize, path: engine.logInclusion(logIndex, state.logSize) },
    subRoots: state.subRoots,
    block: signed,
    ...lead,
  }
}

/** Keys are never forgotten, so the newest state knows the key of every statement that was ever accepted. */
function publicKeyOf(engine: ReceiptGround['engine'], keyId: Uint8Array): Uint8Array {
  const { value } = newestProof(engine, keyId).proof
  if (value === undefined) throw new Error('the key of an accepted statement is not registered')
  return decodeRegisteredKey(value).publicKey
}

/** The height whose header carries the newest state that can be proved. */
function newestHeader(engine: ReceiptGround['engine'], keyId: Uint8Array): bigint {
  return newestProof(engine, keyId).height + 1n
}

function newestProof(engine: ReceiptGround['engine'], keyId: Uint8Array): ModuleProof {
  const answer = engine.prove(MEMBERSHIP, registeredKeyKey(keyId))
  if (isRefusal(answer)) throw new Error('the newest state can always be proved')
  return answer
}
