/** The organisation's own thresholds. */
import type { VaultContext } from '../vault-context.ts'

/** See `Quality.thresholds`. */
export async function readThresholds({ driver, organisationId }: VaultContext): Promise<Map<string, number>> {
  const rows = await driver.query<{ check_id: string; percent: number }>(
    'SELECT check_id, percent FROM quality_thresholds WHERE organisation_id = $1',
    [organisationId],
  )
  return new Map(rows.map(({ check_id, percent }) => [check_id, percent]))
}

/** See `Quality.setThreshold`. */
export async function writeThreshold(
  { driver, organisationId, clock }: VaultContext,
  { check, percent, by }: { readonly check: string; readonly percent: number; readonly by: string },
): Promise<void> {
  await driver.query(
    `INSERT INTO quality_thresholds VALUES ($1, $2, $3::text::float8, $4, $5)
     ON CONFLICT (organisation_id, check_id)
     DO UPDATE SET percent = excluded.percent, set_by = excluded.set_by, set_time = excluded.set_time`,
    [organisationId, check, String(percent), by, clock.now().toISOString()],
  )
}
