/** The commitment to one record version: an RFC 9162 root over a header leaf and one salted leaf per element (spec 4). */
import { equalBytes } from './bytes.ts'
import type { CanonicalText } from './canonical-text.ts'
import { type CommitmentHeader, encodeCommitmentHeader } from './commitment-header.ts'
import { commitInLanes } from './commitment-lanes.ts'
import { commitmentLeaves, elementLeaf, elementSalt } from './commitment-leaves.ts'
import { type Element, elementsOf } from './elements.ts'
import { inclusionPath, leafHash, rootFromInclusionPath, treeRoot } from './log.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { Suite } from './suite.ts'

export type { CommitmentHeader } from './commitment-header.ts'

/** A commitment: 32-byte root and the number of leaves under it, the header's among them. */
export interface Commitment {
  readonly root: Uint8Array
  readonly leafCount: number
}

/** Commits to a sealed content. Throws a `RangeError` when the secret or a header field has a wrong size. */
export function buildCommitment(
  suite: Suite,
  header: CommitmentHeader,
  content: CanonicalText,
  secret: Uint8Array,
): Commitment {
  if (secret.length !== 32) throw new RangeError('a record secret has 32 bytes')
  const headerHash = leafHash(suite, encodeCommitmentHeader(header))
  const hashed = suite.lanes && commitInLanes(suite.lanes, { headerHash, content, secret })
  if (hashed !== undefined) return hashed
  const leaves = commitmentLeaves(suite, header, content, secret)
  return { root: treeRoot(suite, leaves), leafCount: leaves.length }
}

/** An element that is shown, with what proves it. */
export interface OpenedElement extends Element {
  /** 16 bytes. */
  readonly salt: Uint8Array
  /** Place of the leaf, from 1 (0 is the header). */
  readonly index: number
  readonly proof: readonly Uint8Array[]
}

/** Chosen elements of a record version, provable against its commitment without the others. Holds no secret. */
export interface ElementOpening {
  readonly header: CommitmentHeader
  readonly leafCount: number
  readonly headerProof: readonly Uint8Array[]
  readonly elements: readonly OpenedElement[]
}

/** What is opened: as for {@link buildCommitment}. */
export interface OpeningSource {
  readonly header: CommitmentHeader
  readonly content: CanonicalText
  readonly secret: Uint8Array
}

/** Opens the elements at `paths`. Refusal: `commitment.unknown-path`, naming the index of the path in `paths`. */
export function openElements(
  suite: Suite,
  source: OpeningSource,
  paths: readonly string[],
): ElementOpening | Refusal {
  const { header, content, secret } = source
  const elements = elementsOf(content)
  const leaves = commitmentLeaves(suite, header, content, secret)
  const places = paths.map((path) => elements.findIndex((element) => element.path === path))
  const missing = places.indexOf(-1)
  if (missing >= 0) return refuse('protocol', 'commitment.unknown-path', { index: missing })
  return {
    header,
    leafCount: leaves.length,
    headerProof: inclusionPath(suite, leaves, 0),
    elements: places.map((place) => {
      const element = elements[place] as Element
      const salt = elementSalt(suite, secret, element.path)
      return { ...element, salt, index: place + 1, proof: inclusionPath(suite, leaves, place + 1) }
    }),
  }
}

/** True when the header and every element of the opening lead to the commitment. */
export function verifyElements(suite: Suite, root: Uint8Array, opening: ElementOpening): boolean {
  const { header, leafCount, headerProof, elements } = opening
  const leadsToRoot = (leaf: Uint8Array, index: number, proof: readonly Uint8Array[]): boolean => {
    const reached = rootFromInclusionPath(suite, leaf, { index, size: leafCount }, proof)
    return reached !== undefined && equalBytes(reached, root)
  }
  return (
    leadsToRoot(leafHash(suite, encodeCommitmentHeader(header)), 0, headerProof) &&
    elements.every(
      (element) =>
        element.index > 0 &&
        element.salt.length === 16 &&
        leadsToRoot(elementLeaf(suite, element.salt, element), element.index, element.proof),
    )
  )
}
