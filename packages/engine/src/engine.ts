/** The engine port: what orders statements, whoever implements it (embedded now, CometBFT next). Design §6. */
import type {
  AppState,
  BlockId,
  Commit,
  GenesisDocument,
  Header,
  Refusal,
  StateProof,
  Validator,
} from '@meridian/protocol'
import type { StateView } from './state-machine.ts'

/** Orders statements, executes them through the state machine it was given, keeps blocks and proofs. */
export interface Engine {
  readonly chainId: string
  readonly genesisHash: Uint8Array
  readonly genesis: GenesisDocument
  /**
   * Resolves when a block that holds the statement is on disk and the header after it has signed what it did, so that it
   * can be proved; or at once when admission refuses it. Bytes
   * that stand in a block already get the answer they got then, so the same bytes may be submitted again at any time.
   * The refusal of a statement that was ordered all the same is the one its block records. Rejects with an
   * EngineFailure when the outside fails: the statement may or may not be ordered then, so submit the same bytes again.
   */
  submit(bytes: Uint8Array): Promise<Refusal | Submitted>
  status(): EngineStatus
  /** The block at `height` with everything that belongs to it, or undefined when it is not stored here. */
  block(height: bigint): StoredBlock | undefined
  /** Where a statement stands, by the id that is the hash of its Sig_structure. */
  locate(statementId: Uint8Array): Located | undefined
  /** RFC 9162 inclusion path of an accepted statement in the evidence log of `treeSize` leaves. Throws outside of it. */
  logInclusion(logIndex: number, treeSize: number): Uint8Array[]
  /** RFC 9162 consistency path between two sizes of the evidence log. Throws when they are not in it. */
  logConsistency(from: number, to: number): Uint8Array[]
  /**
   * Proof of presence or absence of a key in the state after the block at `height` (default: the newest state whose
   * hash a block has signed). Refusals: engine.unknown-module, engine.height-unknown, engine.outside-proof-window.
   */
  prove(module: string, key: Uint8Array, height?: bigint): ModuleProof | Refusal
  /** The newest state, to read without a proof. It is live: what is read before the next `await` is of one height. */
  readonly state: StateView
  /** The blocks from `fromHeight` on, each once and in order, waiting for new ones until `signal` aborts. */
  follow(fromHeight: bigint, signal: AbortSignal): AsyncIterable<StoredBlock>
  /** Finishes the block in hand and releases the home. Statements still waiting reject with engine.closed. */
  close(): Promise<void>
}

/** A statement that was ordered and accepted. */
export interface Submitted {
  readonly statementId: Uint8Array
  readonly height: bigint
}

/** Where the engine is. */
export interface EngineStatus {
  readonly chainId: string
  /** 0 before the first block. */
  readonly height: bigint
  /** Time of the newest block in nanoseconds since 1970; the genesis time before the first block. */
  readonly time: bigint
  /** Hash of the state after the newest block. */
  readonly appHash: Uint8Array
  readonly logSize: number
  /** Statements that wait for a block. */
  readonly waiting: number
  /** Nothing waits and the newest state is signed. */
  readonly idle: boolean
  /** How many validators order here: with one, evidence is the operator's own word. */
  readonly validators: number
}

/** What the state was after a block: the list of sub-roots names the module in which two nodes differ. */
export interface StateRoots extends AppState {
  readonly appHash: Uint8Array
}

/** A block, the commit that decided it, and what executing it gave. */
export interface StoredBlock {
  readonly height: bigint
  readonly header: Header
  readonly blockId: BlockId
  /** The precommits for this block, not for the one before. */
  readonly commit: Commit
  readonly validators: readonly Validator[]
  readonly statements: readonly Uint8Array[]
  /** One for each statement, undefined where it was accepted. */
  readonly results: readonly (Refusal | undefined)[]
  /** The state after this block; its hash is in the next header. */
  readonly state: StateRoots
}

/** Where a statement stands. */
export interface Located {
  readonly height: bigint
  /** Place in the block. */
  readonly index: number
  /** Leaf in the evidence log; absent when the statement was refused. */
  readonly logIndex: number | undefined
  readonly refusal: Refusal | undefined
}

/** A proof in one module and the sub-roots that lead from it to the app hash, which the next header carries. */
export interface ModuleProof {
  /** The state after this block; the header at `height + 1` carries its hash. */
  readonly height: bigint
  readonly module: string
  readonly key: Uint8Array
  readonly proof: StateProof
  readonly state: StateRoots
}
