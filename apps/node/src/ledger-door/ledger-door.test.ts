/** The whole way of a statement: client, door, engine, rules, and a receipt that a stranger checks. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  checkLedgerProof,
  coseReceipt,
  createHttpTransport,
  createLedgerClient,
  type LedgerClient,
  recordReceipt,
  signForLedger,
} from '@meridian/client'
import type { Engine } from '@meridian/engine'
import { doorRefusal } from '@meridian/gateway'
import { evidenceQueries } from '@meridian/ledger'
import {
  buildBatchTree,
  encodeReceipt,
  encodeTrust,
  isRefusal,
  type Receipt,
  type Refusal,
  textToTime,
  utf8,
  verifyCoseReceipt,
  verifyReceipt,
} from '@meridian/protocol'
import { nodeSuite, randomBytes } from '@meridian/protocol/node'
import Fastify, { type FastifyInstance } from 'fastify'
import { batchBody, createTestLedger, genesis, hospital, signerOf } from './fixtures/test-ledger.ts'
import { createNodeTransport } from './in-process-transport.ts'
import { addLedgerDoor } from './ledger-door.ts'

const home = createTestLedger()
let engine: Engine
let app: FastifyInstance
let baseUrl: string

before(async () => {
  engine = await home.open()
  app = Fastify()
  await app.register(addLedgerDoor, { engine, suite: nodeSuite, token: 'secret' })
  baseUrl = await app.listen({ host: '127.0.0.1', port: 0 })
})

after(async () => {
  await app.close()
  await engine.close()
  home.remove()
})

const overHttp = (): LedgerClient => createLedgerClient(createHttpTransport({ baseUrl, token: 'secret' }))
const inProcess = (): LedgerClient => createLedgerClient(createNodeTransport({ engine, suite: nodeSuite }))

async function anchor(client: LedgerClient, body = batchBody()) {
  const blockTimeSeconds = await client.blockTimeSeconds()
  const signed = signForLedger(hospital, { kind: 'anchor-batch', body, blockTimeSeconds })
  return { body, signed, answer: await client.submit(signed.bytes) }
}

function accepted<T>(answer: T | Refusal): T {
  assert.ok(!isRefusal(answer), isRefusal(answer) ? answer.code : '')
  return answer
}

const genesisTrust = (): Uint8Array =>
  utf8(
    encodeTrust(nodeSuite, {
      anchors: [
        {
          chainId: engine.chainId,
          genesisHash: engine.genesisHash,
          height: 0n,
          headerHash: null,
          time: textToTime(genesis.genesisTime) ?? 0n,
          validators: genesis.validators.map((validator) => ({ ...validator, organisation: 'hospital' })),
        },
      ],
    }),
  )

for (const [name, connect] of [
  ['over HTTP', overHttp],
  ['in the process', inProcess],
] as const) {
  test(`a batch that is anchored ${name} is found where the answer says`, async () => {
    const client = connect()
    const { signed, answer } = await anchor(client)
    const { height, statementId } = accepted(answer)
    assert.deepEqual(statementId, signed.statementId)
    const place = await client.locate(signed.statementId)
    assert.equal(place?.height, height)
    assert.equal(place?.refusal, null)
    const block = await client.block(height)
    assert.deepEqual(block?.statements[place?.index ?? -1], signed.bytes)
  })

  test(`a refusal of the ledger arrives ${name} as the same value`, async () => {
    const client = connect()
    const { body } = await anchor(client)
    const { answer } = await anchor(client, body)
    assert.ok(isRefusal(answer))
    assert.equal(answer.code, 'evidence.batch-exists')
    assert.equal(answer.module, 'evidence')
  })

  test(`what is not there is undefined ${name}, and an unknown statement has no receipt`, async () => {
    const client = connect()
    assert.equal(await client.block(1_000_000n), undefined)
    assert.equal(await client.locate(randomBytes(32)), undefined)
    const receipt = await client.receipt(randomBytes(32))
    assert.ok(isRefusal(receipt))
    assert.equal(receipt.code, 'engine.statement-unknown')
  })

  test(`blocks are followed ${name} while they are made, each once and in order`, async () => {
    const client = connect()
    const from = (await client.status()).height + 1n
    const stop = new AbortController()
    const heights: bigint[] = []
    const following = (async () => {
      for await (const block of client.follow(from, stop.signal)) {
        heights.push(block.light.header.height)
        if (block.statements.length > 0) stop.abort()
      }
    })()
    const { answer } = await anchor(client)
    await following
    assert.equal(heights.at(-1), accepted(answer).height)
    assert.deepEqual(
      heights,
      heights.map((_, i) => from + BigInt(i)),
    )
  })
}

/** A batch of five commitments, one of which is somebody's. */
async function anchorCommitment(): Promise<{ receipt: Receipt; commitment: Uint8Array }> {
  const commitments = Array.from({ length: 5 }, () => randomBytes(32))
  const tree = buildBatchTree(nodeSuite, commitments, () => randomBytes(32))
  const client = overHttp()
  const { signed, answer } = await anchor(client, { ...batchBody(tree.root), size: tree.size })
  accepted(answer)
  const commitment = commitments[3] as Uint8Array
  const place = { commitment, index: 3, path: tree.pathOf(3) }
  const receipt = recordReceipt(accepted(await client.receipt(signed.statementId)), place)
  return { receipt, commitment }
}

