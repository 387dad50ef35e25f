/** The table of statement kinds: the one list that grows when a kind is added (spec 1 §6). Append only. */

import { type AdoptArtefact, adoptArtefact } from './adopt-artefact.ts'
import { type AnchorBatch, anchorBatch } from './anchor-batch.ts'
import { type AnnounceEndpoints, announceEndpoints } from './announce-endpoints.ts'
import { type AnswerChange, answerChange } from './answer-change.ts'
import { type ApplyMembership, applyMembership } from './apply-membership.ts'
import { type AssignConflict, assignConflict } from './assign-conflict.ts'
import { type Attest, attest } from './attest.ts'
import { type CommentChange, commentChange } from './comment-change.ts'
import type { StatementForm } from './form.ts'
import { type Leave, leave } from './leave.ts'
import { type Propose, propose } from './propose.ts'
import { type PublishArtefact, publishArtefact } from './publish-artefact.ts'
import { type RecordDailyTotals, recordDailyTotals } from './record-daily-totals.ts'
import { type RegisterArtefact, registerArtefact } from './register-artefact.ts'
import { type RegisterKey, registerKey } from './register-key.ts'
import { type ReportConflict, reportConflict } from './report-conflict.ts'
import { type RequestChange, requestChange } from './request-change.ts'
import { type ResolveConflict, resolveConflict } from './resolve-conflict.ts'
import { type ReviewQualification, reviewQualification } from './review-qualification.ts'
import { type RevokeKey, revokeKey } from './revoke-key.ts'
import { type RotateKey, rotateKey } from './rotate-key.ts'
import { type Vote, vote } from './vote.ts'
import { type WithdrawChange, withdrawChange } from './withdraw-change.ts'
import { type WithdrawProposal, withdrawProposal } from './withdraw-proposal.ts'

/** The body of each kind. */
export interface StatementBodies {
  readonly 'register-key': RegisterKey
  readonly 'revoke-key': RevokeKey
  readonly 'rotate-key': RotateKey
  readonly 'anchor-batch': AnchorBatch
  readonly 'record-daily-totals': RecordDailyTotals
  readonly attest: Attest
  readonly 'publish-artefact': PublishArtefact
  readonly 'apply-membership': ApplyMembership
  readonly 'review-qualification': ReviewQualification
  readonly 'announce-endpoints': AnnounceEndpoints
  readonly leave: Leave
  readonly propose: Propose
  readonly vote: Vote
  readonly 'withdraw-proposal': WithdrawProposal
  readonly 'register-artefact': RegisterArtefact
  readonly 'adopt-artefact': AdoptArtefact
  readonly 'request-change': RequestChange
  readonly 'comment-change': CommentChange
  readonly 'answer-change': AnswerChange
  readonly 'withdraw-change': WithdrawChange
  readonly 'report-conflict': ReportConflict
  readonly 'assign-conflict': AssignConflict
  readonly 'resolve-conflict': ResolveConflict
}

/** The name of a kind. */
export type StatementKind = keyof StatementBodies

const forms: { readonly [K in StatementKind]: StatementForm<StatementBodies[K]> } = {
  'register-key': registerKey,
  'revoke-key': revokeKey,
  'rotate-key': rotateKey,
  'anchor-batch': anchorBatch,
  'record-daily-totals': recordDailyTotals,
  attest,
  'publish-artefact': publishArtefact,
  'apply-membership': applyMembership,
  'review-qualification': reviewQualification,
  'announce-endpoints': announceEndpoints,
  leave,
  propose,
  vote,
  'withdraw-proposal': withdrawProposal,
  'register-artefact': registerArtefact,
  'adopt-artefact': adoptArtefact,
  'request-change': requestChange,
  'comment-change': commentChange,
  'answer-change': answerChange,
  'withdraw-change': withdrawChange,
  'report-conflict': reportConflict,
  'assign-conflict': assignConflict,
  'resolve-conflict': resolveConflict,
}

/** Every kind, in the order of the specification. */
export const statementKinds: readonly StatementKind[] = Object.keys(forms) as StatementKind[]

const byName: ReadonlyMap<string, StatementForm<StatementBodies[StatementKind]>> = new Map(
  Object.entries(forms) as [string, StatementForm<StatementBodies[StatementKind]>][],
)

/** The form of a kind, or `undefined` for a name that is not in the table. */
export function statementForm(kind: string): StatementForm<StatementBodies[StatementKind]> | undefined {
  return byName.get(kind)
}
