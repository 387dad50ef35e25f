/** A copy of a running home: read as it was, never signed on, and the start of a new chain by handover. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { decodeGenesis, encodeGenesis, isRefusal, verifyCommit } from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import { openArchive } from './archive.ts'
import type { EmbeddedEngine } from './embedded/embedded-port.ts'
import { claim, claimBody, testGenesis } from './fixtures/sayings.ts'
import { COUNT_KEY, claimKey, tally } from './fixtures/tally.ts'
import { createTestHome, type TestHome } from './fixtures/test-home.ts'
import { verifyChain } from './verify/chain-verify.ts'

let home: TestHome
let engine: EmbeddedEngine
beforeEach(async () => {
  home = createTestHome()
  engine = await home.open()
})
afterEach(async () => {
  await engine.close()
  home.remove()
})

const archiveIn = (directory: string) => openArchive({ directory, modules: tally.modules, suite })

async function anchor(n: number): Promise<Uint8Array> {
  const answer = await engine.submit(claim(n))
  assert.ok(!isRefusal(answer))
  return answer.statementId
}

test('a copy made under load holds every statement that was answered before, and its chain is right', async () => {
  const directory = join(home.directory, 'copy')
  let isCopying = true
  const load = (async () => {
    for (let n = 1_000; isCopying; n++) await anchor(n)
  })()
  const answered = await Promise.all([1, 2, 3].map(anchor))
  await engine.backup(directory)
  isCopying = false
  await load
  const archive = await archiveIn(directory)
  for (const id of answered) assert.ok(archive.locate(id)?.logIndex !== undefined)
  const block = archive.block(archive.height)
  assert.ok(block !== undefined)
  const { height, blockId, validators, commit } = block
  assert.ok(
    !isRefusal(verifyCommit(suite, { chainId: archive.chainId, height, blockId, validators }, commit)),
  )
  await archive.close()
  const verdict = await verifyChain({ directory, genesis: testGenesis, machine: tally, suite })
  assert.ok(verdict.ok)
})

test('an archive proves what was in the state and answers where statements stand', async () => {
  const id = await anchor(1)
  const directory = join(home.directory, 'copy')
  await engine.backup(directory)
  const archive = await archiveIn(directory)
  const proof = archive.prove('claims', claimKey(claimBody(1)))
  assert.ok(!isRefusal(proof) && proof.proof.value !== undefined)
  assert.deepEqual(archive.locate(id), engine.locate(id))
  assert.deepEqual(archive.state.get('counts', COUNT_KEY), new Uint8Array([0, 0, 0, 1]))
  await archive.close()
})

test('a restored copy signs nothing, and hands over from its newest proved block', async () => {
  await anchor(1)
  const directory = join(home.directory, 'copy')
  await engine.backup(directory)
  await assert.rejects(home.open({ directory }), { code: 'engine.signing-state-missing' })
  const archive = await archiveIn(directory)
  const { handover } = archive
  assert.ok(handover !== undefined)
  assert.equal(handover.chainId, engine.chainId)
  assert.deepEqual(handover.headerHash, engine.block(handover.height)?.blockId.hash)
  await archive.close()
  const genesis = { ...testGenesis, genesisTime: '2026-03-02T01:00:00Z', handover }
  assert.deepEqual(decodeGenesis(encodeGenesis(genesis)), genesis)
  const next = await home.open({ directory: join(home.directory, 'next'), genesis })
  assert.notEqual(next.chainId, engine.chainId)
  assert.equal(next.status().height, 0n)
  await next.close()
})

test('a chain without blocks has nothing to hand over', async () => {
  const directory = join(home.directory, 'copy')
  await engine.backup(directory)
  const archive = await archiveIn(directory)
  assert.equal(archive.height, 0n)
  assert.equal(archive.handover, undefined)
  await archive.close()
})

test('a backup never writes over what is there', async () => {
  await assert.rejects(engine.backup(home.directory), { code: 'engine.storage' })
})
