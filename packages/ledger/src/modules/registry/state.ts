/** Published artefacts in state. Nobody outside this folder reads or writes them; see queries.ts. */
import { concatBytes, utf8 } from '@meridian/protocol'
import type { StateView, WritableView } from '../../state-view.ts'
import { decodeStored, encodeStored, storedInteger } from '../../stored.ts'

/** The module's name and the name of its sub-root. */
export const REGISTRY = 'registry'

/** An artefact through all its versions. */
export interface Artefact {
  /** The organisation that published it first. */
  readonly publisher: string
  /** A code such as `standards-set` or `concept-map`; it never changes. */
  readonly kind: string
  /** The newest version. */
  readonly version: string
}

/** One version of an artefact. */
export interface ArtefactVersion {
  readonly height: bigint
  /** SHA-256 of the content, 32 bytes. */
  readonly contentHash: Uint8Array
}

/** Prefix of all artefacts. */
export const ARTEFACTS: Uint8Array = new Uint8Array([0x01])

/** Prefix of all versions. */
export const VERSIONS: Uint8Array = new Uint8Array([0x02])

/** Prefix of all contents. */
const CONTENTS: Uint8Array = new Uint8Array([0x03])

/** 0x03 ‖ SHA-256 of the content (32 bytes) ‖ kind in UTF-8. */
export function contentKey(kind: string, contentHash: Uint8Array): Uint8Array {
  return concatBytes(CONTENTS, contentHash, utf8(kind))
}

/** 0x01 ‖ id in UTF-8. */
export function artefactKey(id: string): Uint8Array {
  return concatBytes(ARTEFACTS, utf8(id))
}

/** 0x02 ‖ id ‖ 0x00 ‖ version, in UTF-8. */
export function versionKey(id: string, version: string): Uint8Array {
  return concatBytes(VERSIONS, utf8(id), new Uint8Array([0]), utf8(version))
}

/** The artefact with this id, or undefined. */
export function readArtefact(view: StateView, id: string): Artefact | undefined {
  const bytes = view.get(REGISTRY, artefactKey(id))
  return bytes === undefined ? undefined : decodeArtefact(bytes)
}

/** Reads what writeArtefact put; throws for anything else, which is a bug. */
export function decodeArtefact(bytes: Uint8Array): Artefact {
  const [publisher, kind, version] = decodeStored(bytes)
  return { publisher: publisher as string, kind: kind as string, version: version as string }
}

/** Puts the artefact with its newest version. */
export function writeArtefact(view: WritableView, id: string, artefact: Artefact): void {
  const { publisher, kind, version } = artefact
  view.put(REGISTRY, artefactKey(id), encodeStored([publisher, kind, version]))
}

/** Whether any artefact of this kind has this content in any version. PERF: without decoding it. */
export function hasContent(view: StateView, kind: string, contentHash: Uint8Array): boolean {
  return view.get(REGISTRY, contentKey(kind, contentHash)) !== undefined
}

/** Puts that the content is published, first at this height. */
export function writeContent(
  view: WritableView,
  content: { readonly kind: string; readonly contentHash: Uint8Array },
  height: bigint,
): void {
  const { kind, contentHash } = content
  if (!hasContent(view, kind, contentHash))
    view.put(REGISTRY, contentKey(kind, contentHash), encodeStored([height]))
}

/** One version of an artefact, or undefined. */
export function readVersion(view: StateView, id: string, version: string): ArtefactVersion | undefined {
  const bytes = view.get(REGISTRY, versionKey(id, version))
  if (bytes === undefined) return undefined
  const [height, contentHash] = decodeStored(bytes)
  return { height: storedInteger(height), contentHash: contentHash as Uint8Array }
}

/** Puts one version, which stands for ever. */
export function writeVersion(
  view: WritableView,
  name: { readonly id: string; readonly version: string },
  value: ArtefactVersion,
): void {
  view.put(REGISTRY, versionKey(name.id, name.version), encodeStored([value.height, value.contentHash]))
}
