/**
 * The state machine as the engine sees it. The engine owns this interface and orders statements for whatever
 * implements it; it has never heard of medicine. Design §3 and §5.
 */
import type { Refusal, Statement } from '@meridian/protocol'

/** State as a module reads it. Keys are short byte strings, ordered bytewise, separate for every module. */
export interface StateView {
  /** The value under `key`, or undefined. The caller must not change the bytes it gets. */
  get(module: string, key: Uint8Array): Uint8Array | undefined
  /**
   * At most `limit` entries with keys `>= from`, in ascending bytewise order of the key. It sees what was written
   * before in the same block.
   */
  scan(module: string, from: Uint8Array, limit: number): readonly StateEntry[]
}

/** One key and its value. */
export interface StateEntry {
  readonly key: Uint8Array
  readonly value: Uint8Array
}

/** State as `apply` changes it. Writes are kept apart until the whole block has been executed. */
export interface WritableView extends StateView {
  put(module: string, key: Uint8Array, value: Uint8Array): void
  /** Deleting an absent key changes nothing. */
  delete(module: string, key: Uint8Array): void
}

/** What a statement may know of the block it stands in: nothing of the machine that executes it. */
export interface BlockContext {
  readonly height: bigint
  /** Block time in whole seconds since 1970-01-01T00:00:00Z. */
  readonly timeSeconds: bigint
}

/** What the agreed evidence in a block proves against a validator: it signed two different blocks at one height. */
export interface Misbehaviour {
  readonly kind: 'duplicate-vote' | 'light-client-attack'
  /** CometBFT's address of the validator's key, 20 bytes. */
  readonly validatorAddress: Uint8Array
  /** Voting power at `height`. */
  readonly power: bigint
  /** Where it happened; the block that carries the evidence is a later one. */
  readonly height: bigint
  /** Block time at `height`, in whole seconds since 1970. */
  readonly timeSeconds: bigint
  /** Voting power of all validators at `height`. */
  readonly totalPower: bigint
}

/** One block, decoded, in the agreed order. It is empty, and changes no app hash, when it has neither of the two. */
export interface BlockInput extends BlockContext {
  readonly statements: readonly Statement[]
  readonly misbehaviour: readonly Misbehaviour[]
}

/** A validator as state wants it, and the member behind its key. */
export interface WantedValidator {
  readonly organisation: string
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
  readonly power: bigint
}

/** A deterministic state machine: the same blocks give the same state on every machine, for ever. */
export interface StateMachine {
  readonly name: string
  /** The modules in the order of their sub-roots. CONSENSUS: changing the order changes the app hash. */
  readonly modules: readonly string[]
  /** Writes the state before the first block, from the genesis document that the machine was made with. */
  initialise(view: WritableView): void
  /** Whether `statement` would be accepted on this state; the same predicate that applyBlock uses. */
  check(view: StateView, statement: Statement, context: BlockContext): Refusal | undefined
  /**
   * The public key under which `check` is going to verify the signature, when state knows one: so that an engine may verify
   * many of them ahead on another thread. A hint; a wrong or absent answer changes no verdict.
   */
  signingKey?(view: StateView, statement: Statement): Uint8Array | undefined
  /** Executes a block that is not empty. The answer has one entry for each statement, undefined where it was accepted. */
  applyBlock(view: WritableView, block: BlockInput): readonly (Refusal | undefined)[]
  /**
   * The validators as state wants them after the block; the engine computes what changes. Before the first block those of the
   * genesis document. CONSENSUS: the answer decides who orders the block after the next one.
   */
  validators(view: StateView): readonly WantedValidator[]
  /** Consensus parameters as state wants them, integers by name: `maxBlockBytes`. */
  parameters(view: StateView): Readonly<Record<string, number>>
  /** Whether a peer may connect. `nodeId` is CometBFT's address of its node key, 20 bytes. */
  admitsPeer(view: StateView, nodeId: Uint8Array): boolean
  /** Versions of the rules that this software can execute. */
  readonly supportedVersions: readonly number[]
  /** The version of the rules that state asks for; a node that lacks it stops. */
  applicationVersion(view: StateView): number
}
