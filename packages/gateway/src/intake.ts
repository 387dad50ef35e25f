/** The corridor IN, as calls in order: standardise ▸ complete ▸ validate ▸ store, with the quarantine as the exit at every rung. */
import type { Validator } from '@meridian/standards'
import type { Vault } from '@meridian/vault'
import type { Received } from './connect/received.ts'
import type { Source } from './connect/source.ts'
import type { Outcome } from './outcome.ts'
import { quarantine, type RefusedItem } from './quarantine/quarantine.ts'
import { isRoomRefusal, type RoomRefusal } from './room-refusal.ts'
import { columnsOf } from './standardise/csv-to-fhir/columns-of.ts'
import type { Joiner } from './standardise/hl7v2-to-fhir/join-existing.ts'
import { type Held, openJoiner, readHeld } from './standardise/open-joiner.ts'
import { standardise } from './standardise/standardise.ts'
import type { Standardised, StandardiseTools } from './standardise/standardised.ts'
import { type Stored, store } from './store/store.ts'
import { type SealedItems, sealAhead, writeAhead } from './store/store-ahead.ts'
import { type Validated, validate } from './validate/validate.ts'

/** What the rooms work with. */
export interface Rooms {
  /** What conversions of a source may use; ids are namespaced by the source. */
  readonly toolsFor: (source: Source) => StandardiseTools
  readonly validator: Validator
  readonly vault: Pick<Vault, 'records' | 'quarantine'>
}

/** A received item in the one standard, or why not. */
export type Converted = Standardised | RoomRefusal

/** The first room for a group: pure, so it can run anywhere while an earlier group is being written. */
export function convert(group: readonly Received[], { toolsFor }: Pick<Rooms, 'toolsFor'>): Converted[] {
  return group.map((received) => received.refusal ?? standardise(received, toolsFor(received.source)))
}

/**
 * Takes a converted group through the other rooms. Each item is atomic; the group only shares its transactions. Outcomes in
 * the order of the items. Effects: vault (records, outbox, inbox, quarantine).
 */
export async function takeIn(
  group: readonly Received[],
  converted: readonly Converted[],
  rooms: Rooms,
): Promise<readonly Outcome[]> {
  const judged = judge(converted, openJoiner(await lookUp(converted, rooms)), rooms)
  const stored = await store(judged.filter(isValidated), rooms.vault.records)
  return conclude(group, { judged, stored }, rooms)
}

/** A group judged and sealed, not yet written, with what later groups must know of it. */
export interface SealedGroup {
  readonly joiner: Joiner
  readonly judged: readonly (Validated | RoomRefusal)[]
  readonly sealed: SealedItems
}

/** What is held of a converted group's records: the first of three steps that together do what {@link takeIn} does. */
export function lookUp(converted: readonly Converted[], { vault }: Pick<Rooms, 'vault'>): Promise<Held> {
  return readHeld(converted.filter(isStandardised), vault.records)
}

/** Completes, validates and seals. `before`: the groups ahead of this one that were not written when `held` was read. */
export async function sealGroup(
  converted: readonly Converted[],
  { held, before }: { readonly held: Held; readonly before: readonly SealedGroup[] },
  rooms: Rooms,
): Promise<SealedGroup> {
  const joiner = openJoiner(
    held,
    before.map((one) => one.joiner),
  )
  const judged = judge(converted, joiner, rooms)
  const sealed = await sealAhead(
    judged.filter(isValidated),
    { heads: held.heads, before: before.map((one) => one.sealed) },
    rooms.vault.records.ahead,
  )
  return { joiner, judged, sealed }
}

/** Writes; undefined when somebody else was at the records, and the group must be taken in anew. Effects: as {@link takeIn}. */
export async function writeGroup(
  group: readonly Received[],
  { judged, sealed }: SealedGroup,
  rooms: Pick<Rooms, 'vault'>,
): Promise<readonly Outcome[] | undefined> {
  const stored = await writeAhead(sealed, rooms.vault.records.ahead)
  return stored === undefined ? undefined : conclude(group, { judged, stored }, rooms)
}

interface Ends {
  readonly judged: readonly (Validated | RoomRefusal)[]
  readonly stored: readonly (Stored | RoomRefusal)[]
}

async function conclude(
  group: readonly Received[],
  { judged, stored }: Ends,
  { vault }: Pick<Rooms, 'vault'>,
): Promise<readonly Outcome[]> {
  const ends = inOrder(judged, stored)
  await quarantine(refusedOf(group, ends), vault.quarantine)
  return group.map((received, i) => outcomeOf(received, ends[i] as Stored | RoomRefusal))
}

/** Completes and validates the items in order: what an earlier one will store counts for a later one. */
function judge(
  items: readonly Converted[],
  joiner: Joiner,
  { validator, toolsFor }: Pick<Rooms, 'validator' | 'toolsFor'>,
): (Validated | RoomRefusal)[] {
  return items.map((item) => {
    if (isRoomRefusal(item)) return item
    const joined = joiner.join(item)
    if (isRoomRefusal(joined)) return joined
    const { received } = item
    const placeOf = received.form === 'csv-row' ? columnsOf(received, toolsFor(received.source)) : undefined
    const validated = validate(joined, validator, placeOf)
    if (isValidated(validated)) joiner.accept(validated)
    return validated
  })
}

const isStandardised = (item: Converted): item is Standardised => !isRoomRefusal(item)

const isValidated = (end: Validated | RoomRefusal): end is Validated => !isRoomRefusal(end)

function inOrder(judged: readonly (Validated | RoomRefusal)[], stored: readonly (Stored | RoomRefusal)[]) {
  let next = 0
  return judged.map((end) => (isRoomRefusal(end) ? end : (stored[next++] as Stored | RoomRefusal)))
}

function refusedOf(group: readonly Received[], ends: readonly (Stored | RoomRefusal)[]): RefusedItem[] {
  return group.flatMap((received, i) => {
    const end = ends[i]
    return end !== undefined && isRoomRefusal(end) ? [{ received, refusal: end }] : []
  })
}

function outcomeOf(received: Received, end: Stored | RoomRefusal): Outcome {
  const { deliveryId, position } = received
  if (isRoomRefusal(end)) return { state: 'refused', deliveryId, position, refusal: end }
  return { state: 'taken-in', deliveryId, position, records: end.records, findings: end.validated.findings }
}
