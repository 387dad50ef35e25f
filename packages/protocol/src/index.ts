/** What other packages may use of `protocol`. */
export * from './bytes.ts'
export type { CanonicalText, TextLimits } from './canonical-text.ts'
export { canonicalTextOf, plainCopy, readCanonicalText } from './canonical-text.ts'
export * from './cbor.ts'
export type {
  Commitment,
  CommitmentHeader,
  ElementOpening,
  OpenedElement,
  OpeningSource,
} from './commitment.ts'
export { buildCommitment, openElements, verifyElements } from './commitment.ts'
export type { Element } from './elements.ts'
export { elementsOf } from './elements.ts'
export type {
  GenesisDocument,
  GenesisOrganisation,
  GenesisValidator,
  Handover,
} from './genesis.ts'
export { chainIdOf, decodeGenesis, encodeGenesis, genesisHash } from './genesis.ts'
export type { ConsistencyClaim, ReadNode } from './log.ts'
export {
  consistencyPath,
  consistencyPathFrom,
  inclusionPath,
  inclusionPathFrom,
  leafHash,
  nodeHash,
  rootFromInclusionPath,
  treeRoot,
  verifyConsistency,
} from './log.ts'
export type { Frontier, OnNode } from './log-frontier.ts'
export { appendLeaf, emptyFrontier, frontierRoot } from './log-frontier.ts'
export type { MerkleTree } from './log-tree.ts'
export { buildTree } from './log-tree.ts'
export type { Refusal, RefusalDetail } from './refusal.ts'
export { isRefusal, refusalText, refuse } from './refusal.ts'
export type { RefusalCode, RefusalRow } from './refusal-codes.ts'
export { refusalCodes, refusalNumber } from './refusal-codes.ts'
export type { Statement, StatementDraft } from './statement.ts'
export { decodeStatement, MAX_STATEMENT_BYTES, signStatement, subjectOf } from './statement.ts'
export type { AnchorBatch } from './statements/anchor-batch.ts'
export { BATCH_SIZES, isBatchSize } from './statements/anchor-batch.ts'
export type { Attest } from './statements/attest.ts'
export type { KeyClaim, KeyPurpose } from './statements/key-proof.ts'
export { KEY_PURPOSES, keyProofMessage, proveKey, verifyKeyProof } from './statements/key-proof.ts'
export { isDay } from './statements/patterns.ts'
export type { PublishArtefact } from './statements/publish-artefact.ts'
export type { RecordDailyTotals, TotalsCell, TotalsDimension } from './statements/record-daily-totals.ts'
export { LEAST_COUNT, suppressedTotals } from './statements/record-daily-totals.ts'
export type { RegisterKey } from './statements/register-key.ts'
export type { RevokeKey, RevokeReason } from './statements/revoke-key.ts'
export type { RotateKey } from './statements/rotate-key.ts'
export type { StatementBodies, StatementKind } from './statements/statement-kinds.ts'
export { statementKinds } from './statements/statement-kinds.ts'
export type { Signer, Suite } from './suite.ts'
export { removeMember, replaceValue, setMember, valueAt } from './text-edit.ts'
