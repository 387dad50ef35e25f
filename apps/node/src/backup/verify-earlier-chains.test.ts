/** A home follows its handovers back: what each link must name, and what is said of a chain that is not there. */
import assert from 'node:assert/strict'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { signForLedger } from '@meridian/client'
import { type GenesisDocument, type Handover, isRefusal } from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import { batchBody, createTestLedger, genesis, hospital } from '../ledger-door/fixtures/test-ledger.ts'
import { earlierChainsDir, openChain } from './earlier-chains.ts'
import { verifyEarlierChains } from './verify-earlier-chains.ts'

const ignored = () => {}

/** A home that keeps one earlier chain of some blocks, and the handover that its own genesis document states. */
async function homeAfterHandover(t: { after(work: () => void): void }) {
  const ledger = createTestLedger()
  t.after(() => ledger.remove())
  const engine = await ledger.open()
  const blockTimeSeconds = BigInt(Date.parse(genesis.genesisTime) / 1000) + 60n
  const { bytes } = signForLedger(hospital, { kind: 'anchor-batch', body: batchBody(), blockTimeSeconds })
  assert.ok(!isRefusal(await engine.submit(bytes)))
  await engine.close()
  const dir = join(ledger.directory, 'home')
  const { chainId } = engine
  const kept = join(earlierChainsDir({ dir }), chainId)
  cpSync(join(ledger.directory, 'store'), join(kept, 'store'), { recursive: true })
  const archive = await openChain(kept, suite, genesis)
  const { handover } = archive
  await archive.close()
  assert.ok(handover !== undefined)
  const verify = (link: Handover | undefined) => {
    const next: GenesisDocument = { ...genesis, ...(link === undefined ? {} : { handover: link }) }
    return verifyEarlierChains({ dir }, { genesis: next, suite }, ignored)
  }
  return { handover, verify, kept }
}

test('a home that was never handed over has no earlier chain to verify', async (t) => {
  const { verify } = await homeAfterHandover(t)
  assert.deepEqual(await verify(undefined), [])
})

test('the handover names the chain that is kept, a height it reached, and the header there', async (t) => {
  const { handover, verify } = await homeAfterHandover(t)
  const { chainId, height } = handover
  const [right] = await verify(handover)
  assert.deepEqual(right, { chainId, kept: true, height: right?.kept && right.height })
  const fault = (at: bigint) => ({ height: Number(at), place: 'handover' })
  for (const wrong of [
    { ...handover, headerHash: new Uint8Array(32) },
    { ...handover, genesisHash: new Uint8Array(32) },
    { ...handover, height: height - 1n },
    { ...handover, height: height + 9n },
  ]) {
    const [verdict] = await verify(wrong)
    assert.deepEqual(verdict?.kept && verdict.fault, fault(wrong.height))
  }
})

test('a chain whose blocks are not kept is named and nothing is claimed of it', async (t) => {
  const { handover, verify, kept } = await homeAfterHandover(t)
  rmSync(kept, { recursive: true })
  assert.deepEqual(await verify(handover), [{ chainId: handover.chainId, kept: false }])
})
