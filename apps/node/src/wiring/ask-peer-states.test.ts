/** A node in doubt about its own state asks the others' doors as a member, and is told the sub-roots after a block. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { equalBytes } from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import Fastify from 'fastify'
import { createCheckpointKeeper } from '../ledger-door/checkpoint-keeper.ts'
import { createTestLedger, genesis, signerOf } from '../ledger-door/fixtures/test-ledger.ts'
import { addLedgerDoor } from '../ledger-door/ledger-door.ts'
import { doorsOfOthers } from '../ledger-door/member-keys.ts'
import { askPeerStates } from './ask-peer-states.ts'
import { askAt, doorsKnown } from './member-doors.ts'

test('a member is told the sub-roots after a block; a door that is away, or answers another, is passed over', async (t) => {
  const home = createTestLedger()
  const engine = await home.open()
  const app = Fastify()
  t.after(async () => {
    await app.close()
    await engine.close()
    home.remove()
  })
  const nowMs = () => home.clock.nowMs()
  const receiptSigner = signerOf(3)
  const organisation = 'hospital'
  const keeper = { engine, suite, organisation, receiptSigner, bring: async () => undefined }
  await app.register(addLedgerDoor, {
    engine,
    suite,
    token: 'secret',
    member: {
      organisation,
      receiptSigner,
      earlier: [],
      nowSeconds: () => BigInt(Math.floor(nowMs() / 1_000)),
      checkpoints: createCheckpointKeeper(keeper),
      keepContradiction: () => {},
    },
  })
  const door = await app.listen({ host: '127.0.0.1', port: 0 })
  const nowSigned = (signer: ReturnType<typeof signerOf>) =>
    askAt([door, 'http://127.0.0.1:1'], { organisation, signer, nowMs })
  const states = await askPeerStates(nowSigned(signerOf(1)), suite, 1n)
  assert.equal(states.length, 1)
  assert.deepEqual(states[0], engine.block(1n)?.state)
  assert.ok(
    equalBytes(states[0]?.appHash ?? new Uint8Array(), engine.block(2n)?.header.appHash ?? new Uint8Array()),
  )
  assert.deepEqual(await askPeerStates(nowSigned(signerOf(77)), suite, 1n), [], 'a stranger is told nothing')
})

test('before the engine is open the founders are asked, and from then on whom state names', async (t) => {
  const home = createTestLedger()
  const engine = await home.open()
  t.after(async () => {
    await engine.close()
    home.remove()
  })
  const [own, other] = genesis.organisations
  assert.ok(own !== undefined && other !== undefined)
  const founder = { ...other, endpoints: { door: 'https://founder.example', nodes: [] } }
  const network = { ...genesis, organisations: [own, founder] }
  assert.deepEqual(doorsKnown(undefined, network, own.id), ['https://founder.example'])
  assert.deepEqual(doorsKnown(engine, network, own.id), doorsOfOthers(engine, own.id))
})
