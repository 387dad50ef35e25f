/** Erasure over SQL: the port of `erase.ts`. */

import { removeBlobs } from '../blobs/blob-rows.ts'
import type { RecordOutcome } from '../inbox/inbox.ts'
import { isId, orderedId } from '../random-id.ts'
import { textArray } from '../sql/array-literal.ts'
import type { SqlSession } from '../sql/driver.ts'
import { addTallies, dayOf } from '../tallies.ts'
import type { VaultContext } from '../vault-context.ts'
import type { EraseRefused, EraseRequest, Eraser, EraseTarget, Erasure, ErasureEntry } from './erase.ts'
import { addErasure, lockRequest, readErasures, readRequests, writeRequest } from './erase-request.ts'
import { eraseRows } from './erase-rows.ts'
import { livingRecords, type Reached, type ReachedRecord, reach } from './erase-target.ts'
import { checkForbidden, liftHold, placeHold, readHolds, readRetention, setRetention } from './forbidden.ts'

/** Makes the eraser of one vault. */
export function openEraser(vault: VaultContext): Eraser {
  const { driver } = vault
  return {
    request: (target, reason, by) => request(vault, { target, reason, by }),
    confirm: (requestId, by) => confirm(vault, requestId, by),
    withdraw: (requestId, by) => withdraw(vault, requestId, by),
    requests: () => readRequests(vault, driver),
    setRetention: (rule) => setRetention(vault, rule),
    retention: () => readRetention(vault, driver),
    placeHold: (target, reason, by) => placeHold(vault, { target, reason, by }),
    liftHold: async (holdId, by) => isId(holdId) && liftHold(vault, holdId, by),
    holds: () => readHolds(vault, driver),
    erasureList: () => readErasures(vault, driver),
    replay: (list) => replay(vault, list),
  }
}

async function request(
  vault: VaultContext,
  { target, reason, by }: { readonly target: EraseTarget; readonly reason: string; readonly by: string },
): Promise<EraseRequest | EraseRefused> {
  const reached = await reach(vault, vault.driver, target)
  if (isNothing(reached)) return refused('nothing-to-erase')
  const forbidden = await forbiddenFor(vault, vault.driver, { target, reached })
  if (forbidden !== undefined) return forbidden
  const now = vault.clock.now()
  const made: EraseRequest = {
    requestId: orderedId(now),
    target,
    reason,
    requestedBy: by,
    requestedTime: now.toISOString(),
    state: 'requested',
    confirmedBy: null,
    confirmedTime: null,
  }
  await writeRequest(vault, vault.driver, made)
  return made
}

async function confirm(vault: VaultContext, requestId: string, by: string): Promise<Erasure | EraseRefused> {
  if (!isId(requestId)) return refused('request-unknown')
  return erasing(vault, async (session, gone) => {
    const asked = await lockRequest(vault, session, requestId)
    if (asked?.state !== 'requested') return refused('request-unknown')
    if (asked.requestedBy === by) return refused('same-person')
    const reached = await reach(vault, session, asked.target)
    if (isNothing(reached)) return refused('nothing-to-erase')
    const forbidden = await forbiddenFor(vault, session, { target: asked.target, reached })
    if (forbidden !== undefined) return forbidden
    return eraseReached(vault, session, { asked, reached, by, gone })
  })
}

/** One transaction; the blobs it puts into `gone` are removed once it stands, since a file does not come back. */
async function erasing<T>(
  vault: VaultContext,
  work: (session: SqlSession, gone: Uint8Array[]) => Promise<T>,
): Promise<T> {
  const gone: Uint8Array[] = []
  const answer = await vault.driver.transaction((session) => work(session, gone))
  // Their keys are gone, so nobody can open them; a file that cannot be removed now is swept at the next start.
  await removeBlobs(vault, gone).catch(() => {})
  return answer
}

interface Erasing {
  readonly asked: EraseRequest
  readonly reached: Reached
  readonly by: string
  readonly gone: Uint8Array[]
}

