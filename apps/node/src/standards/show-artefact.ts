/** Artefacts as documents: what operations answer and the admin door sends. */
import { registryQueries } from '@meridian/ledger'
import { toHex } from '@meridian/protocol'
import type { Manifest } from '@meridian/standards'
import type { Node } from '../wiring/node.ts'
import type { HeldArtefact } from './artefact-store.ts'

/** One package in a list. */
export interface ArtefactDocument {
  readonly hash: string
  readonly isShipped: boolean
  /** In force here: records are judged by it. */
  readonly isInForce: boolean
  /** Height of the block that registered this very content; null while none has. */
  readonly publishedHeight: number | null
  /** How far the members have come with it: draft, trial, active, retiring, retired; null while it is not registered. */
  readonly state: string | null
  /** Who runs it now. */
  readonly adoptedBy: readonly string[]
  readonly manifest: Manifest
}

/** The document of a package. */
export function artefactDocument(
  { engine, inForce }: Pick<Node, 'engine' | 'inForce'>,
  held: HeldArtefact,
): ArtefactDocument {
  const hash = toHex(held.hash)
  const { id, version } = held.manifest
  const entry = registryQueries
    .registeredVersions(engine.state)
    .find((one) => one.id === id && one.version === version && toHex(one.said.contentHash) === hash)
  const adopted = registryQueries
    .adoptions(engine.state)
    .filter((one) => one.id === id && one.version === version && one.until === undefined)
  return {
    hash,
    isShipped: held.isShipped,
    isInForce: inForce().has(hash),
    publishedHeight: entry === undefined ? null : Number(entry.said.height),
    state: entry === undefined ? null : registryQueries.shownState(entry, engine.status().height, []),
    adoptedBy: entry === undefined ? [] : adopted.map(({ organisation }) => organisation),
    manifest: held.manifest,
  }
}
