/** Stores a group: read heads, decide, seal, write; again from the start when another process moved a head. */
import type { RecordOutcome } from '../inbox/inbox.ts'
import type { SqlSession } from '../sql/driver.ts'
import { codeOf } from '../sql/vault-failure.ts'
import { dayOf, type Tally } from '../tallies.ts'
import type { VaultContext } from '../vault-context.ts'
import { type Claim, createClaims } from './claims.ts'
import { readHeads, recordKey } from './head.ts'
import { type GroupPlan, planGroup } from './plan-group.ts'
import { type SealedGroup, sealGroup } from './seal-group.ts'
import type { StoreGroup, StoreItem, StoreOutcome } from './store-item.ts'
import {
  type FinishedDelivery,
  type GroupToWrite,
  HeadMoved,
  lockOutboxAlone,
  lockOutboxShared,
  writeGroup,
} from './write-group.ts'

/** Attempts without keeping others out, then as many in turn; the last ones can only fail by deadlock. */
const FREE_ATTEMPTS = 2
const ATTEMPTS = 6

/** Deadlock, serialisation failure, unique violation: another process was at the same records. */
const RETRIED = new Set(['40P01', '40001', '23505'])

/** Makes `Records.store` for one vault: record numbers and turns among groups are kept between calls. */
export function createStore(vault: VaultContext): (group: StoreGroup) => Promise<readonly StoreOutcome[]> {
  const claim = createClaims()
  const newRecords = createRecordNumbers(vault)
  return (group) => storeInTurn(vault, group, { claim, newRecords })
}

type RecordNumbers = (atMost: number) => Promise<() => bigint>

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

function isRace(thrown: unknown): boolean {
  return thrown instanceof HeadMoved || RETRIED.has(codeOf(thrown))
}

/** Keyed digest of a resource's text, by which unchanged content is known. */
export function contentDigestOf(vault: VaultContext, item: Pick<StoreItem, 'text'>): Uint8Array {
  return vault.keyring.keyedDigest('record content', vault.organisationId, item.text).subarray(0, 16)
}

interface Storing {
  readonly group: StoreGroup
  readonly contentDigests: readonly Uint8Array[]
  readonly newRecord: () => bigint
}

/** Seals before the transaction, which is then short; fails when a head was moved meanwhile. */
async function storeFreely(vault: VaultContext, storing: Storing): Promise<readonly StoreOutcome[]> {
  const prepared = await prepare(vault, vault.driver, storing)
  await vault.driver.transaction(async (session) => {
    await lockOutboxShared(vault, session)
    await writeGroup(vault, session, prepared.toWrite)
  })
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

async function prepare(
  vault: VaultContext,
  session: SqlSession,
  { group, contentDigests, newRecord }: Storing,
): Promise<{ readonly outcomes: readonly StoreOutcome[]; readonly toWrite: GroupToWrite }> {
  const { items } = group
  const heads = await readHeads(session, vault.organisationId, items)
  const plan = planGroup({ items, heads, contentDigests })
  const storedTime = vault.clock.now().toISOString()
  const sealed = sealGroup(vault, { items, heads, plan, storedTime, newRecord })
  const outcomes = outcomesOf(items, plan, sealed)
  const tallies = keptTallies(outcomes, dayOf(storedTime))
  return { outcomes, toWrite: { sealed, finished: finishedOf(group, outcomes), tallies } }
}

function outcomesOf(items: readonly StoreItem[], plan: GroupPlan, sealed: SealedGroup): StoreOutcome[] {
  const outcomes = new Map<number, StoreOutcome>(plan.kept)
  for (const { item, type, id, version, handle, commitment, metadata } of sealed.versions) {
    const { storedTime } = metadata
    outcomes.set(item, { outcome: 'stored', type, id, version, handle, commitment, storedTime })
  }
  return items.map((_, place) => outcomes.get(place) as StoreOutcome)
}

/** A delivery with a refused item is not finished: the corridor will refuse it. */
function finishedOf(group: StoreGroup, outcomes: readonly StoreOutcome[]): FinishedDelivery[] {
  const records = new Map<string, RecordOutcome[]>()
  const refused = new Set<string>()
  for (const [place, { deliveryId }] of group.items.entries()) {
    const result = outcomes[place]
    if (deliveryId === null || result === undefined) continue
    const known = records.get(deliveryId) ?? []
    records.set(deliveryId, known)
    if (result.outcome === 'refused') refused.add(deliveryId)
    else known.push({ type: result.type, id: result.id, outcome: result.outcome, version: result.version })
  }
  return group.finished
    .filter(({ deliveryId }) => !refused.has(deliveryId))
    .map((delivery) => ({ ...delivery, records: records.get(delivery.deliveryId) ?? [] }))
}

function keptTallies(outcomes: readonly StoreOutcome[], day: string): Tally[] {
  return outcomes
    .filter(({ outcome }) => outcome !== 'stored')
    .map(({ outcome }) => ({ day, dimension: 'kept', code: outcome, amount: 1 }))
}

const BLOCK = 4096n

/** Numbers are drawn in blocks of the sequence's increment, so most groups draw none; what a group leaves is void. */
function createRecordNumbers(vault: VaultContext): RecordNumbers {
  let free = { next: 0n, end: 0n }
  return async (atMost) => {
    const ranges = [takeFrom(free, BigInt(atMost))]
    for (
      let missing = BigInt(atMost) - sizeOf(ranges);
      missing > 0n;
      missing = BigInt(atMost) - sizeOf(ranges)
    ) {
      const rows = await vault.driver.query<{ start: bigint }>(`SELECT nextval('record_numbers') AS start`)
      const start = rows[0]?.start ?? 0n
      free = { next: start, end: start + BLOCK }
      ranges.push(takeFrom(free, missing))
    }
    return () => {
      const range = ranges.find(({ next, end }) => next < end)
      if (range === undefined) throw new Error('more records are made than a group has items')
      range.next += 1n
      return range.next - 1n
    }
  }
}

interface NumberRange {
  next: bigint
  end: bigint
}

function takeFrom(free: NumberRange, wanted: bigint): NumberRange {
  const start = free.next
  const end = free.end - start < wanted ? free.end : start + wanted
  free.next = end
  return { next: start, end }
}

function sizeOf(ranges: readonly NumberRange[]): bigint {
  return ranges.reduce((sum, { next, end }) => sum + end - next, 0n)
}