async function eraseReached(
  vault: VaultContext,
  session: SqlSession,
  { asked, reached, by, gone }: Erasing,
): Promise<Erasure> {
  const { requestId } = asked
  const confirmedTime = vault.clock.now().toISOString()
  const { versions, blobs } = await eraseRows(vault, session, {
    records: reached.records.map(({ record, head }) => ({ record, upToVersion: head })),
    deliveries: reached.deliveries,
  })
  gone.push(...blobs)
  await writeRequest(vault, session, { ...asked, state: 'done', confirmedBy: by, confirmedTime })
  await addErasure(vault, session, {
    requestId,
    confirmedTime,
    records: reached.records.map(({ handle, head }) => ({
      handle: Buffer.from(handle).toString('hex'),
      upToVersion: head,
    })),
    deliveries: reached.deliveries,
  })
  await countErased(vault, session, versions)
  return { requestId, records: reached.records.length, versions, deliveries: reached.deliveries.length }
}

async function withdraw(
  vault: VaultContext,
  requestId: string,
  by: string,
): Promise<EraseRefused | undefined> {
  if (!isId(requestId)) return refused('request-unknown')
  return vault.driver.transaction(async (session) => {
    const asked = await lockRequest(vault, session, requestId)
    if (asked?.state !== 'requested') return refused('request-unknown')
    const confirmedTime = vault.clock.now().toISOString()
    await writeRequest(vault, session, { ...asked, state: 'withdrawn', confirmedBy: by, confirmedTime })
    return undefined
  })
}

/** See {@link Eraser.replay}: handles and delivery ids that the restored store does not have are passed over. */
async function replay(vault: VaultContext, list: readonly ErasureEntry[]): Promise<Erasure> {
  return erasing(vault, async (session, gone) => {
    const known = await recordsByHandle(vault, session, list)
    const records = list.flatMap((entry) =>
      entry.records.flatMap(({ handle, upToVersion }) => {
        const record = known.get(handle)
        return record === undefined ? [] : [{ record, upToVersion }]
      }),
    )
    const deliveries = list.flatMap((entry) => entry.deliveries).filter(isId)
    const { versions, blobs } = await eraseRows(vault, session, { records, deliveries })
    gone.push(...blobs)
    for (const entry of list) await addErasure(vault, session, entry)
    await countErased(vault, session, versions)
    return { requestId: 'replay', records: records.length, versions, deliveries: deliveries.length }
  })
}

async function recordsByHandle(
  vault: VaultContext,
  session: SqlSession,
  list: readonly ErasureEntry[],
): Promise<Map<string, bigint>> {
  const handles = list.flatMap((entry) => entry.records.map(({ handle }) => handle))
  const rows = await session.query<{ record: bigint; handle: string }>(
    `SELECT record, encode(handle, 'hex') AS handle FROM records
     WHERE organisation_id = $1 AND encode(handle, 'hex') = ANY($2::text::text[])`,
    [vault.organisationId, textArray(handles)],
  )
  return new Map(rows.map((row) => [row.handle, row.record]))
}

async function forbiddenFor(
  vault: VaultContext,
  session: SqlSession,
  { target, reached }: { readonly target: EraseTarget; readonly reached: Reached },
): Promise<EraseRefused | undefined> {
  const carried = await carriedRecords(vault, session, reached.deliveries)
  return checkForbidden(vault, session, { target, reached, carried })
}

/** The living records that came with the deliveries: their source bytes go as well. */
async function carriedRecords(
  vault: VaultContext,
  session: SqlSession,
  deliveries: readonly string[],
): Promise<ReachedRecord[]> {
  const answers = await session.query<{ records: string }>(
    `SELECT records FROM delivery_answers
     WHERE organisation_id = $1 AND delivery_id = ANY($2::text::uuid[]) AND records IS NOT NULL`,
    [vault.organisationId, textArray(deliveries)],
  )
  const carried = answers.flatMap(({ records }) => JSON.parse(records) as RecordOutcome[])
  return livingRecords(vault, session, carried)
}

function countErased(vault: VaultContext, session: SqlSession, versions: number): Promise<void> {
  const day = dayOf(vault.clock.now().toISOString())
  return addTallies(session, vault.organisationId, [{ day, dimension: 'erased', code: '', amount: versions }])
}

function isNothing(reached: Reached): boolean {
  return reached.records.length === 0 && reached.deliveries.length === 0
}

function refused(code: EraseRefused['code']): EraseRefused {
  return { refused: true, code, detail: {} }
}
