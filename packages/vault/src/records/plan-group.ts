/** Decides what each item of a group makes: a version, nothing, or a refusal. Pure. */
import { type Head, recordKey } from './head.ts'
import type { StoreItem, StoreOutcome } from './store-item.ts'

/** A version to be sealed; `item` is its place in the group. */
export interface PlannedVersion {
  readonly item: number
  readonly version: number
  readonly operation: 'create' | 'update' | 'delete'
  readonly contentDigest: Uint8Array
}

/** What the planner knows of a record while it goes through a group. */
export interface RecordState {
  readonly version: number
  readonly contentDigest: Uint8Array | null
  readonly messageTime: string | null
  readonly source: string
  readonly deleted: boolean
}

/** Outcomes of items that make no version, versions in order, and the last state of every record touched. */
export interface GroupPlan {
  readonly kept: ReadonlyMap<number, StoreOutcome>
  readonly versions: readonly PlannedVersion[]
  readonly states: ReadonlyMap<string, RecordState>
}

interface Planning {
  readonly items: readonly StoreItem[]
  readonly heads: ReadonlyMap<string, Head>
  readonly contentDigests: readonly Uint8Array[]
}

/** A delivery is stored whole or not at all; an item without delivery stands alone. */
export function planGroup(input: Planning): GroupPlan {
  const kept = new Map<number, StoreOutcome>()
  const versions: PlannedVersion[] = []
  const states = new Map<string, RecordState>()
  for (const places of unitsOf(input.items)) {
    const unit = planUnit(input, places, states)
    for (const [place, outcome] of unit.kept) kept.set(place, outcome)
    versions.push(...unit.versions)
    for (const [key, state] of unit.states) states.set(key, state)
  }
  return { kept, versions, states }
}

function unitsOf(items: readonly StoreItem[]): number[][] {
  const units = new Map<string, number[]>()
  for (const [place, item] of items.entries()) {
    const key = item.deliveryId ?? `item ${place}`
    const unit = units.get(key)
    if (unit === undefined) units.set(key, [place])
    else unit.push(place)
  }
  return [...units.values()]
}

interface UnitPlan {
  readonly kept: Map<number, StoreOutcome>
  readonly versions: PlannedVersion[]
  readonly states: Map<string, RecordState>
}

function planUnit(
  input: Planning,
  places: readonly number[],
  before: ReadonlyMap<string, RecordState>,
): UnitPlan {
  const plan: UnitPlan = { kept: new Map(), versions: [], states: new Map() }
  let refused = false
  for (const place of places) {
    const item = input.items[place] as StoreItem
    const key = recordKey(item.type, item.id)
    const state = plan.states.get(key) ?? before.get(key) ?? stateOf(input.heads.get(key))
    const decision = decide(item, state, input.contentDigests[place] as Uint8Array)
    if (decision.kind === 'refused') refused = true
    apply(plan, { place, key, item, state }, decision)
  }
  return refused ? refusedUnit(input, places, { before, plan }) : plan
}

function stateOf(head: Head | undefined): RecordState | undefined {
  if (head === undefined) return undefined
  const { version, contentDigest, messageTime, source, deleted } = head
  return { version, contentDigest, messageTime, source, deleted }
}

type Decision =
  | { readonly kind: 'refused'; readonly code: 'exists' | 'version-conflict' }
  | { readonly kind: 'unchanged' | 'older' }
  | {
      readonly kind: 'version'
      readonly operation: PlannedVersion['operation']
      readonly contentDigest: Uint8Array
    }

function decide(item: StoreItem, state: RecordState | undefined, contentDigest: Uint8Array): Decision {
  const version = state?.version ?? 0
  if (item.expectVersion !== undefined && item.expectVersion !== version) {
    return { kind: 'refused', code: 'version-conflict' }
  }
  if (state === undefined) {
    return item.operation === 'delete'
      ? { kind: 'unchanged' }
      : { kind: 'version', operation: 'create', contentDigest }
  }
  if (item.operation === 'create') return { kind: 'refused', code: 'exists' }
  if (isUnchanged(item, state, contentDigest)) return { kind: 'unchanged' }
  if (isOlder(item, state)) return { kind: 'older' }
  return { kind: 'version', operation: item.operation === 'delete' ? 'delete' : 'update', contentDigest }
}

function isUnchanged(item: StoreItem, state: RecordState, contentDigest: Uint8Array): boolean {
  if (item.operation === 'delete') return state.deleted
  return (
    !state.deleted && state.contentDigest !== null && Buffer.compare(state.contentDigest, contentDigest) === 0
  )
}

/** Order is by patient and source; times of two sources are not comparable (design: At the door). */
function isOlder(item: StoreItem, state: RecordState): boolean {
  const { message } = item.times
  if (message === undefined || state.messageTime === null || state.source !== item.source) return false
  return Date.parse(message) < Date.parse(state.messageTime)
}

interface Placed {
  readonly place: number
  readonly key: string
  readonly item: StoreItem
  readonly state: RecordState | undefined
}

function apply(plan: UnitPlan, { place, key, item, state }: Placed, decision: Decision): void {
  const { type, id } = item
  const version = state?.version ?? 0
  if (decision.kind === 'version') {
    const { operation, contentDigest } = decision
    plan.versions.push({ item: place, version: version + 1, operation, contentDigest })
    plan.states.set(key, { ...stateAfter(item, state), version: version + 1, contentDigest })
    return
  }
  if (decision.kind === 'refused')
    plan.kept.set(place, { outcome: 'refused', code: decision.code, type, id, version })
  else plan.kept.set(place, { outcome: decision.kind, type, id, version })
  // Unchanged content said later moves the time on, or an update from between could still overwrite it.
  const time = laterTime(item, state)
  if (decision.kind === 'unchanged' && state !== undefined && time !== state.messageTime) {
    plan.states.set(key, { ...state, messageTime: time })
  }
}

function stateAfter(item: StoreItem, state: RecordState | undefined) {
  const messageTime = laterTime(item, state?.source === item.source ? state : undefined)
  return { messageTime, source: item.source, deleted: item.operation === 'delete' }
}

function laterTime(item: StoreItem, state: RecordState | undefined): string | null {
  const known = state?.messageTime ?? null
  const said = item.times.message === undefined ? null : new Date(item.times.message).toISOString()
  if (said === null || (state?.source !== undefined && state.source !== item.source)) return known
  return known === null || said > known ? said : known
}

function refusedUnit(
  input: Planning,
  places: readonly number[],
  { before, plan }: { readonly before: ReadonlyMap<string, RecordState>; readonly plan: UnitPlan },
): UnitPlan {
  const kept = new Map<number, StoreOutcome>()
  for (const place of places) {
    const { type, id } = input.items[place] as StoreItem
    const key = recordKey(type, id)
    const version = (before.get(key) ?? input.heads.get(key))?.version ?? 0
    const own = plan.kept.get(place)
    const refused = { outcome: 'refused', code: 'delivery-refused', type, id, version } as const
    kept.set(place, own?.outcome === 'refused' ? { ...own, version } : refused)
  }
  return { kept, versions: [], states: new Map() }
}
