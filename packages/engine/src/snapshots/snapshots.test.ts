/** A state that went through a snapshot is the same state: same roots, same log, same proofs; anything altered is noticed. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { decodeStatement, isRefusal } from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import fc from 'fast-check'
import { chainConstantsOf } from '../chain-constants.ts'
import { openChainHead } from '../cometbft/application/chain-head.ts'
import { createStateSync } from '../cometbft/application/state-sync.ts'
import { executeGenesis } from '../execute-block.ts'
import { claim, claimBody, testGenesis } from '../fixtures/sayings.ts'
import { claimKey, tally } from '../fixtures/tally.ts'
import { type ChainStore, createChainStore } from '../store/chain-store.ts'
import { openStore } from '../store/open-store.ts'
import { decodeChunk, encodeChunks } from './snapshot-chunks.ts'
import { openSnapshotShelf, type SnapshotShelf } from './snapshot-shelf.ts'

const constants = chainConstantsOf(suite, testGenesis)
const COUNT = 40

interface Home {
  readonly store: ChainStore
  readonly shelf: SnapshotShelf
  readonly head: ReturnType<typeof openChainHead>
  readonly sync: ReturnType<typeof createStateSync>
}

let folder: string
let from: Home
let to: Home
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-snapshot-'))
  from = await open('from')
  to = await open('to')
  for (let height = 1n; height <= 2n; height++) {
    const statements = Array.from({ length: COUNT / 2 }, (_, i) => {
      const bytes = claim(Number(height) * 100 + i)
      return { bytes, statement: decodeStatement(suite, bytes), isVerified: true, passedAt: undefined }
    })
    from.head.execute({
      height,
      hash: new Uint8Array(32),
      time: height * 1_000_000_000n,
      statements,
      misbehaviour: [],
    })
    await from.head.commit()
  }
  await from.shelf.add({ height: 2n, time: 2_000_000_000n })
})
afterEach(async () => {
  await from.store.close()
  await to.store.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(name: string): Promise<Home> {
  const directory = join(folder, name)
  const store = createChainStore(openStore(join(directory, 'store'), { scratch: true }), {
    suite,
    modules: tally.modules,
    proofWindow: 8,
  })
  await store.writeGenesis(new Uint8Array([0]), executeGenesis({ suite, machine: tally }))
  const head = openChainHead({ suite, machine: tally, constants, store })
  const shelf = openSnapshotShelf(directory, { suite, store, keep: 2 })
  return { store, shelf, head, sync: createStateSync({ suite, store, head, shelf }) }
}

async function offered() {
  const { snapshots } = await from.sync.listSnapshots()
  const [snapshot] = snapshots
  assert.ok(snapshot !== undefined)
  return snapshot
}

async function chunkAt(index: number): Promise<Uint8Array> {
  return (await from.sync.loadSnapshotChunk({ height: 2n, format: 1, chunk: index })).chunk
}

test('a new node takes a snapshot chunk by chunk and stands where the other does, with its log and its proofs', async () => {
  const snapshot = await offered()
  const { appHash } = from.store.committed().roots
  assert.equal((await to.sync.offerSnapshot({ snapshot, appHash })).result, 'accept')
  for (let index = 0; index < snapshot.chunks; index++) {
    const answer = await to.sync.applySnapshotChunk({ index, chunk: await chunkAt(index), sender: 'a' })
    assert.equal(answer.result, 'accept')
  }
  assert.equal(to.head.current().height, 2n)
  assert.deepEqual(to.store.committed().roots, from.store.committed().roots)
  assert.deepEqual(to.store.log.inclusion(3, COUNT), from.store.log.inclusion(3, COUNT))
  const key = claimKey(claimBody(101))
  assert.deepEqual(to.store.newest().view.get('claims', key), from.store.newest().view.get('claims', key))
  assert.equal(to.store.snapshotHeight(), 2n)
  assert.equal(to.store.oldestProvable(), 2n)
})

test('both go on from there to the same app hash', async () => {
  const snapshot = await offered()
  await to.sync.offerSnapshot({ snapshot, appHash: from.store.committed().roots.appHash })
  for (let index = 0; index < snapshot.chunks; index++)
    await to.sync.applySnapshotChunk({ index, chunk: await chunkAt(index), sender: 'a' })
  const bytes = claim(900)
  const block = {
    height: 3n,
    hash: new Uint8Array(32),
    time: 3_000_000_000n,
    statements: [{ bytes, statement: decodeStatement(suite, bytes), isVerified: true, passedAt: undefined }],
    misbehaviour: [],
  }
  assert.ok(!isRefusal(decodeStatement(suite, bytes)))
  assert.deepEqual(to.head.execute(block).appHash, from.head.execute(block).appHash)
})

test('an altered chunk is fetched again from somebody else, and nothing is written', async () => {
  const snapshot = await offered()
  await to.sync.offerSnapshot({ snapshot, appHash: from.store.committed().roots.appHash })
  const chunk = await chunkAt(0)
  chunk[20] = (chunk[20] as number) ^ 1
  assert.deepEqual(await to.sync.applySnapshotChunk({ index: 0, chunk, sender: 'liar' }), {
    result: 'retry',
    refetchChunks: [0],
    rejectSenders: ['liar'],
  })
  assert.equal(to.head.current().height, 0n)
})

test('a snapshot of another state than the light client verified is rejected whole', async () => {
  const snapshot = await offered()
  await to.sync.offerSnapshot({ snapshot, appHash: new Uint8Array(32) })
  let result = 'accept'
  for (let index = 0; index < snapshot.chunks; index++)
    result = (await to.sync.applySnapshotChunk({ index, chunk: await chunkAt(index), sender: 'a' })).result
  assert.equal(result, 'reject-snapshot')
  assert.equal(to.head.current().height, 0n)
})

test('offers that are not what they say, and of another format, are refused', async () => {
  const snapshot = await offered()
  const appHash = new Uint8Array(32)
  const offer = async (changes: object) =>
    (await to.sync.offerSnapshot({ snapshot: { ...snapshot, ...changes }, appHash })).result
  assert.equal(await offer({ format: 2 }), 'reject-format')
  assert.equal(await offer({ hash: new Uint8Array(32) }), 'reject-sender')
  assert.equal(await offer({ chunks: snapshot.chunks + 1 }), 'reject-sender')
  assert.equal(await offer({ metadata: new Uint8Array([1]) }), 'reject-sender')
})

test('the shelf keeps the newest few', async () => {
  for (const height of [3n, 4n]) await from.shelf.add({ height, time: 1n })
  assert.deepEqual(
    from.shelf.list().map(({ height }) => height),
    [3n, 4n],
  )
})

test('a snapshot that somebody is fetching stays until nobody reads it any more, and never without an end', async () => {
  const heights = () => from.shelf.list().map(({ height }) => height)
  const add = (height: bigint) => from.shelf.add({ height, time: 1n })
  await add(3n)
  assert.ok(from.shelf.chunk(2n, 0) !== undefined)
  await add(4n)
  assert.deepEqual(heights(), [2n, 3n, 4n])
  await add(5n)
  assert.deepEqual(heights(), [4n, 5n])
  for (let height = 6n; height <= 12n; height++) {
    from.shelf.chunk(4n, 0)
    await add(height)
  }
  assert.deepEqual(heights(), [11n, 12n])
})

test('chunks are read as they were written, and no bytes make the reader fail', () => {
  const bytes = fc.uint8Array({ maxLength: 60 })
  const entry = fc.record({ kind: fc.nat(3), key: bytes, value: bytes }, { noNullPrototype: true })
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const chunks = [...encodeChunks(entries)]
      assert.deepEqual(
        chunks.flatMap((chunk) => decodeChunk(chunk) ?? []),
        entries,
      )
    }),
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (any) => void decodeChunk(any)))
})
