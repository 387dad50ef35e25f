/** Turns a plan into sealed versions and the heads they leave: handles, secrets, commitments, ciphertext. */
import { randomFillSync } from 'node:crypto'
import { buildCommitment } from '@meridian/protocol'
import { createInstants, type ReadInstant } from '../instants.ts'
import type { VaultContext } from '../vault-context.ts'
import { type Head, recordKey } from './head.ts'
import type { GroupPlan, PlannedVersion, RecordState } from './plan-group.ts'
import { contentOf, metadataHash, sealVersion, type VersionMetadata } from './sealed-version.ts'
import { type SearchEntries, searchEntries, searchHash } from './search-entry.ts'
import type { StoreItem } from './store-item.ts'

/** A version ready to be written. */
export interface SealedVersion {
  readonly item: number
  readonly record: bigint
  readonly type: string
  readonly id: string
  readonly handle: Uint8Array
  readonly version: number
  readonly commitment: Uint8Array
  readonly previous: Uint8Array | null
  readonly leafCount: number
  readonly metadata: VersionMetadata
  readonly search: SearchEntries
  readonly box: Uint8Array
  readonly wrapped: Uint8Array
}

/** Everything a group writes about records. */
export interface SealedGroup {
  readonly versions: readonly SealedVersion[]
  readonly heads: readonly Head[]
}

/** What sealing needs besides the plan; `newRecord` gives a number for a record that is new. */
export interface SealingInput {
  readonly items: readonly StoreItem[]
  readonly heads: ReadonlyMap<string, Head>
  readonly plan: GroupPlan
  readonly storedTime: string
  readonly newRecord: () => bigint
}

/** Identity and chain of a record while the group is sealed. */
interface Chain {
  readonly record: bigint
  readonly handle: Uint8Array
  readonly patientId: string | null
  readonly commitment: Uint8Array | null
}

const KEY_BYTES = 32
const SECRET_BYTES = 32
const HANDLE_BYTES = 16

/** Seals in order, since every commitment names the one before it. */
export function sealGroup(vault: VaultContext, input: SealingInput): SealedGroup {
  const chains = new Map<string, Chain>()
  const versions: SealedVersion[] = []
  const tools = { takeRandom: createRandom(input.plan.versions.length), readInstant: createInstants() }
  for (const planned of input.plan.versions) {
    const item = input.items[planned.item] as StoreItem
    const key = recordKey(item.type, item.id)
    const chain = chains.get(key) ?? chainOf(input.heads.get(key), input.newRecord, tools)
    const sealed = sealOne(vault, { item, planned, chain, storedTime: input.storedTime, ...tools })
    versions.push(sealed)
    chains.set(key, { ...chain, patientId: item.patientId ?? null, commitment: sealed.commitment })
  }
  return { versions, heads: headsOf(input, chains) }
}

interface SealingTools {
  readonly takeRandom: (length: number) => Uint8Array
  readonly readInstant: ReadInstant
}

/** PERF: one draw for a whole group, since a draw costs more than the bytes. Every byte is given once. */
function createRandom(versions: number): SealingTools['takeRandom'] {
  const bytes = randomFillSync(new Uint8Array(versions * (KEY_BYTES + SECRET_BYTES + HANDLE_BYTES)))
  let used = 0
  return (length) => {
    if (used + length > bytes.length) throw new RangeError('more random bytes are taken than were drawn')
    used += length
    return bytes.slice(used - length, used)
  }
}

function chainOf(head: Head | undefined, newRecord: () => bigint, { takeRandom }: SealingTools): Chain {
  if (head !== undefined) return head
  return {
    record: newRecord(),
    handle: takeRandom(HANDLE_BYTES),
    patientId: null,
    commitment: null,
  }
}

interface Sealing extends SealingTools {
  readonly item: StoreItem
  readonly planned: PlannedVersion
  readonly chain: Chain
  readonly storedTime: string
}

function sealOne(vault: VaultContext, sealing: Sealing): SealedVersion {
  const { item, planned, chain, takeRandom, readInstant } = sealing
  const { version } = planned
  const { record, handle, commitment: previous } = chain
  const secret = takeRandom(SECRET_BYTES)
  const content = contentOf(item.provenance, item.text)
  const { root, leafCount } = buildCommitment(
    vault.suite,
    headerOf(vault, { handle, version, previous, kind: item.type }),
    content,
    secret,
  )
  const metadata = metadataOf(sealing)
  const search = searchEntries(vault, item.operation === 'delete' ? [] : item.search, readInstant)
  const sealed = sealVersion(vault, { handle, version }, takeRandom(KEY_BYTES), {
    secret,
    metadataHash: metadataHash(metadata),
    searchHash: searchHash(search),
    provenanceLength: item.provenance.length,
    judgement: item.judgement ?? null,
    content,
  })
  const { type, id } = item
  const names = { item: planned.item, record, type, id, handle, version }
  return { ...names, commitment: root, previous, leafCount, metadata, search, ...sealed }
}

/** The open part of a commitment, in the vault's context or in the one given. */
export function headerOf(
  vault: VaultContext,
  version: {
    readonly handle: Uint8Array
    readonly version: number
    readonly previous: Uint8Array | null
    readonly kind: string
  },
  contextId: number = vault.contextId,
) {
  const context = vault.contexts.get(contextId)
  if (context === undefined) throw new Error(`commitment context ${contextId} is unknown`)
  return { suite: 'ed25519-sha256', organisation: vault.organisationId, ...context, ...version } as const
}

function metadataOf({ item, planned, storedTime, readInstant }: Sealing): VersionMetadata {
  const { clinical, message, received } = item.times
  return {
    operation: planned.operation,
    patientId: item.patientId ?? null,
    source: item.source,
    captureMethod: item.captureMethod,
    careStage: item.careStage,
    deliveryId: item.deliveryId,
    clinicalTime: clinical === undefined ? null : readInstant(clinical),
    messageTime: message === undefined ? null : readInstant(message),
    receivedTime: readInstant(received),
    storedTime,
  }
}

/** The heads of records that got a version, and of those whose message time moved on. */
function headsOf(input: SealingInput, chains: ReadonlyMap<string, Chain>): Head[] {
  const heads: Head[] = []
  for (const [key, state] of input.plan.states) {
    const before = input.heads.get(key)
    const chain = chains.get(key) ?? before
    if (chain?.commitment == null) continue
    heads.push(headAfter(nameOf(key), { ...chain, commitment: chain.commitment }, { state, before }))
  }
  return heads
}

function headAfter(
  name: { readonly type: string; readonly id: string },
  chain: Chain & { readonly commitment: Uint8Array },
  { state, before }: { readonly state: RecordState; readonly before: Head | undefined },
): Head {
  const { record, handle, patientId, commitment } = chain
  return {
    ...name,
    record,
    handle,
    patientId,
    commitment,
    ...state,
    expectedSeal: before?.expectedSeal ?? null,
  }
}

function nameOf(key: string): { readonly type: string; readonly id: string } {
  const cut = key.indexOf('/')
  return { type: key.slice(0, cut), id: key.slice(cut + 1) }
}
