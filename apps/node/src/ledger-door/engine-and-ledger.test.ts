/** Random statements through the embedded engine with the real rules: blocks, restarts and a verified chain agree. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signForLedger } from '@meridian/client'
import { verifyChain } from '@meridian/engine'
import { createLedger, evidenceQueries } from '@meridian/ledger'
import { equalBytes, isRefusal } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import fc from 'fast-check'
import { batchBody, createTestLedger, genesis, hospital, signerOf } from './fixtures/test-ledger.ts'

const GENESIS_SECONDS = BigInt(Date.parse(genesis.genesisTime) / 1000)

/** Batch ids and unique ids collide often; some are signed with a key that nobody registered; some are late. */
const saying = fc.record({
  batch: fc.nat(7),
  uniqueId: fc.nat(20),
  seed: fc.constantFrom(1, 1, 1, 1, 77),
  lifeSeconds: fc.constantFrom(3_600n, 3_600n, 3_600n, -600n),
})

const round = fc.record({
  sayings: fc.array(saying, { maxLength: 12 }),
  turnMs: fc.constantFrom(0, 0, 5_000, 600_000),
  restart: fc.boolean(),
})

function bytesOf({
  batch,
  uniqueId,
  seed,
  lifeSeconds,
}: typeof saying extends fc.Arbitrary<infer T> ? T : never) {
  const identity = {
    ...hospital,
    signer: signerOf(seed),
    newUniqueId: () => new Uint8Array(16).fill(uniqueId),
  }
  const body = { ...batchBody(new Uint8Array(32).fill(batch)), batchId: new Uint8Array(16).fill(batch) }
  const blockTimeSeconds = GENESIS_SECONDS + 600n
  return signForLedger(identity, { kind: 'anchor-batch', body, blockTimeSeconds, lifeSeconds }).bytes
}

test('whatever is submitted, each batch is anchored at most once, a restart changes nothing and the chain verifies', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 4 }), async (rounds) => {
      const home = createTestLedger()
      let engine = await home.open()
      const anchored = new Set<number>()
      try {
        for (const { sayings, turnMs, restart } of rounds) {
          const answers = await Promise.all(sayings.map((each) => engine.submit(bytesOf(each))))
          for (const [i, { batch, seed, lifeSeconds }] of sayings.entries()) {
            if (isRefusal(answers[i])) continue
            assert.ok(seed === 1 && lifeSeconds > 0n)
            anchored.add(batch)
          }
          home.clock.turn(turnMs)
          if (!restart) continue
          const before = engine.status()
          await engine.close()
          engine = await home.open()
          assert.ok(equalBytes(engine.status().appHash, before.appHash))
        }
        assert.equal(engine.status().logSize, anchored.size + 1, 'with the standards set')
        for (let batch = 0; batch < 8; batch++) {
          const key = evidenceQueries.batchKey('hospital', new Uint8Array(16).fill(batch))
          const proof = engine.prove('evidence', key)
          if (!isRefusal(proof)) assert.equal(proof.proof.value !== undefined, anchored.has(batch))
        }
        await engine.close()
        const machine = createLedger({ suite: nodeSuite, genesis })
        const verdict = await verifyChain({ directory: home.directory, genesis, machine, suite: nodeSuite })
        assert.ok(
          verdict.ok,
          JSON.stringify(verdict, (_, value) => String(value)),
        )
      } finally {
        await engine.close()
        home.remove()
      }
    }),
    { numRuns: 12 },
  )
})
