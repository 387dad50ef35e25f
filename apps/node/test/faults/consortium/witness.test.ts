/** The witness notices what must never happen, so that a green fault test says something. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SeenBlock } from './node-messages.ts'
import { createWitness, type Witness } from './witness.ts'

function block(height: bigint, ids: readonly string[] = [], changes: Partial<SeenBlock> = {}): SeenBlock {
  const roots = { subRoots: [], logRoot: new Uint8Array(32), appHash: new Uint8Array([Number(height)]) }
  return {
    height,
    time: height,
    voteTimes: [],
    blockId: `block ${height}`,
    state: { ...roots, logSize: 1 },
    validators: 4,
    statements: ids.map((id) => ({ id, accepted: true })),
    doubleSigners: [],
    ...changes,
  }
}

/** Two nodes with two blocks, and one statement in the first. */
function agreed(liars: readonly number[] = []): Witness {
  const witness = createWitness(liars)
  for (const node of [0, 1]) {
    witness.saw(node, block(1n, ['a']))
    witness.saw(node, block(2n))
  }
  witness.acknowledged('a', 1n)
  return witness
}

test('two nodes with one chain and everything acknowledged in it are right', () => {
  agreed().checkNodes([0, 1])
})

test('another block at a height is a fork, another app hash is one too; a liar is not listened to', () => {
  const fork = block(3n, [], { blockId: 'other' })
  const diverged = block(3n, [], { state: { ...block(3n).state, appHash: new Uint8Array([9]) } })
  for (const wrong of [fork, diverged]) {
    const witness = agreed()
    witness.saw(0, block(3n))
    witness.saw(1, wrong)
    assert.throws(() => witness.check())
    const other = agreed([1])
    other.saw(0, block(3n))
    other.saw(1, wrong)
    other.check()
  }
})

test('a height that is left out, and one that is taken back after a restart, are noticed', () => {
  const skipping = agreed()
  skipping.saw(0, block(4n))
  assert.throws(() => skipping.check())
  const shorter = agreed()
  shorter.restarted(0)
  shorter.saw(0, block(1n, ['a']))
  assert.throws(() => shorter.checkNodes([0]), /lost blocks/)
})

test('a final statement that is gone, or that stands there twice, is noticed', () => {
  const lost = agreed()
  lost.acknowledged('b', 2n)
  assert.throws(() => lost.checkNodes([0]), /acknowledged statement is not/)
  const twice = agreed()
  for (const node of [0, 1]) twice.saw(node, block(3n, ['a']))
  assert.throws(() => twice.checkNodes([0, 1]), /applied twice/)
})
