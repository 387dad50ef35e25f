/** Everything a receipt needs from the chain: the statement, its place in the log, the state, the block that signs it. */
import type { Engine, ModuleProof } from '@meridian/engine'
import { membershipQueries } from '@meridian/ledger'
import {
  decodeStatement,
  equalBytes,
  isRefusal,
  leafHash,
  lightBlockOf,
  type Receipt,
  type Refusal,
  refuse,
  rootFromInclusionPath,
  type Suite,
} from '@meridian/protocol'
import { leadTo } from './lead-to.ts'

const { decodeRegisteredKey, MEMBERSHIP, registeredKeyKey } = membershipQueries

/** A chain that is read: the engine's, or one that was handed over from. */
export interface ReceiptGround {
  readonly engine: Pick<Engine, 'block' | 'genesis' | 'locate' | 'logInclusion' | 'prove'>
  readonly suite: Suite
}

/** What is asked for. */
export interface AskedEvidence {
  readonly statementId: Uint8Array
  /** The header to prove it under; by default the first that carries the state with it, or the newest for an old one. */
  readonly headerHeight?: bigint
  /** The statement as somebody else gave it, where its block was never here. */
  readonly bytes?: Uint8Array
}

/**
 * The receipt of an accepted statement. Refusals: engine.statement-unknown, engine.height-unknown, engine.before-snapshot (the block was
 * never here, and no bytes that the log knows were given), or why the ledger refused the statement.
 */
export function receiptEvidence(ground: ReceiptGround, asked: AskedEvidence): Receipt | Refusal {
  const { engine, suite } = ground
  const place = engine.locate(asked.statementId)
  if (place === undefined) return refuse('engine', 'engine.statement-unknown')
  const held = engine.block(place.height)?.statements[place.index]
  const bytes = held ?? asked.bytes
  if (bytes === undefined) return beforeSnapshot(place.height)
  if (place.logIndex === undefined) return place.refusal ?? refuse('engine', 'engine.statement-unknown')
  const statement = decodeStatement(suite, bytes)
  if (isRefusal(statement)) return beforeSnapshot(place.height)
  const height =
    asked.headerHeight ?? (held === undefined ? newestHeader(engine, statement.keyId) : place.height + 1n)
  const block = height > place.height ? engine.block(height) : undefined
  const state = engine.block(height - 1n)?.state
  if (block === undefined || state === undefined) {
    return refuse('engine', 'engine.height-unknown', { height: height.toString() })
  }
  const log = {
    index: place.logIndex,
    size: state.logSize,
    path: engine.logInclusion(place.logIndex, state.logSize),
  }
  if (held === undefined && !isInLog(suite, bytes, log, state.logRoot)) return beforeSnapshot(place.height)
  const signed = lightBlockOf(block.header, block.commit, block.validators)
  const lead = leadTo(ground, signed)
  if (isRefusal(lead)) {
    const isOld = lead.code === 'engine.outside-proof-window' && asked.headerHeight === undefined
    // The log only grows, so an old statement is proved again under the newest root.
    return isOld
      ? receiptEvidence(ground, { ...asked, headerHeight: newestHeader(engine, statement.keyId) })
      : lead
  }
  return {
    record: null,
    statement: { bytes, publicKey: publicKeyOf(engine, statement.keyId) },
    log,
    subRoots: state.subRoots,
    block: signed,
    ...lead,
  }
}

function beforeSnapshot(height: bigint): Refusal {
  return refuse('engine', 'engine.before-snapshot', { height: height.toString() })
}

/** Whether these bytes are the ones that this node's log has at the place. */
function isInLog(
  suite: Suite,
  bytes: Uint8Array,
  { index, size, path }: Receipt['log'],
  logRoot: Uint8Array,
): boolean {
  const reached = rootFromInclusionPath(suite, leafHash(suite, bytes), { index, size }, path)
  return reached !== undefined && equalBytes(reached, logRoot)
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
