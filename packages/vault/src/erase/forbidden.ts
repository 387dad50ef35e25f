/** What forbids an erasure: a legal hold on anything it reaches, or a record younger than its type must be kept. */

import { orderedId } from '../random-id.ts'
import { rowSeal } from '../row-seal.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import type { EraseRefused, EraseTarget, LegalHold, RetentionRule } from './erase.ts'
import type { Reached, ReachedRecord } from './erase-target.ts'

const DAY_MS = 86_400_000

/**
 * The refusal, or nothing. A hold on any record a reached delivery carried counts; retention counts for what is itself
 * reached, since the versions of other records stay.
 */
export async function checkForbidden(
  vault: VaultContext,
  session: SqlSession,
  { target, reached, carried }: { target: EraseTarget; reached: Reached; carried: readonly ReachedRecord[] },
): Promise<EraseRefused | undefined> {
  const records = [...reached.records, ...carried]
  const held = (await readHolds(vault, session)).find((hold) => isHeld(hold, target, { ...reached, records }))
  if (held !== undefined) return { refused: true, code: 'legal-hold', detail: { holdId: held.holdId } }
  const rules = await readRetention(vault, session)
  const now = vault.clock.now().getTime()
  const kept = target.kind === 'delivery' ? records : reached.records
  const young = kept.find((record) => now < keptUntil(record, rules))
  if (young === undefined) return undefined
  const keepUntil = new Date(keptUntil(young, rules)).toISOString()
  return { refused: true, code: 'retention', detail: { type: young.type, keepUntil } }
}

function keptUntil(record: ReachedRecord, rules: readonly RetentionRule[]): number {
  const rule = rules.find(({ type }) => type === record.type) ?? rules.find(({ type }) => type === '*')
  return Date.parse(record.newest) + (rule?.minimumDays ?? 0) * DAY_MS
}

function isHeld(hold: LegalHold, target: EraseTarget, reached: Reached): boolean {
  const { target: held } = hold
  if (held.kind === 'delivery') return reached.deliveries.includes(held.deliveryId)
  if (held.kind === 'record')
    return reached.records.some(({ type, id }) => type === held.type && id === held.id)
  return (
    (target.kind === 'patient' && target.patientId === held.patientId) ||
    reached.records.some(
      ({ type, id, patient_id }) =>
        patient_id === held.patientId || (type === 'Patient' && id === held.patientId),
    )
  )
}

/** Holds not lifted, oldest first. */
export async function readHolds(vault: VaultContext, session: SqlSession): Promise<LegalHold[]> {
  return session.query<LegalHold>(
    `SELECT hold_id AS "holdId", target, reason, placed_by AS "placedBy", placed_time AS "placedTime"
     FROM legal_holds WHERE organisation_id = $1 AND lifted_time IS NULL ORDER BY number`,
    [vault.organisationId],
  )
}

/** Places a hold. */
export async function placeHold(
  vault: VaultContext,
  { target, reason, by }: { readonly target: EraseTarget; readonly reason: string; readonly by: string },
): Promise<LegalHold> {
  const now = vault.clock.now()
  const hold = { holdId: orderedId(now), target, reason, placedBy: by, placedTime: now.toISOString() }
  await vault.driver.query(
    `INSERT INTO legal_holds (organisation_id, hold_id, target, reason, placed_by, placed_time, row_seal)
     VALUES ($1, $2, $3::text::jsonb, $4, $5, $6, $7)`,
    [
      vault.organisationId,
      hold.holdId,
      JSON.stringify(target),
      reason,
      by,
      hold.placedTime,
      holdSeal(vault, hold, { liftedBy: null, liftedTime: null }),
    ],
  )
  return hold
}

/** Lifts a hold; false when there is none such. */
export async function liftHold(vault: VaultContext, holdId: string, by: string): Promise<boolean> {
  return vault.driver.transaction(async (session) => {
    const hold = (await readHolds(vault, session)).find((one) => one.holdId === holdId)
    if (hold === undefined) return false
    const lifted = { liftedBy: by, liftedTime: vault.clock.now().toISOString() }
    const rows = await session.query(
      `UPDATE legal_holds SET lifted_by = $3, lifted_time = $4, row_seal = $5
       WHERE organisation_id = $1 AND hold_id = $2 AND lifted_time IS NULL RETURNING hold_id`,
      [vault.organisationId, holdId, lifted.liftedBy, lifted.liftedTime, holdSeal(vault, hold, lifted)],
    )
    return rows.length === 1
  })
}

/** Keyed digest over a hold's row. */
export function holdSeal(
  vault: VaultContext,
  hold: LegalHold,
  lifted: { readonly liftedBy: string | null; readonly liftedTime: string | null },
): Uint8Array {
  const { holdId, reason, placedBy, placedTime } = hold
  const target = targetText(hold.target)
  return rowSeal(
    vault,
    'legal_holds',
    holdId,
    target,
    reason,
    placedBy,
    placedTime,
    lifted.liftedBy,
    lifted.liftedTime,
  )
}

/** A target with its members in one order, whatever order the database gave them back in. */
export function targetText(target: EraseTarget): string {
  return JSON.stringify(Object.entries(target).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Rules in order of type. */
export function readRetention(vault: VaultContext, session: SqlSession): Promise<RetentionRule[]> {
  return session.query<RetentionRule>(
    `SELECT type, minimum_days AS "minimumDays" FROM retention_rules WHERE organisation_id = $1
     ORDER BY type COLLATE "C"`,
    [vault.organisationId],
  )
}

/** Makes or replaces the rule of a type. */
export async function setRetention(vault: VaultContext, { type, minimumDays }: RetentionRule): Promise<void> {
  await vault.driver.query(
    `INSERT INTO retention_rules (organisation_id, type, minimum_days, row_seal) VALUES ($1, $2, $3, $4)
     ON CONFLICT (organisation_id, type) DO UPDATE
       SET minimum_days = excluded.minimum_days, row_seal = excluded.row_seal`,
    [vault.organisationId, type, minimumDays, rowSeal(vault, 'retention_rules', type, minimumDays)],
  )
}
