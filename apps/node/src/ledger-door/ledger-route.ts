/** The shape of a route of the ledger door: one file each, no rules in it, the same over a socket and in the process. */
import { encodeJson, refusalForm } from '@meridian/client'
import type { CometEngine, Engine } from '@meridian/engine'
import type { Form, GenesisDocument, Refusal, SignedCheckpoint, Signer, Suite } from '@meridian/protocol'
import type { ArtefactStore } from '../standards/artefact-store.ts'
import type { CheckpointKeeper } from './checkpoint-keeper.ts'

/**
 * Who may call a route from outside. `anyone`: evidence that is made to be checked by strangers. `member`: what members serve each other.
 * `own`: the institution's own gateways.
 */
export type Audience = 'anyone' | 'member' | 'own'

/** What the routes stand on. */
export interface LedgerNeeds {
  readonly engine: Engine
  readonly suite: Suite
  /** The member that answers, where it vouches for something. */
  readonly member?: AnsweringMember
  /** Where CometBFT orders: what a node in state sync asks of it. */
  readonly askLight?: CometEngine['askLight']
  /** Bytes of a statement in a block that was never here, from another member and unchecked. */
  readonly fetchOldStatement?: (height: bigint, index: number) => Promise<Uint8Array | undefined>
  /** The packages that this member holds and serves by hash. */
  readonly artefacts?: Pick<ArtefactStore, 'held'>
  /** Told of every statement that the ledger refused, by its code. */
  readonly onRefused?: (code: string) => void
}

/** Who answers, and the newest of what it vouches for. */
export interface AnsweringMember {
  readonly organisation: string
  readonly receiptSigner: Signer
  /** The chains that this one was handed over from, newest first. */
  readonly earlier: readonly GenesisDocument[]
  readonly nowSeconds: () => bigint
  readonly checkpoints: CheckpointKeeper
  /** Keeps a note that shows another log than this node's after the block at `height`. */
  readonly keepContradiction: (height: bigint, note: SignedCheckpoint) => void
}

/** What a request brings: texts out of the path and the query, bytes out of the body. */
export interface RouteInput {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Aborts when the asker has gone. */
  readonly signal: AbortSignal
}

/** What goes back. */
export interface RouteAnswer {
  readonly status: number
  /** JSON, unless `type` says otherwise. */
  readonly body: string | Uint8Array
  readonly type?: string
  /** For `Retry-After`, where the asker may come again. */
  readonly retryAfterSeconds?: number
}

/** One route. */
export interface LedgerRoute {
  readonly method: 'GET' | 'POST'
  readonly audience: Audience
  /** Path with `:names`. */
  readonly url: string
  /** Patterns that each named part of the path must match. */
  readonly params: Readonly<Record<string, string>>
  /** Patterns of the query's members, each optional. */
  readonly query: Readonly<Record<string, string>>
  answer(needs: LedgerNeeds, input: RouteInput): Promise<RouteAnswer>
}

/** Patterns of what stands in paths and queries. */
export const PATTERN = {
  hash: '^[0-9a-f]{64}$',
  height: '^(?:0|[1-9][0-9]{0,17})$',
  module: '^[a-z][a-z-]{0,31}$',
  key: '^(?:[0-9a-f]{2}){1,256}$',
  waitMs: '^(?:0|[1-9][0-9]{0,4})$',
} as const

/** A document in its form. */
export function found<T>(form: Form<T>, value: T): RouteAnswer {
  return { status: 200, body: encodeJson(form, value) }
}

/** A refusal with the status that belongs to its code. */
export function refused(refusal: Refusal): RouteAnswer {
  const { retryAfterSeconds } = refusal.detail
  return {
    status: statusOf(refusal),
    body: encodeJson(refusalForm, refusal),
    ...(typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {}),
  }
}

const STATUSES: Readonly<Record<string, number>> = {
  'statement.queue-full': 503,
  'statement.too-many': 429,
  'engine.statement-unknown': 404,
  'engine.height-unknown': 404,
  'engine.unknown-module': 404,
  'engine.outside-proof-window': 410,
  'engine.before-snapshot': 410,
}

/** What the ledger refused is unprocessable: the same bytes will never be accepted as they are. */
function statusOf(refusal: Refusal): number {
  return STATUSES[refusal.code] ?? 422
}
