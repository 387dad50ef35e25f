/** What stands between CometBFT's state sync and the members' doors: signed questions, whole answers, and a trusted block that no door can forge. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signForLedger } from '@meridian/client'
import type { Engine, RpcAnswer, RpcCall } from '@meridian/engine'
import {
  checkpointAnchor,
  genesisAnchor,
  headerHash,
  isRefusal,
  type LightBlock,
  lightBlockOf,
  type Refusal,
  toHex,
} from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import Fastify, { type FastifyInstance } from 'fastify'
import type { OutsideFailure } from '../command-line/command.ts'
import { createCheckpointKeeper } from '../ledger-door/checkpoint-keeper.ts'
import {
  batchBody,
  createTestLedger,
  genesis,
  hospital,
  signerOf,
} from '../ledger-door/fixtures/test-ledger.ts'
import { addLedgerDoor } from '../ledger-door/ledger-door.ts'
import { openLightFacade } from './light-facade.ts'
import { type MemberDoor, memberDoor } from './member-door.ts'
import { openStateSync } from './open-state-sync.ts'
import { type PointParts, type TrustedPoint, trustedPoint } from './trusted-point.ts'

const home = createTestLedger()
const anchor = genesisAnchor(suite, genesis)
const nowMs = (): number => home.clock.nowMs()
let engine: Engine
let app: FastifyInstance
let url = ''
let asked: RpcCall[] = []

/** What this CometBFT would say; its `id` is of its own counting. */
async function askLight(call: RpcCall): Promise<RpcAnswer> {
  asked.push(call)
  const result = {
    node_info: { network: anchor.chainId },
    sync_info: { earliest_block_height: '2' },
  }
  return call.method === 'status'
    ? ({ jsonrpc: '2.0', id: 0, result } as RpcAnswer)
    : { error: { message: 'Internal error', data: 'height 9 is not available' } }
}

before(async () => {
  engine = await home.open()
  for (let n = 0; n < 3; n++) {
    const blockTimeSeconds = BigInt(Math.floor(nowMs() / 1_000))
    const answer = await engine.submit(
      signForLedger(hospital, { kind: 'anchor-batch', body: batchBody(), blockTimeSeconds }).bytes,
    )
    assert.ok(!isRefusal(answer))
  }
  app = Fastify()
  await app.register(addLedgerDoor, {
    engine,
    suite,
    askLight,
    // Without it everybody on this machine would count as the institution itself.
    token: 'secret',
    member: {
      organisation: 'hospital',
      receiptSigner: signerOf(3),
      earlier: [],
      nowSeconds: () => BigInt(Math.floor(nowMs() / 1_000)),
      checkpoints: createCheckpointKeeper({
        engine,
        suite,
        organisation: 'hospital',
        receiptSigner: signerOf(3),
        bring: async () => undefined,
      }),
      keepContradiction: () => {},
    },
  })
  url = await app.listen({ host: '127.0.0.1', port: 0 })
})

after(async () => {
  await app.close()
  await engine.close()
  home.remove()
})

const doorOf = (key: number): MemberDoor => memberDoor(url, { signer: signerOf(key), nowMs })
const says = (text: RegExp) => (error: OutsideFailure) =>
  text.test(error.text.en) && error.text.zh.length > 10

test('a member is answered, by its statement key on the ledger; nobody else is, and is told so', async () => {
  const status = await doorOf(2).ask({ method: 'status', params: {} })
  assert.ok('result' in status)
  asked = []
  await doorOf(2).ask({ method: 'validators', params: { height: '3', page: '1', per_page: '100' } })
  assert.deepEqual(asked, [{ method: 'validators', params: { height: '3', page: '1', per_page: '100' } }])
  await assert.rejects(doorOf(77).ask({ method: 'status', params: {} }), says(/^sync\.not-let-in/))
  await assert.rejects(doorOf(3).ask({ method: 'status', params: {} }), says(/^sync\.not-let-in/))
})

test('what a light client does not need is not passed on', async () => {
  asked = []
  for (const method of ['broadcast_tx_sync', 'net_info', 'genesis', 'block'])
    await assert.rejects(doorOf(2).ask({ method, params: {} }), says(/^sync\.door-away/))
  assert.deepEqual(asked, [])
})

async function call(facade: string, body: string): Promise<Record<string, unknown>> {
  const answer = await fetch(facade, { method: 'POST', body })
  return (await answer.json()) as Record<string, unknown>
}

