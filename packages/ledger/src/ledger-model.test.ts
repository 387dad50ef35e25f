/** Random chains: the ledger answers as a naive one does, and what must hold holds after every block. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex } from '@meridian/protocol'
import fc from 'fast-check'
import { createTestChain, type TestChain } from './fixtures/chain.ts'
import { createNaiveLedger, type NaiveLedger } from './fixtures/naive-ledger.ts'
import { sayingBlock } from './fixtures/sayings.ts'
import { brokenInvariants } from './ledger.ts'
import { batches } from './modules/evidence/queries.ts'
import { registeredKeys } from './modules/membership/queries.ts'
import { artefacts } from './modules/registry/queries.ts'
import { FIRST_KEY, scanExpiries } from './unique-ids/state.ts'

const chains = fc.array(sayingBlock, { minLength: 1, maxLength: 10 })

test('the ledger answers every statement as the naive ledger does, and ends in the same state', () => {
  fc.assert(
    fc.property(chains, (blocks) => {
      const chain = createTestChain()
      const naive = createNaiveLedger()
      for (const { afterSeconds, sayings } of blocks) {
        chain.timeSeconds += BigInt(afterSeconds) - 1n
        const now = chain.timeSeconds + 1n
        const statements = sayings.map((make) => make(now))
        const expected = statements.map((statement) => naive.tell(statement, now))
        const answers = chain.block(...statements).map((refusal) => refusal?.code ?? 'accepted')
        assert.deepEqual(answers, expected)
        assert.deepEqual(brokenInvariants(chain.view), [])
      }
      assertSameState(chain, naive)
    }),
  )
})

function assertSameState({ view, timeSeconds }: TestChain, naive: NaiveLedger): void {
  assert.equal(batches(view).length, naive.batches.size)
  const keys = registeredKeys(view).map(
    ({ keyId, key }) => `${toHex(keyId)} ${key.organisation} ${key.reason}`,
  )
  assert.deepEqual(keys, [...naive.keys].map(([id, key]) => `${id} ${key.organisation} ${key.ended}`).sort())
  const newest = [...artefacts(view)].map(([id, { version }]) => `${id} ${version}`)
  const naiveNewest = [...naive.artefacts].map(
    ([id, { versions }]) => `${id} ${[...versions.keys()].sort().at(-1)}`,
  )
  assert.deepEqual(newest, naiveNewest)
  const counting = scanExpiries(view, FIRST_KEY, 100_000).filter(
    ({ expirySeconds }) => expirySeconds > timeSeconds,
  )
  const naiveCounting = [...naive.remembered.values()].filter((expiry) => expiry > timeSeconds)
  assert.equal(counting.length, naiveCounting.length)
}

test('check and apply agree, and a refused statement changes nothing but the memory of unique ids', () => {
  fc.assert(
    fc.property(chains, (blocks) => {
      const chain = createTestChain()
      for (const { sayings } of blocks) {
        const timeSeconds = chain.timeSeconds + 1n
        const [statement] = sayings.map((make) => make(timeSeconds))
        if (statement === undefined) continue
        const checked = chain.ledger.check(chain.view, statement, { height: chain.height + 1n, timeSeconds })
        const before = chain.view.dump()
        const [applied] = chain.block(statement)
        assert.deepEqual(applied, checked)
        if (applied === undefined) continue
        const changed = Object.entries(chain.view.dump()).filter(([key, value]) => before[key] !== value)
        assert.ok(changed.every(([key]) => key.startsWith('unique-ids/')))
      }
    }),
  )
})
