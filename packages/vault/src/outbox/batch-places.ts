/** In which batch versions are, and where: one look-up for a whole list, which reads no leaves. */
import { numberArray, textArray } from '../sql/array-literal.ts'
import type { VaultContext } from '../vault-context.ts'
import { readBatches } from './batch-rows.ts'
import type { BatchTrees } from './batch-trees.ts'
import type { Batch, BatchMembership, VersionName } from './outbox.ts'

interface PlaceRow {
  readonly place: bigint
  readonly commitment: Uint8Array
  /** The batch's. */
  readonly number: bigint
}

/** A version is in the first batch whose last number is not below its own. */
const PLACES = `
  SELECT asked.place, v.commitment, b.number
  FROM unnest($2::text::text[], $3::text::text[], $4::text::int[]) WITH ORDINALITY AS asked (type, id, version, place)
  JOIN records r ON r.organisation_id = $1 AND r.type = asked.type AND r.id = asked.id
  JOIN record_versions v ON v.organisation_id = $1 AND v.record = r.record AND v.version = asked.version
  JOIN LATERAL (SELECT number FROM batches WHERE organisation_id = $1 AND last_sequence >= v.sequence
                ORDER BY last_sequence LIMIT 1) b ON true`

interface Place {
  readonly commitment: Uint8Array
  readonly batch: Batch
}

async function placesOf(
  vault: VaultContext,
  versions: readonly VersionName[],
): Promise<readonly (Place | undefined)[]> {
  const rows = await vault.driver.query<PlaceRow>(PLACES, [
    vault.organisationId,
    textArray(versions.map(({ type }) => type)),
    textArray(versions.map(({ id }) => id)),
    numberArray(versions.map(({ version }) => version)),
  ])
  const numbers = [...new Set(rows.map(({ number }) => number))].sort((a, b) => (a < b ? -1 : 1))
  const batches =
    numbers.length === 0
      ? []
      : await readBatches(vault, vault.driver, 'AND number = ANY($2::text::bigint[]) ORDER BY number', [
          numberArray(numbers),
        ])
  const byNumber = new Map(numbers.map((number, i) => [number, batches[i]]))
  const places: (Place | undefined)[] = versions.map(() => undefined)
  for (const { place, commitment, number } of rows) {
    const batch = byNumber.get(number)
    if (batch !== undefined) places[Number(place) - 1] = { commitment, batch }
  }
  return places
}

/** See {@link Outbox.batchesOf}. */
export async function batchesOf(
  vault: VaultContext,
  versions: readonly VersionName[],
): Promise<readonly (Batch | undefined)[]> {
  if (versions.length === 0) return []
  return (await placesOf(vault, versions)).map((place) => place?.batch)
}

/** See {@link Outbox.batchOf}. */
export async function batchOf(
  vault: VaultContext,
  trees: BatchTrees,
  version: VersionName,
): Promise<BatchMembership | undefined> {
  const [place] = await placesOf(vault, [version])
  if (place === undefined) return undefined
  const { batch, commitment } = place
  const tree = await trees.of(batch.batchId)
  const leafIndex = tree?.indexOf(commitment)
  return tree === undefined || leafIndex === undefined
    ? undefined
    : { batch, leafIndex, path: tree.pathOf(leafIndex) }
}
