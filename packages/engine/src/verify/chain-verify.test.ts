/** Whatever is altered in a stored chain is named: the height, the place and the module. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { isRefusal } from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import { claim, testGenesis } from '../fixtures/sayings.ts'
import { tally } from '../fixtures/tally.ts'
import { createTestHome, type TestHome } from '../fixtures/test-home.ts'
import { decodeBlockRecord, encodeBlockRecord } from '../store/block-record.ts'
import { heightKey, logNodeKey } from '../store/keys.ts'
import { openStore, readBytes, STORE_FOLDER, type Tables } from '../store/open-store.ts'
import { decodeOutcome, encodeOutcome } from '../store/outcome-record.ts'
import { verifyChain } from './chain-verify.ts'

let home: TestHome
let busy: bigint
beforeEach(async () => {
  home = createTestHome()
  const engine = await home.open()
  for (let i = 0; i < 4; i++) {
    const answer = await engine.submit(claim(i))
    assert.ok(!isRefusal(answer))
    busy = answer.height
  }
  await engine.close()
})
afterEach(() => home.remove())

const verify = () => verifyChain({ directory: home.directory, genesis: testGenesis, machine: tally, suite })

async function alter(change: (tables: Tables) => void): Promise<void> {
  const tables = openStore(join(home.directory, STORE_FOLDER))
  await tables.root.batch(() => change(tables))
  await tables.root.close()
}

function flipped(bytes: Uint8Array | undefined): Uint8Array {
  assert.ok(bytes !== undefined && bytes.length > 0)
  const copy = Uint8Array.from(bytes)
  copy[copy.length - 1] = (copy[copy.length - 1] as number) ^ 1
  return copy
}

test('a chain as its engine left it is right to its head', async () => {
  const heights: bigint[] = []
  const onProgress = (height: bigint): void => void heights.push(height)
  const verdict = await verifyChain({
    directory: home.directory,
    genesis: testGenesis,
    machine: tally,
    suite,
    onProgress,
  })
  assert.ok(verdict.ok)
  assert.equal(verdict.height, busy + 1n)
  assert.equal(verdict.logSize, 4)
  assert.equal(heights.at(-1), verdict.height)
})

test('another genesis document is named', async () => {
  const genesis = { ...testGenesis, chainName: 'other' }
  const verdict = await verifyChain({ directory: home.directory, genesis, machine: tally, suite })
  assert.deepEqual(verdict, { ok: false, height: 0n, place: 'genesis' })
})

test('a changed statement is named by its height and the data hash', async () => {
  await alter(({ blocks }) => {
    const block = decodeBlockRecord(readBytes(blocks, heightKey(busy)) as Uint8Array)
    const transactions = [flipped(block.transactions[0])]
    void blocks.put(heightKey(busy), encodeBlockRecord({ ...block, transactions }))
  })
  assert.deepEqual(await verify(), { ok: false, height: busy, place: 'header.dataHash' })
})

test('a missing block is named', async () => {
  await alter(({ blocks }) => void blocks.remove(heightKey(2n)))
  assert.deepEqual(await verify(), { ok: false, height: 2n, place: 'block' })
})

test('a forged signature is named at its height', async () => {
  await alter(({ commits }) => void commits.put(heightKey(2n), flipped(readBytes(commits, heightKey(2n)))))
  assert.deepEqual(await verify(), { ok: false, height: 2n, place: 'commit' })
})

test('a sub-root that differs names its module', async () => {
  await alter(({ outcomes }) => {
    const outcome = decodeOutcome(readBytes(outcomes, heightKey(busy)) as Uint8Array)
    const subRoots = outcome.state.subRoots.map((each) =>
      each.module === 'counts' ? { ...each, root: flipped(each.root) } : each,
    )
    void outcomes.put(heightKey(busy), encodeOutcome({ ...outcome, state: { ...outcome.state, subRoots } }))
  })
  assert.deepEqual(await verify(), { ok: false, height: busy, place: 'sub-root', module: 'counts' })
})

test('a machine with other rules is named by height and module', async () => {
  const machine = { ...tally, applyBlock: () => [undefined] }
  const verdict = await verifyChain({ directory: home.directory, genesis: testGenesis, machine, suite })
  assert.deepEqual(verdict, { ok: false, height: 2n, place: 'sub-root', module: 'claims' })
})

test('a value of the state that was changed behind the chain names its module', async () => {
  await alter(({ values }) => {
    for (const { key, value } of values.getRange({ limit: 1 })) void values.put(key, flipped(value))
  })
  assert.deepEqual(await verify(), { ok: false, height: busy + 1n, place: 'values', module: 'claims' })
})

test('a changed node of the evidence log and a lost entry of the index are named', async () => {
  await alter(({ log }) => void log.put(logNodeKey(0, 2), flipped(readBytes(log, logNodeKey(0, 2)))))
  assert.deepEqual(await verify(), { ok: false, height: busy + 1n, place: 'log' })
  await alter(({ log, statements }) => {
    void log.put(logNodeKey(0, 2), flipped(readBytes(log, logNodeKey(0, 2))))
    for (const key of statements.getKeys({ limit: 1 })) void statements.remove(key)
  })
  assert.deepEqual(await verify(), { ok: false, height: busy + 1n, place: 'statements' })
})

test('a chain is verified while its engine goes on, in the same process', async () => {
  const engine = await home.open()
  let isVerifying = true
  const load = (async () => {
    for (let n = 100; isVerifying; n++) assert.ok(!isRefusal(await engine.submit(claim(n))))
  })()
  const verdict = await verify()
  isVerifying = false
  await load
  assert.ok(
    verdict.ok,
    JSON.stringify(verdict, (_, value) => String(value)),
  )
  assert.ok(!isRefusal(await engine.submit(claim(99))))
  await engine.close()
  assert.ok((await verify()).ok)
})
