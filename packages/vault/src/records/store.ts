/** Stores a group: read heads, decide, seal, write; again from the start when another process moved a head. */
import type { SqlSession } from '../sql/driver.ts'
import { codeOf } from '../sql/vault-failure.ts'
import type { VaultContext } from '../vault-context.ts'
import { type Claim, createClaims } from './claims.ts'
import { readHeads, recordKey } from './head.ts'
import { contentDigestOf, type PreparedGroup, prepareGroup } from './prepare-group.ts'
import type { RecordNumbers } from './record-numbers.ts'
import type { StoreGroup, StoreOutcome } from './store-item.ts'
import { HeadMoved, lockOutboxAlone, lockOutboxShared, writeGroup } from './write-group.ts'

/** Attempts without keeping others out, then as many in turn; the last ones can only fail by deadlock. */
const FREE_ATTEMPTS = 2
const ATTEMPTS = 6

/** Deadlock, serialisation failure, unique violation: another process was at the same records. */
const RETRIED = new Set(['40P01', '40001', '23505'])

/** Makes `Records.store` for one vault: turns among groups are kept between calls. */
export function createStore(
  vault: VaultContext,
  newRecords: RecordNumbers,
): (group: StoreGroup) => Promise<readonly StoreOutcome[]> {
  const claim = createClaims()
  return (group) => storeInTurn(vault, group, { claim, newRecords })
}

async function storeInTurn(
  vault: VaultContext,
  group: StoreGroup,
  { claim, newRecords }: { readonly claim: Claim; readonly newRecords: RecordNumbers },
): Promise<readonly StoreOutcome[]> {
  if (group.items.length === 0 && group.finished.length === 0) return []
  const release = await claim(group.items.map((item) => recordKey(item.type, item.id)))
  try {
    return await storeWithRetries(vault, group, newRecords)
  } finally {
    release()
  }
}

async function storeWithRetries(
  vault: VaultContext,
  group: StoreGroup,
  newRecords: RecordNumbers,
): Promise<readonly StoreOutcome[]> {
  const contentDigests = group.items.map((item) => contentDigestOf(vault, item))
  for (let attempt = 1; ; attempt++) {
    try {
      const newRecord = await newRecords(group.items.length)
      const storing = { group, contentDigests, newRecord }
      return await (attempt <= FREE_ATTEMPTS ? storeFreely(vault, storing) : storeAlone(vault, storing))
    } catch (thrown) {
      if (attempt === ATTEMPTS || !isRace(thrown)) throw thrown
    }
  }
}

/** Somebody else was at the same records; nothing was written. */
export function isRace(thrown: unknown): boolean {
  return thrown instanceof HeadMoved || RETRIED.has(codeOf(thrown))
}

interface Storing {
  readonly group: StoreGroup
  readonly contentDigests: readonly Uint8Array[]
  readonly newRecord: () => bigint
}

/** Seals before the transaction, which is then short; fails when a head was moved meanwhile. */
async function storeFreely(vault: VaultContext, storing: Storing): Promise<readonly StoreOutcome[]> {
  const prepared = await prepare(vault, vault.driver, storing)
  await writePrepared(vault, prepared)
  return prepared.outcomes
}

/** Keeps every other store of the organisation out while it reads, seals and writes. */
function storeAlone(vault: VaultContext, storing: Storing): Promise<readonly StoreOutcome[]> {
  return vault.driver.transaction(async (session) => {
    await lockOutboxAlone(vault, session)
    const prepared = await prepare(vault, session, storing)
    await writeGroup(vault, session, prepared.toWrite)
    return prepared.outcomes
  })
}

/** The short transaction of a group that is already sealed. Throws what {@link isRace} knows when a head was moved meanwhile. */
export async function writePrepared(vault: VaultContext, { toWrite }: PreparedGroup): Promise<void> {
  await vault.driver.transaction(async (session) => {
    await lockOutboxShared(vault, session)
    await writeGroup(vault, session, toWrite)
  })
}

async function prepare(vault: VaultContext, session: SqlSession, storing: Storing): Promise<PreparedGroup> {
  const heads = await readHeads(session, vault.organisationId, storing.group.items)
  return prepareGroup(vault, { ...storing, heads })
}
