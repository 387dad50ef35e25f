/** Two engines, one history: the same statements in the same order give the same state on both, proved by the app hash. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { isRefusal, toHex } from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import type { Engine } from '../engine.ts'
import { cometBinary, openTestNode } from '../fixtures/comet-nodes.ts'
import { claim, testGenesis } from '../fixtures/sayings.ts'
import { tally } from '../fixtures/tally.ts'
import { createTestHome } from '../fixtures/test-home.ts'
import { verifyChain } from '../verify/chain-verify.ts'

const skip = cometBinary === undefined ? 'needs the CometBFT program' : false

/** Submits one after the other; answers the app hash after each. */
async function appHashes(engine: Engine, statements: readonly Uint8Array[]): Promise<readonly string[]> {
  const hashes: string[] = []
  for (const bytes of statements) {
    const answer = await engine.submit(bytes)
    const height = isRefusal(answer) ? engine.status().height : answer.height
    hashes.push(toHex(engine.block(height)?.state.appHash ?? new Uint8Array()))
  }
  return hashes
}

test('the same statements in the same order give the same app hash on both engines', { skip }, async () => {
  const statements = Array.from({ length: 12 }, (_, n) => claim(n % 9, n))
  const directory = mkdtempSync(join(tmpdir(), 'meridian-comet-'))
  const home = createTestHome()
  const comet = await openTestNode({ directory })
  const embedded = await home.open()
  try {
    assert.deepEqual(await appHashes(comet, statements), await appHashes(embedded, statements))
    assert.equal(comet.chainId, embedded.chainId)
    assert.equal(comet.status().logSize, embedded.status().logSize)
  } finally {
    await comet.close()
    await embedded.close()
  }
  const verdict = await verifyChain({ directory, genesis: testGenesis, machine: tally, suite })
  assert.ok(verdict.ok && verdict.stateCompared)
  home.remove()
  rmSync(directory, { recursive: true, force: true })
})
