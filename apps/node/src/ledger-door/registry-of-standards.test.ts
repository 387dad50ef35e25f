/** What the door says of standards is what the ledger has: versions, adoptions, requests, conflicts, each with its proof. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  checkLedgerProof,
  createHttpTransport,
  createLedgerClient,
  type LedgerClient,
  proposalBody,
  signForLedger,
} from '@meridian/client'
import type { Engine } from '@meridian/engine'
import { isRefusal, type ProposalAction, type StatementBodies, type StatementKind } from '@meridian/protocol'
import { nodeSuite, randomBytes } from '@meridian/protocol/node'
import Fastify, { type FastifyInstance } from 'fastify'
import { createTestLedger, hospital } from './fixtures/test-ledger.ts'
import { createNodeTransport } from './in-process-transport.ts'
import { addLedgerDoor } from './ledger-door.ts'

const home = createTestLedger()
let engine: Engine
let app: FastifyInstance
let client: LedgerClient
let baseUrl: string

before(async () => {
  engine = await home.open()
  app = Fastify()
  await app.register(addLedgerDoor, { engine, suite: nodeSuite, token: 'secret' })
  baseUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  client = createLedgerClient(createHttpTransport({ baseUrl, token: 'secret' }))
})

after(async () => {
  await app.close()
  await engine.close()
  home.remove()
})

async function says<K extends StatementKind>(kind: K, body: StatementBodies[K]): Promise<string> {
  const blockTimeSeconds = await client.blockTimeSeconds()
  const answer = await client.submit(signForLedger(hospital, { kind, body, blockTimeSeconds }).bytes)
  return isRefusal(answer) ? answer.code : 'accepted'
}

const hash = (value: number): Uint8Array => new Uint8Array(32).fill(value)
const id = 'meridian.data-set.chemotherapy'
const name = { id, version: '1.0.0' }

async function decide(asked: ProposalAction): Promise<void> {
  const proposalId = randomBytes(16)
  const deadlineSeconds = (await client.blockTimeSeconds()) + 3_600n
  assert.equal(
    await says('propose', proposalBody(nodeSuite, { asked, proposalId, deadlineSeconds })),
    'accepted',
  )
  assert.equal(await says('vote', { proposalId, choice: 'yes', evidence: hash(7) }), 'accepted')
}

test('a version is registered, voted into force, adopted, and proved', async () => {
  const body: StatementBodies['register-artefact'] = {
    ...name,
    kind: 'data-set',
    layer: 'application',
    steward: 'hospital',
    jurisdiction: ['33'],
    effective: { from: '2026-01-01', to: null },
    dependencies: [],
    implements: 'WS/T 303-2023',
    licence: { name: 'CC-BY-4.0', shared: true },
    contentHash: hash(1),
    vectorsHash: hash(2),
  }
  assert.equal(await says('register-artefact', body), 'accepted')
  assert.equal((await client.artefacts()).items[0]?.state, 'draft')
  await decide({ kind: 'artefact.trial', action: name })
  await decide({ kind: 'artefact.activate', action: { ...name, retireHeight: 0n } })
  const [active] = (await client.artefacts({ id })).items
  assert.equal(active?.state, 'active')
  assert.deepEqual(active?.vectorResult, hash(7))
  assert.equal(active?.implements, 'WS/T 303-2023')
  const at = async (place: string) =>
    (await client.artefacts({ inForceAt: { place, day: '2026-03-01' } })).items.length
  assert.equal(await at('330106'), 1)
  assert.equal(await at('1101'), 0)
  assert.deepEqual((await client.artefacts({ id: 'nothing' })).items, [])
  const proof = await client.prove('registry', active?.standingKey ?? new Uint8Array())
  assert.ok(!isRefusal(proof))
  const proved = checkLedgerProof(nodeSuite, proof)
  assert.ok(!isRefusal(proved) && proved.present)
  const vote = (await client.proposals()).items[0]?.votes[0]
  assert.deepEqual(vote?.evidence, hash(7))
  assert.equal(await says('adopt-artefact', { ...name, use: 'adopt', day: '2026-03-01' }), 'accepted')
  const [adoption] = (await client.adoptions(id)).items
  assert.deepEqual(
    [adoption?.organisation, adoption?.from, adoption?.until],
    ['hospital', '2026-03-01', null],
  )
})

test('a change request with its comment, and a conflict, as they stand', async () => {
  const requestId = randomBytes(16)
  const request = {
    requestId,
    artefactId: id,
    baseVersion: '1.0.0',
    textHash: hash(3),
    role: 'clinical',
  } as const
  assert.equal(await says('request-change', request), 'accepted')
  const comment = { requestId, commentHash: hash(4), stance: 'support', role: 'it' } as const
  assert.equal(await says('comment-change', comment), 'accepted')
  const [asked] = (await client.changeRequests(id)).items
  assert.equal(asked?.status, 'in-discussion')
  assert.deepEqual(asked?.comments[0]?.commentHash, hash(4))
  const answer = { requestId, answer: 'declined', version: null, reason: 'out-of-scope' } as const
  assert.equal(await says('answer-change', answer), 'accepted')
  assert.equal((await client.changeRequests()).items[0]?.reason, 'out-of-scope')
  const missing = { id, version: '3.0.0' }
  const report = {
    conflictId: randomBytes(16),
    first: name,
    second: missing,
    inputHash: hash(1),
    firstAnswerHash: hash(2),
    secondAnswerHash: hash(3),
    evidenceHash: hash(4),
  }
  assert.equal(await says('report-conflict', report), 'registry.unknown-version')
  assert.deepEqual((await client.conflicts()).items, [])
  const inProcess = createLedgerClient(createNodeTransport({ engine, suite: nodeSuite }))
  assert.deepEqual(await inProcess.changeRequests(), await client.changeRequests())
})

test('a stranger is not answered, and a place that is none is no question', async () => {
  const stranger = await fetch(`${baseUrl}/ledger/v1/registry/artefacts`)
  assert.ok(stranger.status === 401 || stranger.status === 403)
  const headers = { authorization: 'Bearer secret' }
  const wrong = await fetch(`${baseUrl}/ledger/v1/registry/artefacts?place=nowhere`, { headers })
  assert.equal(wrong.status, 400)
})
