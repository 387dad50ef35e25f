/** Opens what a node knows of standards: its packages, which of them are in force, and the hash of the set that they make. */
import { type Suite, toHex } from '@meridian/protocol'
import { loadStandardsSet } from '@meridian/standards'
import type { Home } from '../home/home.ts'
import { type ArtefactStore, openArtefactStore } from './artefact-store.ts'

/** The parts of a node that it makes. */
export interface OpenedStandards {
  readonly artefacts: ArtefactStore
  readonly standardsSetHash: Uint8Array
  /** Hashes (hex) of the packages that records are judged by: those that ship with the release. */
  inForce(): ReadonlySet<string>
}

/** Reads every package once (about 50 ms for those that ship). */
export function openStandards(home: Pick<Home, 'standards'>, suite: Suite): OpenedStandards {
  const artefacts = openArtefactStore(home.standards, suite)
  const shipped = artefacts.list().filter(({ isShipped }) => isShipped)
  const inForce = new Set(shipped.map(({ hash }) => toHex(hash)))
  return { artefacts, standardsSetHash: loadStandardsSet(suite).hash, inForce: () => inForce }
}
