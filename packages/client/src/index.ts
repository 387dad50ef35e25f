/** What other packages may use of `client`. */

export type { ProposalDraft } from './build-proposal.ts'
export { proposalBody } from './build-proposal.ts'
export type { ReceiptIdentity } from './build-receipts.ts'
export { coseReceipt, recordReceipt } from './build-receipts.ts'
export type { ClientFailureCode } from './client-failure.ts'
export { ClientFailure } from './client-failure.ts'
export type { LedgerBlock } from './documents/block-document.ts'
export { blockForm } from './documents/block-document.ts'
export type {
  LedgerMember,
  LedgerMembers,
  MemberDoubleSigning,
  MemberStatus,
  MemberValidator,
} from './documents/members-document.ts'
export { MEMBER_STATUSES, membersForm } from './documents/members-document.ts'
export type { LedgerParameter, LedgerParameters } from './documents/parameters-document.ts'
export { parametersForm } from './documents/parameters-document.ts'
export type { StatementPlace, SubmittedStatement } from './documents/place-document.ts'
export { placeForm, submittedForm } from './documents/place-document.ts'
export type { LedgerProof } from './documents/proof-document.ts'
export { checkLedgerProof, proofForm } from './documents/proof-document.ts'
export type {
  LedgerProposal,
  LedgerProposals,
  LedgerTally,
  LedgerVote,
  ProposalOutcome,
} from './documents/proposals-document.ts'
export { PROPOSAL_OUTCOMES, proposalsForm } from './documents/proposals-document.ts'
export { refusalForm } from './documents/refusal-document.ts'
export type {
  ArtefactQuery,
  ArtefactState,
  ChangeStatus,
  LedgerAdoption,
  LedgerAdoptions,
  LedgerArtefact,
  LedgerArtefacts,
  LedgerChangeRequest,
  LedgerChangeRequests,
  LedgerComment,
  LedgerConflict,
  LedgerConflicts,
} from './documents/registry-document.ts'
export {
  ARTEFACT_STATES,
  adoptionsForm,
  artefactsForm,
  CHANGE_STATUSES,
  CONFLICT_STATES,
  changeRequestsForm,
  conflictsForm,
} from './documents/registry-document.ts'
export type { LedgerStatus } from './documents/status-document.ts'
export { statusForm } from './documents/status-document.ts'
export type { HttpTransportOptions } from './http-transport.ts'
export { createHttpTransport } from './http-transport.ts'
export type { LedgerClient } from './ledger-client.ts'
export { createLedgerClient, encodeJson } from './ledger-client.ts'
export type { ProvedMembership } from './membership-certificate.ts'
export { encodeCertificate, isCertificate, verifyCertificate } from './membership-certificate.ts'
export type { ChainView, NextDelivery } from './next-delivery.ts'
export { nextDelivery } from './next-delivery.ts'
export type { RequestSignature, SignedRequest } from './request-signature.ts'
export { REQUEST_SIGNATURE_SECONDS, readRequestSignature, signRequest } from './request-signature.ts'
export type { Saying, SignedStatement, SigningIdentity } from './sign-for-ledger.ts'
export { signForLedger } from './sign-for-ledger.ts'
export type { LedgerAnswer, LedgerRequest, Transport } from './transport.ts'
export { createInProcessTransport } from './transport.ts'
export type { FollowedLedger } from './update-trust.ts'
export { updateTrust } from './update-trust.ts'
