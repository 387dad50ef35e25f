/** Whoever is killed, and whenever: what was acknowledged stands in the chain once, and the chain verifies. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { isRefusal, toHex } from '@meridian/protocol'
import { acknowledgedBeforeKill, assertCometKept, type Victim } from '../fixtures/comet-kills.ts'
import { cometBinary, openTestNode } from '../fixtures/comet-nodes.ts'
import { claim } from '../fixtures/sayings.ts'

const skip = cometBinary === undefined ? 'needs the CometBFT program' : false

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'meridian-comet-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

async function killTwice(victim: Victim): Promise<void> {
  const acknowledged = new Set<string>()
  for (let round = 0; round < 2; round++) {
    const count = 1 + Math.floor(Math.random() * 300)
    for (const id of await acknowledgedBeforeKill(directory, { count, victim })) acknowledged.add(id)
    await assertCometKept(directory, acknowledged)
  }
}

test('our process killed under load, CometBFT left alone', { skip }, () => killTwice('application'))

test('our process and CometBFT killed together under load', { skip }, () => killTwice('both'))

test('CometBFT killed under load: it is started again, and what waits is ordered without a word to who submitted', {
  skip,
}, async () => {
  const engine = await openTestNode({ directory })
  const acknowledged = new Set<string>()
  let next = 1
  const submitMany = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const answer = await engine.submit(claim(next++))
      assert.ok(!isRefusal(answer))
      acknowledged.add(toHex(answer.statementId))
      if (acknowledged.size === 40) process.kill(engine.pid() ?? 0, 'SIGKILL')
    }
  }
  try {
    await Promise.all(Array.from({ length: 20 }, () => submitMany(10)))
    assert.equal(engine.restarts(), 1)
  } finally {
    await engine.close()
  }
  await assertCometKept(directory, acknowledged)
})
