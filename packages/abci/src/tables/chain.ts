/** Tables of the messages in `../messages/chain.ts`: `tendermint/abci`, `tendermint/types/params`, `tendermint/crypto/keys`. */
import { always, many, maybe, needed, single } from '../codec/field.ts'
import { bool, bytes, int32, int64, oneName, text, uint64 } from '../codec/kinds.ts'
import { choice, message } from '../codec/message.ts'
import type * as chain from '../messages/chain.ts'

/** `google.protobuf.Timestamp` */
export const timestamp = message<chain.Timestamp>({ seconds: single(1, int64), nanos: single(2, int32) })

const duration = message<chain.Duration>({ seconds: single(1, int64), nanos: single(2, int32) })

const publicKey = choice<Readonly<Record<chain.PublicKeyKind, Uint8Array>>>({
  ed25519: [1, bytes],
  secp256k1: [2, bytes],
  bls12381: [3, bytes],
  mldsa65: [4, bytes],
  secp256k1eth: [5, bytes],
})

/** `ValidatorUpdate` */
export const validatorUpdate = message<chain.ValidatorUpdate>({
  publicKey: needed(1, publicKey),
  power: single(2, int64),
})

const blockParams = message<chain.BlockParams>({ maxBytes: single(1, int64), maxGas: single(2, int64) })

const evidenceParams = message<chain.EvidenceParams>({
  maxAgeNumBlocks: single(1, int64),
  maxAgeDuration: always(2, duration),
  maxBytes: single(3, int64),
})

/** `ConsensusParams` */
export const consensusParams = message<chain.ConsensusParams>({
  block: maybe(1, blockParams),
  evidence: maybe(2, evidenceParams),
  validator: maybe(3, message<chain.ValidatorParams>({ pubKeyTypes: many(1, text) })),
  version: maybe(4, message<chain.VersionParams>({ app: single(1, uint64) })),
  abci: maybe(5, message<chain.AbciParams>({ voteExtensionsEnableHeight: single(1, int64) })),
  authority: maybe(6, message<chain.AuthorityParams>({ authority: single(1, text) })),
})

const validator = message<chain.Validator>({ address: single(1, bytes), power: single(3, int64) })

const blockIdFlag = oneName<chain.BlockIdFlag>(['unknown', 'absent', 'commit', 'nil'], 'unknown')

const voteInfo = message<chain.VoteInfo>({
  validator: always(1, validator),
  blockIdFlag: single(3, blockIdFlag),
})

/** `CommitInfo` */
export const commitInfo = message<chain.CommitInfo>({ round: single(1, int32), votes: many(2, voteInfo) })

const extendedVoteInfo = message<chain.ExtendedVoteInfo>({
  validator: always(1, validator),
  voteExtension: single(3, bytes),
  extensionSignature: single(4, bytes),
  blockIdFlag: single(5, blockIdFlag),
})

/** `ExtendedCommitInfo` */
export const extendedCommitInfo = message<chain.ExtendedCommitInfo>({
  round: single(1, int32),
  votes: many(2, extendedVoteInfo),
})

/** `Misbehavior` */
export const misbehavior = message<chain.Misbehavior>({
  kind: single(1, oneName(['unknown', 'duplicate-vote', 'light-client-attack'], 'unknown')),
  validator: always(2, validator),
  height: single(3, int64),
  time: needed(4, timestamp),
  totalVotingPower: single(5, int64),
})

const eventAttribute = message<chain.EventAttribute>({
  key: single(1, text),
  value: single(2, text),
  index: single(3, bool),
})

/** `Event` */
export const event = message<chain.Event>({ kind: single(1, text), attributes: many(2, eventAttribute) })
