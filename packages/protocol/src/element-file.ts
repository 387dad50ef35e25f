/**
 * Chosen elements of a record, provable against its commitment without the others and without the secret (spec 5 §4).
 * A proof names the side of each sibling instead of places and sizes, so that nothing in the file is unbound.
 */
import { equalBytes, fromHex, toHex } from './bytes.ts'
import { type CommitmentHeader, openElements } from './commitment.ts'
import { encodeCommitmentHeader } from './commitment-header.ts'
import { elementLeaf } from './commitment-leaves.ts'
import {
  decodeDocument,
  encodeDocument,
  type Form,
  formatForm,
  hashForm,
  hexForm,
  listForm,
  objectForm,
  textForm,
} from './document-form.ts'
import { commitmentHeaderForm, type ExportedRecord } from './export-file.ts'
import { leafHash, nodeHash } from './log.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { Suite } from './suite.ts'

/** One step from a leaf to the root: the hash beside it, and on which side it stands. */
export interface SidedHash {
  readonly side: 'left' | 'right'
  readonly hash: Uint8Array
}

/** An element that is shown. `path` is a JSON Pointer into the sealed content, `value` the element's source text. */
export interface ShownElement {
  readonly path: string
  readonly value: string
  /** 16 bytes. */
  readonly salt: Uint8Array
  readonly proof: readonly SidedHash[]
}

/** What a file of shown elements holds. */
export interface ShownElements {
  readonly commitment: Uint8Array
  readonly header: CommitmentHeader
  readonly headerProof: readonly SidedHash[]
  readonly elements: readonly ShownElement[]
}

/** `<` and the hash for a sibling on the left, `>` for one on the right. */
const stepForm: Form<SidedHash> = textForm(
  ({ side, hash }) => (side === 'left' ? '<' : '>') + toHex(hash),
  (text) => {
    const hash = fromHex(text.slice(1))
    if (hash?.length !== 32 || (text[0] !== '<' && text[0] !== '>')) return undefined
    return { side: text[0] === '<' ? 'left' : 'right', hash }
  },
)

const stepsForm = listForm(stepForm, { max: 64 })

const anyTextForm: Form<string> = textForm(
  (text) => text,
  (text) => text,
)

const elementForm: Form<ShownElements> = formatForm<ShownElements>('meridian-elements/1', {
  commitment: hashForm,
  header: commitmentHeaderForm,
  headerProof: stepsForm,
  elements: listForm(
    objectForm<ShownElement>({ path: anyTextForm, value: anyTextForm, salt: hexForm(16), proof: stepsForm }),
    { max: 10_000 },
  ),
})

/** Opens the elements at `paths` of a record. Refusal: `commitment.unknown-path`, naming the index of the path. */
export function showElements(
  suite: Suite,
  record: ExportedRecord,
  paths: readonly string[],
): ShownElements | Refusal {
  const opening = openElements(suite, record, paths)
  if (isRefusal(opening)) return opening
  const { header, headerProof, leafCount } = opening
  return {
    commitment: record.commitment,
    header,
    headerProof: sidedPath(0, leafCount, headerProof),
    elements: opening.elements.map(({ path, value, salt, index, proof }) => ({
      path,
      value,
      salt,
      proof: sidedPath(index, leafCount, proof),
    })),
  }
}

/** The sides of an RFC 9162 audit path, as its verification (§2.1.3.2) walks them. */
function sidedPath(index: number, size: number, path: readonly Uint8Array[]): readonly SidedHash[] {
  let node = index
  let last = size - 1
  return path.map((hash) => {
    const isRight = node % 2 === 1 || node === last
    while (isRight && node % 2 === 0 && node !== 0) {
      node /= 2
      last = Math.floor(last / 2)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
    return { side: isRight ? 'left' : 'right', hash }
  })
}

/** The canonical text of a file of shown elements. */
export function encodeElementFile(shown: ShownElements): string {
  return encodeDocument(elementForm, shown)
}

/** Reads one; nothing is verified yet. Refusals: `text.*`, `elements.malformed`, `elements.not-canonical`. */
export function decodeElementFile(bytes: Uint8Array): ShownElements | Refusal {
  return decodeDocument(bytes, elementForm, {
    malformed: 'elements.malformed',
    notCanonical: 'elements.not-canonical',
  })
}

/** `elements.altered` unless the header and every shown element lead to the commitment. */
export function checkShownElements(suite: Suite, shown: ShownElements): Refusal | undefined {
  const { header, headerProof, elements, commitment } = shown
  const leads = (leaf: Uint8Array, proof: readonly SidedHash[]) =>
    equalBytes(climbPath(suite, leaf, proof), commitment)
  if (!leads(leafHash(suite, encodeCommitmentHeader(header)), headerProof)) return altered('/header')
  const wrong = elements.findIndex(({ salt, path, value, proof }) => {
    return !leads(elementLeaf(suite, salt, { path, value }), proof)
  })
  return wrong < 0 ? undefined : altered(`/elements/${wrong}`)
}

function altered(place: string): Refusal {
  return refuse('protocol', 'elements.altered', { place })
}

function climbPath(suite: Suite, leaf: Uint8Array, proof: readonly SidedHash[]): Uint8Array {
  return proof.reduce(
    (node, { side, hash }) => (side === 'left' ? nodeHash(suite, hash, node) : nodeHash(suite, node, hash)),
    leaf,
  )
}
