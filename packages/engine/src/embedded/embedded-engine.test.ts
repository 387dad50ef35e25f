/** What is particular to the embedded engine: one validator, its clock, its home, and what a crash leaves. */
import assert from 'node:assert/strict'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { isRefusal, type Signer } from '@meridian/protocol'
import type { Engine } from '../engine.ts'
import { claim, testGenesis, validatorSigner } from '../fixtures/sayings.ts'
import { createTally } from '../fixtures/tally.ts'
import { createTestHome, type TestHome, untilIdle } from '../fixtures/test-home.ts'
import { STORE_FOLDER } from '../store/open-store.ts'
import { SIGNING_STATE_FILE } from './signing-state.ts'

const MINUTE_MS = 60_000

let home: TestHome
beforeEach(() => {
  home = createTestHome()
})
afterEach(() => home.remove())

async function accepted(engine: Engine, bytes: Uint8Array): Promise<bigint> {
  const answer = await engine.submit(bytes)
  assert.ok(!isRefusal(answer))
  return answer.height
}

test('a new chain rests at height 0 until there is work, and rests again after it', async () => {
  const engine = await home.open()
  assert.equal(engine.status().height, 0n)
  assert.equal(engine.status().idle, true)
  const height = await accepted(engine, claim(1))
  await untilIdle(engine)
  assert.equal(engine.status().height, height + 1n)
  await engine.close()
})

test('after a rest an empty block sets the clock, so that block time is near the clock', async () => {
  const engine = await home.open()
  await accepted(engine, claim(1))
  home.clock.turn(5 * MINUTE_MS)
  const height = await accepted(engine, claim(2))
  const block = engine.block(height)
  assert.equal(block?.header.time, BigInt(home.clock.nowMs()) * 1_000_000n)
  assert.equal(engine.block(height - 1n)?.statements.length, 0)
  await engine.close()
})

test('without work a block is made when the interval is over, and it changes no app hash', async () => {
  const engine = await home.open({ settings: { blockIntervalMs: 10 * MINUTE_MS } })
  await accepted(engine, claim(1))
  await untilIdle(engine)
  const before = engine.status()
  home.clock.turn(9 * MINUTE_MS)
  assert.equal(engine.status().idle, true)
  home.clock.turn(MINUTE_MS)
  await untilIdle(engine)
  const after = engine.status()
  assert.equal(after.height, before.height + 1n)
  assert.deepEqual(after.appHash, before.appHash)
  await engine.close()
})

test('block time strictly increases when the clock goes backwards', async () => {
  const engine = await home.open()
  await accepted(engine, claim(1))
  home.clock.turn(-5 * MINUTE_MS)
  const height = await accepted(engine, claim(2))
  for (let at = 2n; at <= height; at++) {
    assert.ok((engine.block(at)?.header.time ?? 0n) > (engine.block(at - 1n)?.header.time ?? 0n))
  }
  await engine.close()
})

test('more statements than may wait are refused with a code, and taken later', async () => {
  const engine = await home.open({ settings: { maxWaiting: 3 } })
  const bytes = Array.from({ length: 12 }, (_, i) => claim(i))
  const answers = await Promise.all(bytes.map((each) => engine.submit(each)))
  const full = bytes.filter((_, i) => isRefusal(answers[i]))
  assert.ok(full.length > 0)
  assert.ok(answers.every((each) => !isRefusal(each) || each.code === 'statement.queue-full'))
  await accepted(engine, full[0] as Uint8Array)
  await engine.close()
})

test('a statement that the close overtakes is not lost without a word', async () => {
  const engine = await home.open()
  const answers = Promise.allSettled(Array.from({ length: 50 }, (_, i) => engine.submit(claim(i))))
  await engine.close()
  const outcomes = await answers
  const reopened = await home.open()
  const { logSize } = reopened.status()
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, logSize)
  await reopened.close()
})

test('a second engine in the same home is refused while the first is open', async () => {
  const engine = await home.open()
  await assert.rejects(home.open(), { code: 'engine.home-in-use' })
  await engine.close()
  await (await home.open()).close()
})

test('a home of another chain and a key of another validator are refused', async () => {
  await (await home.open()).close()
  const other = { ...testGenesis, chainName: 'other' }
  await assert.rejects(home.open({ genesis: other }), { code: 'engine.other-genesis' })
  const signer: Signer = { ...validatorSigner, publicKey: new Uint8Array(32) }
  await assert.rejects(home.open({ signer }), { code: 'engine.not-validator' })
})

test('a state that wants other validators than the own one is refused', async () => {
  const other = { organisation: 'clinic', publicKey: new Uint8Array(32).fill(7), power: 10n }
  const machine = createTally([...testGenesis.validators, other])
  await assert.rejects(home.open({ machine }), { code: 'engine.not-validator' })
})

test('a directory that cannot be made is a storage failure', async () => {
  const file = join(home.directory, 'file')
  writeFileSync(file, '')
  await assert.rejects(home.open({ directory: join(file, 'ledger') }), { code: 'engine.storage' })
})

test('a restored home, which has no signing state, does not go on signing', async () => {
  const engine = await home.open()
  await accepted(engine, claim(1))
  await engine.close()
  rmSync(join(home.directory, SIGNING_STATE_FILE))
  await assert.rejects(home.open(), { code: 'engine.signing-state-missing' })
})

test('a home whose blocks were rolled back below what was signed does not go on signing', async () => {
  const store = join(home.directory, STORE_FOLDER)
  const copy = join(home.directory, 'copy')
  const engine = await home.open()
  await accepted(engine, claim(1))
  await engine.close()
  cpSync(store, copy, { recursive: true })
  const again = await home.open()
  await accepted(again, claim(2))
  await again.close()
  rmSync(store, { recursive: true })
  cpSync(copy, store, { recursive: true })
  await assert.rejects(home.open(), { code: 'engine.signing-state-ahead' })
})

test('a signing state older than the blocks does not sign them again', async () => {
  const state = join(home.directory, SIGNING_STATE_FILE)
  const engine = await home.open()
  await accepted(engine, claim(1))
  await engine.close()
  cpSync(state, `${state}.old`)
  const again = await home.open()
  await accepted(again, claim(2))
  await again.close()
  cpSync(`${state}.old`, state)
  await assert.rejects(home.open(), { code: 'engine.signing-state-missing' })
})

test('a block that was stored and not signed is signed at the next start, and is the same block', async () => {
  const broken: Signer = {
    ...validatorSigner,
    sign() {
      throw new Error('the key is out of reach')
    },
  }
  const first = await home.open()
  await accepted(first, claim(1))
  await first.close()
  const bytes = claim(2)
  const halted = await home.open({ signer: broken })
  await assert.rejects(halted.submit(bytes), { code: 'engine.halted' })
  await assert.rejects(halted.submit(claim(3)), { code: 'engine.halted' })
  const { height } = halted.status()
  await halted.close()
  const engine = await home.open()
  assert.equal(await accepted(engine, bytes), height + 1n)
  assert.equal(engine.status().logSize, 2)
  await engine.close()
})
