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
  /** Height of the block that published this very content; null while none has. */
  readonly publishedHeight: number | null
  readonly manifest: Manifest
}

/** The document of a package. */
export function artefactDocument(
  { engine, inForce }: Pick<Node, 'engine' | 'inForce'>,
  held: HeldArtefact,
): ArtefactDocument {
  const hash = toHex(held.hash)
  const { id, version } = held.manifest
  const published = registryQueries.versionOf(engine.state, id, version)
  return {
    hash,
    isShipped: held.isShipped,
    isInForce: inForce().has(hash),
    publishedHeight:
      published !== undefined && toHex(published.contentHash) === hash ? Number(published.height) : null,
    manifest: held.manifest,
  }
}
