/** What other packages may use of `protocol`. */

// Chain formats, state and receipts.
export type { AppState, SubRoot } from './app-hash.ts'
export { appHash } from './app-hash.ts'
export { checkBatchPlace, decodeBatchPath, encodeBatchPath } from './batch-path-file.ts'
export type { BatchTree } from './batch-tree.ts'
export { batchRootOf, batchSizeFor, buildBatchTree } from './batch-tree.ts'
export * from './bytes.ts'
export type { CanonicalText, TextLimits } from './canonical-text.ts'
export { canonicalTextOf, plainCopy, readCanonicalText } from './canonical-text.ts'
export * from './cbor.ts'
export { fromBase64, toBase64 } from './checkpoint/base64.ts'
export type {
  CheckedSignature,
  Checkpoint,
  CheckpointKey,
  SignedCheckpoint,
} from './checkpoint/checkpoint.ts'
export {
  checkCheckpoint,
  checkpointKeyName,
  countersignCheckpoint,
  decodeCheckpoint,
  encodeSigned,
  signCheckpoint,
} from './checkpoint/checkpoint.ts'
export type { SplitView } from './checkpoint/split-view.ts'
export { splitViewOf } from './checkpoint/split-view.ts'
export type { Block } from './comet/block.ts'
export { blockIdOf, encodeBlock, partSetHeader } from './comet/block.ts'
export type { TransactionResult } from './comet/block-hashes.ts'
export { consensusHash, dataHash, emptyListHash, resultsHash } from './comet/block-hashes.ts'
export type { BlockId, PartSetHeader } from './comet/block-id.ts'
export { ZERO_BLOCK_ID } from './comet/block-id.ts'
export type { Commit, CommitSignature } from './comet/commit.ts'
export { ABSENT_SIGNATURE, COMMIT_FLAG, commitHash, commitSignBytes } from './comet/commit.ts'
export type { Header } from './comet/header.ts'
export { BLOCK_PROTOCOL, headerHash } from './comet/header.ts'
export type { LightBlock, LightCommit, LightSignature } from './comet/light-block.ts'
export { checkHeader, checkValidators, commitOf, countCommit, lightBlockOf } from './comet/light-block.ts'
export { headerForm, lightBlockForm, validatorForm } from './comet/light-block-form.ts'
export { textToTime, timeSeconds, timeToText } from './comet/time.ts'
export type { Validator } from './comet/validator-set.ts'
export { sortValidators, totalPower, validatorAddress, validatorsHash } from './comet/validator-set.ts'
export type { CountedCommit, ExpectedCommit } from './comet/verify-commit.ts'
export { verifyCommit } from './comet/verify-commit.ts'
export type {
  Commitment,
  CommitmentHeader,
  ElementOpening,
  OpenedElement,
  OpeningSource,
} from './commitment.ts'
export { buildCommitment, openElements, verifyElements } from './commitment.ts'
export type { Comparison, Contradiction } from './contradiction.ts'
export { compareReceipts } from './contradiction.ts'
export type { CoseReceipt, CoseReceiptClaims } from './cose-receipt.ts'
export { signCoseReceipt, verifyCoseReceipt } from './cose-receipt.ts'
export type { DocumentCodes, Form, Misfit } from './document-form.ts'
export {
  base64urlForm,
  countForm,
  decodeDocument,
  encodeDocument,
  hashForm,
  hexForm,
  isMisfit,
  listForm,
  nullableForm,
  objectForm,
  patternForm,
  wholeForm,
} from './document-form.ts'
export type { DocumentKind } from './document-kind.ts'
export { documentKindOf } from './document-kind.ts'
export type { ShownElement, ShownElements } from './element-file.ts'
export { checkShownElements, decodeElementFile, encodeElementFile, showElements } from './element-file.ts'
export type { Element } from './elements.ts'
export { elementsOf } from './elements.ts'
export type { ExportedRecord } from './export-file.ts'
export { checkExportedRecord, decodeExportFile, encodeExportFile } from './export-file.ts'
export type {
  GenesisDocument,
  GenesisKeyPurpose,
  GenesisOrganisation,
  GenesisValidator,
  Handover,
} from './genesis.ts'
export { chainIdOf, decodeGenesis, encodeGenesis, genesisHash } from './genesis.ts'
export type { LightClientClock, LightPath } from './light-client.ts'
export { CLOCK_DRIFT_NANOS, followTo, TRUST_PERIOD_NANOS, walkLocally } from './light-client.ts'
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
export type {
  ActivateArtefact,
  ChangeClass,
  ChangeParameter,
  OrganisationAction,
  ProposalAction,
  ProposalActions,
  ProposalKind,
  RetireArtefact,
  TryArtefact,
  Upgrade,
} from './proposals/proposal-kinds.ts'
export { decodeAction, encodeAction, isProposalKind, proposalKinds } from './proposals/proposal-kinds.ts'
export type { ProvedKey } from './proved-key.ts'
export { KEYS_MODULE, provedKeyKey, provedKeyKeyOf, readProvedKey } from './proved-key.ts'
export { pemToPublicKey, publicKeyToPem } from './public-key-pem.ts'
export type { BatchPlace, LogPlace, Receipt, ReceiptStatement } from './receipt.ts'
export { decodeReceipt, encodeReceipt } from './receipt.ts'
export type { Refusal, RefusalDetail } from './refusal.ts'
export { isRefusal, refusalText, refuse } from './refusal.ts'
export type { RefusalCode, RefusalRow } from './refusal-codes.ts'
export { refusalCodes, refusalNumber } from './refusal-codes.ts'
export type { ProvedState, StateProof } from './state-proof.ts'
export { proveStateKey, verifyStateProof } from './state-proof.ts'
export { stateProofForm } from './state-proof-form.ts'
export type { NodeStore, StateChange, TreeUpdate } from './state-tree.ts'
export { emptyStateRoot, stateRoot, updateTree } from './state-tree.ts'
export type { Statement, StatementDraft } from './statement.ts'
export { decodeStatement, MAX_STATEMENT_BYTES, signStatement, subjectOf } from './statement.ts'
export type { AdoptArtefact, ArtefactUse } from './statements/adopt-artefact.ts'
export { ARTEFACT_USES } from './statements/adopt-artefact.ts'
export type { AnchorBatch } from './statements/anchor-batch.ts'
export { BATCH_SIZES, isBatchSize } from './statements/anchor-batch.ts'
export type { AnnounceEndpoints } from './statements/announce-endpoints.ts'
export type { AnswerChange, ChangeAnswer } from './statements/answer-change.ts'
export { CHANGE_ANSWERS } from './statements/answer-change.ts'
export type { ApplicantKey, Application, ApplyMembership } from './statements/apply-membership.ts'
export { proveApplication, verifyApplication } from './statements/apply-membership.ts'
export type { AssignConflict } from './statements/assign-conflict.ts'
export type { Attest } from './statements/attest.ts'
export type { CommentChange, Stance } from './statements/comment-change.ts'
export { STANCES } from './statements/comment-change.ts'
export type { StatementForm } from './statements/form.ts'
export type { KeyClaim, KeyPurpose } from './statements/key-proof.ts'
export { KEY_PURPOSES, keyProofMessage, proveKey, verifyKeyProof } from './statements/key-proof.ts'
export type { Leave } from './statements/leave.ts'
export type {
  Endpoints,
  MemberClass,
  NodeAddress,
  OrganisationKind,
  OrganisationNames,
} from './statements/organisation-fields.ts'
export {
  areEndpoints,
  governs,
  MEMBER_CLASSES,
  NATION,
  ORGANISATION_KINDS,
  PLACE,
} from './statements/organisation-fields.ts'
export { isDay } from './statements/patterns.ts'
export type { Propose } from './statements/propose.ts'
export type { PublishArtefact } from './statements/publish-artefact.ts'
export type { RecordDailyTotals, TotalsCell, TotalsDimension } from './statements/record-daily-totals.ts'
export { LEAST_COUNT, suppressedTotals } from './statements/record-daily-totals.ts'
export type { RegisterArtefact } from './statements/register-artefact.ts'
export type { RegisterKey } from './statements/register-key.ts'
export type {
  ArtefactLayer,
  ArtefactLicence,
  EffectiveDays,
  VersionName,
  WorkingGroupRole,
} from './statements/registry-fields.ts'
export { ARTEFACT_LAYERS, WORKING_GROUP_ROLES } from './statements/registry-fields.ts'
export type { ReportConflict } from './statements/report-conflict.ts'
export type { RequestChange } from './statements/request-change.ts'
export type { ConflictResolution, ResolveConflict } from './statements/resolve-conflict.ts'
export { CONFLICT_RESOLUTIONS } from './statements/resolve-conflict.ts'
export type { ReviewQualification } from './statements/review-qualification.ts'
export type { RevokeKey, RevokeReason } from './statements/revoke-key.ts'
export type { RotateKey } from './statements/rotate-key.ts'
export type { StatementBodies, StatementKind } from './statements/statement-kinds.ts'
export { statementForm, statementKinds } from './statements/statement-kinds.ts'
export type { Vote, VoteChoice } from './statements/vote.ts'
export { VOTE_CHOICES } from './statements/vote.ts'
export type { WithdrawChange } from './statements/withdraw-change.ts'
export type { WithdrawProposal } from './statements/withdraw-proposal.ts'
export type { Signer, Suite } from './suite.ts'
export { itemsOf, membersOf, removeMember, replaceValue, setMember, valueAt } from './text-edit.ts'
export type { Trust, TrustAnchor, TrustedValidator } from './trust.ts'
export { agreedTrust, decodeTrust, encodeTrust, fingerprintWords, trustFingerprint } from './trust.ts'
export type { OrganisationOf } from './trust-anchor.ts'
export { checkpointAnchor, genesisAnchor } from './trust-anchor.ts'
export { checkTrustPath } from './trust-path.ts'
export type { ValidatorKey } from './validator-keys.ts'
export type { Bilingual, ProvedEvidence, Rung, RungName, Verification } from './verification.ts'
export { RUNGS } from './verification.ts'
export type { ReceiptFiles } from './verify-files.ts'
export { verifyReceipt } from './verify-receipt.ts'