test('the facade answers by the number of the call, keeps what CometBFT said, and survives anything else', async () => {
  const facade = await openLightFacade(doorOf(2))
  try {
    assert.match(facade.url, /^http:\/\/127\.0\.0\.1:\d+$/)
    const status = await call(facade.url, '{"jsonrpc":"2.0","id":7,"method":"status","params":{}}')
    assert.equal(status.id, 7)
    assert.ok('result' in status)
    const commit = await call(
      facade.url,
      '{"jsonrpc":"2.0","id":8,"method":"commit","params":{"height":"9"}}',
    )
    const error = { code: -32_603, message: 'Internal error', data: 'height 9 is not available' }
    assert.deepEqual(commit, { jsonrpc: '2.0', id: 8, error })
    for (const body of ['', '[]', '{"method":5}', '{"id":1,"method":"../status"}', 'x'.repeat(10_000)])
      assert.ok('error' in (await call(facade.url, body)))
  } finally {
    await facade.close()
  }
  await assert.rejects(call(facade.url, '{}'))
})

function lightBlockAt(height: bigint): LightBlock {
  const block = engine.block(height)
  assert.ok(block !== undefined)
  return lightBlockOf(block.header, block.commit, block.validators)
}

const pointFor = (given: Partial<PointParts> = {}, door = doorOf(2)): Promise<TrustedPoint | Refusal> =>
  trustedPoint(door, { suite, genesisAnchor: anchor, oldest: 2n, nowMs, ...given })

const codeOf = (answer: TrustedPoint | Refusal): string => (isRefusal(answer) ? answer.code : 'trusted')

test('from the genesis document the oldest block that the doors have is reached by signatures', async () => {
  const { header } = lightBlockAt(2n)
  assert.deepEqual(await pointFor(), { trustHeight: 2n, trustHash: toHex(headerHash(suite, header)) })
})

test('a checkpoint that the doors still have is used as it is pinned', async () => {
  const pinned = checkpointAnchor(
    suite,
    { genesisHash: anchor.genesisHash, block: lightBlockAt(3n) },
    () => 'hospital',
  )
  const trust = { anchors: [pinned] }
  assert.deepEqual(await pointFor({ trust }), {
    trustHeight: 3n,
    trustHash: toHex(pinned.headerHash ?? new Uint8Array()),
  })
  const years = 5 * 365 * 86_400_000
  assert.equal(codeOf(await pointFor({ trust, nowMs: () => nowMs() + years })), 'trust.expired')
})

test('a trust file of another chain, an old genesis and a door that forges are refused', async () => {
  const other = { ...anchor, genesisHash: new Uint8Array(32) }
  assert.equal(codeOf(await pointFor({ trust: { anchors: [other] } })), 'receipt.wrong-chain')
  const old = await pointFor({ nowMs: () => nowMs() + 40 * 86_400_000 })
  assert.equal(codeOf(old), 'trust.expired')
  const { header, ...rest } = lightBlockAt(2n)
  const forged = { ...rest, header: { ...header, appHash: new Uint8Array(32) } }
  const liar: MemberDoor = { ...doorOf(2), ledger: { lightBlock: async () => forged } }
  assert.notEqual(codeOf(await pointFor({}, liar)), 'trusted')
  const empty: MemberDoor = { ...doorOf(2), ledger: { lightBlock: async () => undefined } }
  assert.equal(codeOf(await pointFor({}, empty)), 'trust.unavailable')
})

test('two doors of this chain give CometBFT two addresses; another chain and a door that is away are named', async () => {
  const signer = signerOf(2)
  const sync = await openStateSync({ doors: [url, `${url}/`], suite, genesis, signer, nowMs })
  assert.equal(new Set(sync.source.servers).size, 2)
  assert.equal(sync.source.trustHeight, 2n)
  await sync.close()
  const away = openStateSync({ doors: [url, 'http://127.0.0.1:1'], suite, genesis, signer, nowMs })
  await assert.rejects(away, says(/^sync\.door-away: .*127\.0\.0\.1:1/))
  const elsewhere = { ...genesis, chainName: 'other' }
  const wrong = openStateSync({ doors: [url, url], suite, genesis: elsewhere, signer, nowMs })
  await assert.rejects(wrong, says(/^sync\.other-chain/))
})