test('a receipt leads a stranger from the commitment to the trust anchor', async () => {
  const { receipt } = await anchorCommitment()
  const trust = genesisTrust()
  const verification = verifyReceipt(nodeSuite, { receipt: utf8(encodeReceipt(receipt)), trust })
  assert.ok(verification.verified, JSON.stringify(verification.rungs.at(-1)))
  assert.equal(verification.witnesses, 1)
})

test('a statement is proved again under every later root', async () => {
  const client = inProcess()
  const { signed, answer } = await anchor(client)
  const { height } = accepted(answer)
  for (let i = 0; i < 3; i++) await anchor(client)
  const newest = (await client.status()).height
  const trust = genesisTrust()
  for (let header = height + 1n; header <= newest; header++) {
    const receipt = accepted(await client.receipt(signed.statementId, header))
    assert.equal(receipt.block.header.height, header)
    const verification = verifyReceipt(nodeSuite, { receipt: utf8(encodeReceipt(receipt)), trust })
    assert.ok(verification.verified, JSON.stringify(verification.rungs.at(-1)))
  }
})

test('a COSE receipt of the statement verifies under the receipt key', async () => {
  const { receipt } = await anchorCommitment()
  const signer = signerOf(3)
  const cose = coseReceipt({ suite: nodeSuite, signer, organisation: 'hospital' }, receipt)
  const verified = verifyCoseReceipt(nodeSuite, cose, receipt.statement.bytes, signer.publicKey)
  assert.ok(!isRefusal(verified))
  assert.equal(verified.issuer, 'hospital')
  assert.equal(verified.chainId, engine.chainId)
})

test('presence and absence of a batch are proved up to the signed app hash', async () => {
  const client = overHttp()
  const { body } = await anchor(client)
  const prove = async (batchId: Uint8Array) => {
    const key = evidenceQueries.batchKey('hospital', batchId)
    return checkLedgerProof(nodeSuite, accepted(await client.prove('evidence', key)))
  }
  const present = await prove(body.batchId)
  assert.ok(!isRefusal(present) && present.present)
  assert.deepEqual(await prove(randomBytes(16)), { present: false })
})

test('without the token nobody gets in, and the answer repeats nothing of the request', async () => {
  const answer = await fetch(`${baseUrl}/ledger/v1/status`, {
    headers: { authorization: 'Bearer 张三'.replace(/[^ -~]/g, 'x') },
  })
  assert.equal(answer.status, 401)
  assert.deepEqual(await answer.json(), doorRefusal('door.not-allowed'))
  const stranger = createLedgerClient(createHttpTransport({ baseUrl }))
  await assert.rejects(stranger.status(), { code: 'client.not-allowed' })
})

test('a malformed path, an unknown query and a body that is too large are refused by code alone', async () => {
  const headers = { authorization: 'Bearer secret' }
  const get = async (path: string) => {
    const answer = await app.inject({ method: 'GET', url: path, headers })
    return [answer.statusCode, answer.json()]
  }
  const malformed = [400, doorRefusal('door.malformed-request')]
  assert.deepEqual(await get('/ledger/v1/blocks/minus-one'), malformed)
  assert.deepEqual(await get('/ledger/v1/statements/zz'), malformed)
  assert.deepEqual(await get('/ledger/v1/proofs/evidence/0'), malformed)
  const large = await app.inject({
    method: 'POST',
    url: '/ledger/v1/statements',
    headers: { ...headers, 'content-type': 'application/cbor' },
    payload: Buffer.alloc(70_000),
  })
  assert.deepEqual([large.statusCode, large.json()], [413, doorRefusal('door.too-large')])
})

test('bytes that are no statement are refused by their form', async () => {
  const answer = await overHttp().submit(new Uint8Array([1, 2, 3]))
  assert.ok(isRefusal(answer))
  assert.equal(answer.module, 'protocol')
})

test('a node that is not there is a failure, not a refusal', async () => {
  const client = createLedgerClient(createHttpTransport({ baseUrl: 'http://127.0.0.1:1' }))
  await assert.rejects(client.submit(new Uint8Array([1])), { code: 'client.unreachable' })
})
