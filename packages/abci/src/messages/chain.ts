/** What several ABCI messages speak of: time, parameters, validators, votes, misbehaviour, events (`tendermint/abci/types.proto`). */

/**
 * A moment: whole seconds since 1970-01-01T00:00:00Z and nanoseconds 0..999999999. Go's zero time is the year 1, so
 * `seconds` may be negative. A `Date` would drop the nanoseconds, which are part of every signed vote.
 */
export interface Timestamp {
  readonly seconds: bigint
  readonly nanos: number
}

/** A length of time; `seconds` and `nanos` carry the same sign. */
export interface Duration {
  readonly seconds: bigint
  readonly nanos: number
}

/** Kinds of consensus keys that CometBFT names; a validator of a default chain has `ed25519` (32 bytes). */
export type PublicKeyKind = 'ed25519' | 'secp256k1' | 'bls12381' | 'mldsa65' | 'secp256k1eth'

/** A validator's consensus key: its kind and raw bytes. */
export interface PublicKey {
  readonly kind: PublicKeyKind
  readonly value: Uint8Array
}

/** A validator's new voting power; 0 removes it. In FinalizeBlock it is in force two heights later. */
export interface ValidatorUpdate {
  readonly publicKey: PublicKey
  readonly power: bigint
}

/** Parameters all nodes agree on. In an answer an absent group (`null` or left out) means: as it was. */
export interface ConsensusParams {
  readonly block?: BlockParams | null
  readonly evidence?: EvidenceParams | null
  readonly validator?: ValidatorParams | null
  readonly version?: VersionParams | null
  readonly abci?: AbciParams | null
  /** Since v0.39 */
  readonly authority?: AuthorityParams | null
}

/** Bounds of a block. `maxBytes` is at least 1 or -1 (then 100 MiB), `maxGas` at least -1 (no bound). */
export interface BlockParams {
  readonly maxBytes: bigint
  readonly maxGas: bigint
}

/** How old evidence may be and how much of it a block holds; `maxBytes` must not exceed the block's `maxBytes`. */
export interface EvidenceParams {
  readonly maxAgeNumBlocks: bigint
  readonly maxAgeDuration: Duration
  readonly maxBytes: bigint
}

/** Which kinds of keys a validator may have, as CometBFT names them: `ed25519`, … */
export interface ValidatorParams {
  readonly pubKeyTypes: readonly string[]
}

/** The application's version, part of every header. */
export interface VersionParams {
  readonly app: bigint
}

/** From which height on votes are extended; 0 never, and this server answers extensions empty. */
export interface AbciParams {
  readonly voteExtensionsEnableHeight: bigint
}

/** Who may change parameters; free text of the application. */
export interface AuthorityParams {
  readonly authority: string
}

/** A validator as votes name it: the first 20 bytes of SHA-256 of its key, and its power. */
export interface Validator {
  readonly address: Uint8Array
  readonly power: bigint
}

/** Whether a validator's vote was missing, for the block, or for nil. */
export type BlockIdFlag = 'unknown' | 'absent' | 'commit' | 'nil'

/** One validator's part in the last commit. */
export interface VoteInfo {
  readonly validator: Validator
  readonly blockIdFlag: BlockIdFlag
}

/** The last commit as the next block carries it. */
export interface CommitInfo {
  readonly round: number
  readonly votes: readonly VoteInfo[]
}

/** One validator's part in the last commit, with its vote extension. */
export interface ExtendedVoteInfo extends VoteInfo {
  readonly voteExtension: Uint8Array
  readonly extensionSignature: Uint8Array
}

/** The last commit as the proposer alone sees it. */
export interface ExtendedCommitInfo {
  readonly round: number
  readonly votes: readonly ExtendedVoteInfo[]
}

/** What a validator is proven to have done. */
export type MisbehaviorKind = 'unknown' | 'duplicate-vote' | 'light-client-attack'

/** Proven misbehaviour that the block carries evidence of. */
export interface Misbehavior {
  readonly kind: MisbehaviorKind
  readonly validator: Validator
  /** Height and time of the offence, not of the block that reports it. */
  readonly height: bigint
  readonly time: Timestamp
  readonly totalVotingPower: bigint
}

/** Something that happened, for CometBFT's index and subscribers. */
export interface Event {
  readonly kind: string
  readonly attributes: readonly EventAttribute[]
}

/** One attribute; `index` asks CometBFT to make it searchable. */
export interface EventAttribute {
  readonly key: string
  readonly value: string
  readonly index?: boolean
}
