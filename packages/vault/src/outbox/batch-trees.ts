/** The trees of the batches that receipts were lately made from: the leaves of a batch never change once it is opened. */
import { leafHash, nodeHash, type Suite, toHex } from '@meridian/protocol'

/** The leaves of one batch and every hash over them. */
export interface BatchLeaves {
  /** Leaves in the tree. */
  readonly size: number
  /** The place of a commitment; undefined when it is not in the batch. */
  indexOf(commitment: Uint8Array): number | undefined
  /** The audit path of the leaf at `index`, from the leaf up, as copies. */
  pathOf(index: number): readonly Uint8Array[]
}

/** See {@link createBatchTrees}. */
export interface BatchTrees {
  of(batchId: Uint8Array): Promise<BatchLeaves | undefined>
}

const HASH_BYTES = 32

/** Leaves kept in memory in all: 64 of the largest batches the corridor makes, 24 MiB with the hashes over them. */
const MOST_KEPT_LEAVES = 262_144

interface Kept {
  readonly leaves: Promise<BatchLeaves | undefined>
  /** 0 while it is being read. */
  size: number
}

/**
 * Trees by batch id, the least lately asked forgotten first. `read` gives the leaves, one after another, of a number that is
 * a power of two; it is called once for a tree that is kept, however many ask at the same time.
 */
export function createBatchTrees(
  suite: Pick<Suite, 'sha256'>,
  read: (batchId: Uint8Array) => Promise<Uint8Array | undefined>,
  mostLeaves: number = MOST_KEPT_LEAVES,
): BatchTrees {
  const kept = new Map<string, Kept>()

  function start(name: string, batchId: Uint8Array): Kept {
    const entry = { leaves: load(batchId), size: 0 }
    entry.leaves.then(
      (leaves) => {
        entry.size = leaves?.size ?? 0
        if (leaves === undefined) kept.delete(name)
        else forgetOldest()
      },
      () => kept.delete(name),
    )
    return entry
  }

  async function load(batchId: Uint8Array): Promise<BatchLeaves | undefined> {
    const leaves = await read(batchId)
    return leaves === undefined ? undefined : treeOver(suite, leaves)
  }

  function forgetOldest(): void {
    let total = 0
    for (const { size } of kept.values()) total += size
    for (const [name, { size }] of kept) {
      if (total <= mostLeaves) return
      kept.delete(name)
      total -= size
    }
  }

  return {
    of(batchId) {
      const name = toHex(batchId)
      const entry = kept.get(name) ?? start(name, batchId)
      // Asked last, so forgotten last.
      kept.delete(name)
      kept.set(name, entry)
      return entry.leaves
    },
  }
}

/** PERF: the hashes of all levels lie in one buffer, from the leaves up, and paths are cut out of it. */
function treeOver(suite: Pick<Suite, 'sha256'>, leaves: Uint8Array): BatchLeaves {
  const source = Buffer.from(leaves)
  const size = source.length / HASH_BYTES
  const hashes = new Uint8Array(Math.max(0, 2 * size - 1) * HASH_BYTES)
  const at = (place: number) => hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES)
  for (let i = 0; i < size; i++)
    hashes.set(leafHash(suite, source.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)), i * HASH_BYTES)
  for (let to = size, from = 0; to < 2 * size - 1; to++, from += 2)
    hashes.set(nodeHash(suite, at(from), at(from + 1)), to * HASH_BYTES)
  return Object.freeze({
    size,
    indexOf: (commitment: Uint8Array) => placeOf(source, commitment),
    pathOf(index: number) {
      const path: Uint8Array[] = []
      for (let level = 0, width = size, place = index; width > 1; width /= 2, place >>= 1) {
        path.push(at(level + (place ^ 1)).slice())
        level += width
      }
      return path
    },
  })
}

/** A commitment may by chance also stand across two leaves; only a whole leaf counts. */
function placeOf(leaves: Buffer, commitment: Uint8Array): number | undefined {
  for (let from = leaves.indexOf(commitment); from >= 0; from = leaves.indexOf(commitment, from + 1))
    if (from % HASH_BYTES === 0) return from / HASH_BYTES
  return undefined
}
