/** Checkpoints at the door: signed by the member that serves them, countersigned by one that knows the same log, refused by one that does not. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createHttpTransport, createLedgerClient, signForLedger, updateTrust } from '@meridian/client'
import type { Engine } from '@meridian/engine'
import {
  checkCheckpoint,
  checkpointKeyName,
  decodeCheckpoint,
  genesisAnchor,
  isRefusal,
  type SignedCheckpoint,
  signCheckpoint,
  utf8,
} from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import Fastify, { type FastifyInstance } from 'fastify'
import { createCheckpointKeeper } from './checkpoint-keeper.ts'
import { batchBody, createTestLedger, genesis, hospital, signerOf } from './fixtures/test-ledger.ts'
import { addLedgerDoor } from './ledger-door.ts'

const ledger = createTestLedger()
const receiptSigner = signerOf(3)
const kept: SignedCheckpoint[] = []
let engine: Engine
let app: FastifyInstance
let url = ''

before(async () => {
  engine = await ledger.open()
  const bring = async (): Promise<undefined> => undefined
  app = Fastify()
  await app.register(addLedgerDoor, {
    engine,
    suite,
    member: {
      organisation: 'hospital',
      receiptSigner,
      earlier: [],
      nowSeconds: () => 1_772_323_200n,
      checkpoints: createCheckpointKeeper({ engine, suite, organisation: 'hospital', receiptSigner, bring }),
      keepContradiction: (_height, note) => void kept.push(note),
    },
  })
  url = await app.listen({ host: '127.0.0.1', port: 0 })
})

after(async () => {
  await app.close()
  await engine.close()
  ledger.remove()
})

const key = (): { name: string; publicKey: Uint8Array } => ({
  name: checkpointKeyName(engine.chainId, 'hospital'),
  publicKey: receiptSigner.publicKey,
})

async function bring(note: string, height = engine.status().height) {
  const answer = await fetch(`${url}/ledger/v1/cosignatures?height=${height}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: note,
  })
  return { status: answer.status, text: await answer.text() }
}

const noteOf = (root: Uint8Array, size = engine.status().logSize): string =>
  signCheckpoint(suite, { origin: engine.chainId, size, root }, { name: key().name, signer: receiptSigner })

test('the newest checkpoint is served at the well-known path, signed by the receipt key', async () => {
  const text = await (await fetch(`${url}/.well-known/meridian/checkpoint`)).text()
  const note = decodeCheckpoint(utf8(text))
  assert.ok(!isRefusal(note))
  assert.ok(!isRefusal(checkCheckpoint(suite, note, [key()])))
  assert.equal(note.size, engine.status().logSize)
})

test('a node that knows the same log adds its line with its time', async () => {
  const { height } = engine.status()
  const root = engine.block(height)?.state.logRoot as Uint8Array
  const { status, text } = await bring(noteOf(root))
  assert.equal(status, 200)
  const note = decodeCheckpoint(utf8(text))
  assert.ok(!isRefusal(note))
  const lines = checkCheckpoint(suite, note, [key()])
  assert.deepEqual(isRefusal(lines) ? lines.code : lines.map(({ time }) => time), [undefined, 1_772_323_200n])
})

test('another root for the same size is refused and the note is kept as evidence', async () => {
  const { status, text } = await bring(noteOf(new Uint8Array(32).fill(7)))
  assert.deepEqual([status, JSON.parse(text).code], [422, 'checkpoint.inconsistent'])
  assert.deepEqual(kept[0]?.root, new Uint8Array(32).fill(7))
})

test('a note of a stranger, of another size, of a height that is not here, or no note at all adds nothing', async () => {
  const { height, logSize } = engine.status()
  const root = engine.block(height)?.state.logRoot as Uint8Array
  const stranger = signCheckpoint(
    suite,
    { origin: engine.chainId, size: logSize, root },
    { name: key().name, signer: signerOf(77) },
  )
  const codes = [
    await bring(stranger),
    await bring(noteOf(root, logSize + 1)),
    await bring(noteOf(root), height + 9n),
    await bring('hello'),
  ].map(({ status, text }) => `${status} ${JSON.parse(text).code}`)
  assert.deepEqual(codes, [
    '422 checkpoint.not-signed',
    '422 checkpoint.inconsistent',
    '404 engine.height-unknown',
    '422 checkpoint.malformed',
  ])
  assert.equal(kept.length, 1)
})

test('a light client follows the chain from the genesis to the newest block and names the member behind its validator', async () => {
  const statement = { kind: 'anchor-batch', body: batchBody(), blockTimeSeconds: 1_772_323_260n } as const
  const answer = await engine.submit(signForLedger(hospital, { ...statement, lifeSeconds: 3_600n }).bytes)
  assert.ok(!isRefusal(answer))
  const anchor = await updateTrust(suite, createLedgerClient(createHttpTransport({ baseUrl: url })), {
    anchor: genesisAnchor(suite, genesis),
    clock: { now: engine.status().time, trustPeriod: 10n ** 18n, drift: 10n ** 10n },
  })
  assert.ok(!isRefusal(anchor))
  assert.equal(anchor.height, engine.status().height)
  assert.deepEqual(
    anchor.validators.map(({ organisation }) => organisation),
    ['hospital'],
  )
})
