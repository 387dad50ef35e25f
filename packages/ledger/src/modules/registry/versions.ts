/** Registered versions in state: what is said of each for ever, and where it stands. See queries.ts. */
import {
  ARTEFACT_LAYERS,
  type ArtefactLayer,
  type CborValue,
  concatBytes,
  type RegisterArtefact,
  utf8,
  type VersionName,
} from '@meridian/protocol'
import { entriesUnder } from '../../entries-under.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { decodeStored, encodeStored, storedInteger } from '../../stored.ts'
import { REGISTRY } from './state.ts'

/** How far the members have come with a version. CONSENSUS: state stores the place in this list. Append only. */
export const STAGES = ['draft', 'trial', 'active'] as const

/** One of them. */
export type Stage = (typeof STAGES)[number]

/** What was said of a version when it was registered. */
export interface Registered extends Omit<RegisterArtefact, 'id' | 'version'> {
  readonly publisher: string
  readonly height: bigint
}

/** Where a version stands. */
export interface Standing {
  readonly stage: Stage
  readonly stageHeight: bigint
  /** From this height on it is no longer accepted; absent while nobody has said so. */
  readonly retireHeight: bigint | undefined
  /** What the core members found alike when they ran its vectors, 32 bytes; absent before the first vote. */
  readonly vectorResult: Uint8Array | undefined
}

/** Prefix of what is said of registered versions. */
export const REGISTERED: Uint8Array = new Uint8Array([0x04])

const STANDINGS = new Uint8Array([0x05])
const IN_FORCE = new Uint8Array([0x06])
const PRESENT = new Uint8Array([0x01])
const END = new Uint8Array([0x00])

/** `id ‖ 0x00 ‖ version` in UTF-8. */
export function nameBytes({ id, version }: VersionName): Uint8Array {
  return concatBytes(utf8(id), END, utf8(version))
}

/** 0x04 ‖ id ‖ 0x00 ‖ version, in UTF-8. */
export function registeredKey(name: VersionName): Uint8Array {
  return concatBytes(REGISTERED, nameBytes(name))
}

/** 0x05 ‖ id ‖ 0x00 ‖ version, in UTF-8. */
export function standingKey(name: VersionName): Uint8Array {
  return concatBytes(STANDINGS, nameBytes(name))
}

/** What was said of a version, or undefined. */
export function readRegistered(view: StateView, name: VersionName): Registered | undefined {
  const bytes = view.get(REGISTRY, registeredKey(name))
  return bytes === undefined ? undefined : decodeRegistered(bytes)
}

/** Reads what writeRegistered put; throws for anything else, which is a bug. */
export function decodeRegistered(bytes: Uint8Array): Registered {
  const fields = decodeStored(bytes)
  const [publisher, height, kind, layer, steward, places, days, needs, published, licence, content, vectors] =
    fields
  const [from, to] = days as [string, string | null]
  const [name, shared] = licence as [string, boolean]
  return {
    publisher: publisher as string,
    height: storedInteger(height),
    kind: kind as string,
    layer: ARTEFACT_LAYERS[layer as number] as ArtefactLayer,
    steward: steward as string,
    jurisdiction: places as readonly string[],
    effective: { from, to },
    dependencies: (needs as [string, string][]).map(([id, version]) => ({ id, version })),
    implements: published as string | null,
    licence: { name, shared },
    contentHash: content as Uint8Array,
    vectorsHash: vectors as Uint8Array,
  }
}

/** Puts what is said of a version, which stands for ever. */
export function writeRegistered(view: WritableView, name: VersionName, said: Registered): void {
  const fields: readonly CborValue[] = [
    said.publisher,
    said.height,
    said.kind,
    ARTEFACT_LAYERS.indexOf(said.layer),
    said.steward,
    said.jurisdiction,
    [said.effective.from, said.effective.to],
    said.dependencies.map(({ id, version }) => [id, version]),
    said.implements,
    [said.licence.name, said.licence.shared],
    said.contentHash,
    said.vectorsHash,
  ]
  view.put(REGISTRY, registeredKey(name), encodeStored(fields))
}

/** Where a version stands, or undefined when it is not registered. */
export function readStanding(view: StateView, name: VersionName): Standing | undefined {
  const bytes = view.get(REGISTRY, standingKey(name))
  return bytes === undefined ? undefined : decodeStanding(bytes)
}

/** Reads what writeStanding put. */
export function decodeStanding(bytes: Uint8Array): Standing {
  const [stage, stageHeight, retireHeight, vectorResult] = decodeStored(bytes)
  return {
    stage: STAGES[stage as number] as Stage,
    stageHeight: storedInteger(stageHeight),
    retireHeight: retireHeight === null ? undefined : storedInteger(retireHeight),
    vectorResult: (vectorResult as Uint8Array | null) ?? undefined,
  }
}

/** Puts where a version stands, and into the list of those that came into force. */
export function writeStanding(view: WritableView, name: VersionName, standing: Standing): void {
  const { stage, stageHeight, retireHeight, vectorResult } = standing
  const fields = [STAGES.indexOf(stage), stageHeight, retireHeight ?? null, vectorResult ?? null]
  view.put(REGISTRY, standingKey(name), encodeStored(fields))
  if (stage === 'active') view.put(REGISTRY, concatBytes(IN_FORCE, nameBytes(name)), PRESENT)
}

/** Versions that are or were in force, of one artefact or of all, in the order of keys: bounded by what was voted on. */
export function listedInForce(view: StateView, id?: string): readonly VersionName[] {
  const prefix = id === undefined ? IN_FORCE : concatBytes(IN_FORCE, utf8(id), END)
  return entriesUnder(view, REGISTRY, prefix).map(({ rest }) =>
    id === undefined ? nameIn(rest) : { id, version: textOf(rest) },
  )
}

/** Reads `id ‖ 0x00 ‖ version`. */
export function nameIn(bytes: Uint8Array): VersionName {
  const end = bytes.indexOf(0)
  return { id: textOf(bytes.subarray(0, end)), version: textOf(bytes.subarray(end + 1)) }
}

/** ASCII only, by the patterns of both. */
const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
