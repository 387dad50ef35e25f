/** The table of statement kinds: the one list that grows when a kind is added (spec 1 §6). Append only. */
import { type AnchorBatch, anchorBatch } from './anchor-batch.ts'
import { type Attest, attest } from './attest.ts'
import type { StatementForm } from './form.ts'
import { type PublishArtefact, publishArtefact } from './publish-artefact.ts'
import { type RecordDailyTotals, recordDailyTotals } from './record-daily-totals.ts'
import { type RegisterKey, registerKey } from './register-key.ts'
import { type RevokeKey, revokeKey } from './revoke-key.ts'
import { type RotateKey, rotateKey } from './rotate-key.ts'

/** The body of each kind. */
export interface StatementBodies {
  readonly 'register-key': RegisterKey
  readonly 'revoke-key': RevokeKey
  readonly 'rotate-key': RotateKey
  readonly 'anchor-batch': AnchorBatch
  readonly 'record-daily-totals': RecordDailyTotals
  readonly attest: Attest
  readonly 'publish-artefact': PublishArtefact
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
