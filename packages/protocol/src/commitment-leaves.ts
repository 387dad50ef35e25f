/** The leaf hashes of a commitment (spec 4 §3–4). */
import { concatBytes, utf8 } from './bytes.ts'
import type { CanonicalText } from './canonical-text.ts'
import { encodeCbor } from './cbor.ts'
import { type CommitmentHeader, encodeCommitmentHeader } from './commitment-header.ts'
import { type Element, elementsOf } from './elements.ts'
import { leafHash } from './log.ts'
import type { Suite } from './suite.ts'

/** 32 bytes, so that tag and secret fill one SHA-256 block. */
export const SALT_TAG = utf8('meridian/commitment/leaf-salt/v1')

const ELEMENT_TAG = 'meridian/element/v1'

/** How the message of every element leaf begins: 0x00, an array of four, the tag, the head of 16 bytes of salt. */
export const ELEMENT_LEAF_PREFIX = concatBytes(
  Uint8Array.of(0, 0x84),
  encodeCbor(ELEMENT_TAG),
  Uint8Array.of(0x50),
)

/** The salt of one element: the first 16 bytes of SHA-256(tag ‖ secret ‖ path). */
export function elementSalt(suite: Suite, secret: Uint8Array, path: string): Uint8Array {
  return suite.sha256(concatBytes(SALT_TAG, secret, utf8(path))).subarray(0, 16)
}

/** SHA-256(0x00 ‖ dCBOR[tag, salt, path, value]). */
export function elementLeaf(suite: Suite, salt: Uint8Array, element: Element): Uint8Array {
  return leafHash(suite, encodeCbor([ELEMENT_TAG, salt, element.path, element.value]))
}

/** Leaf 0 and one leaf per element, in the order of the text. Throws a `RangeError` unless the secret has 32 bytes. */
export function commitmentLeaves(
  suite: Suite,
  header: CommitmentHeader,
  content: CanonicalText,
  secret: Uint8Array,
): Uint8Array[] {
  if (secret.length !== 32) throw new RangeError('a record secret has 32 bytes')
  const leaves = [leafHash(suite, encodeCommitmentHeader(header))]
  for (const element of elementsOf(content)) {
    leaves.push(elementLeaf(suite, elementSalt(suite, secret, element.path), element))
  }
  return leaves
}
