/** Two signed checkpoints of one size with two roots: proof that who signed both showed two histories (spec 5 §8). */
import { equalBytes } from '../bytes.ts'
import { isRefusal } from '../refusal.ts'
import type { Suite } from '../suite.ts'
import { type CheckpointKey, checkCheckpoint, type SignedCheckpoint } from './checkpoint.ts'

/** The evidence, kept as the two notes were served. */
export interface SplitView {
  readonly origin: string
  readonly size: number
  readonly roots: readonly [Uint8Array, Uint8Array]
  /** Who signed the first, and who the second; a name in both stands against itself. */
  readonly signers: readonly [readonly string[], readonly string[]]
}

/** Undefined when the two agree, are of different logs or sizes, or one of them is not signed by a known key. */
export function splitViewOf(
  suite: Suite,
  [first, second]: readonly [SignedCheckpoint, SignedCheckpoint],
  keys: readonly CheckpointKey[],
): SplitView | undefined {
  const isOneTree = first.origin === second.origin && first.size === second.size
  if (!isOneTree || equalBytes(first.root, second.root)) return undefined
  const by = [checkCheckpoint(suite, first, keys), checkCheckpoint(suite, second, keys)] as const
  if (isRefusal(by[0]) || isRefusal(by[1])) return undefined
  const names = (signed: readonly { readonly name: string }[]): string[] => signed.map(({ name }) => name)
  return {
    origin: first.origin,
    size: first.size,
    roots: [first.root, second.root],
    signers: [names(by[0]), names(by[1])],
  }
}
