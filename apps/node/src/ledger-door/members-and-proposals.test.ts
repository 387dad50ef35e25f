/** What the door says of members, decisions and parameters is what the ledger has, over HTTP and in the process. */
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
import { isRefusal, type StatementBodies, type StatementKind } from '@meridian/protocol'
import { nodeSuite, randomBytes } from '@meridian/protocol/node'
import Fastify, { type FastifyInstance } from 'fastify'
import { createTestLedger, hospital, signerOf } from './fixtures/test-ledger.ts'
import { createNodeTransport } from './in-process-transport.ts'
import { addLedgerDoor } from './ledger-door.ts'

const home = createTestLedger()
let engine: Engine
let app: FastifyInstance
let client: LedgerClient

before(async () => {
  engine = await home.open()
  app = Fastify()
  await app.register(addLedgerDoor, { engine, suite: nodeSuite, token: 'secret' })
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 })
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

test('members: who they are, who validates, and a key by which each is proved', async () => {
  const { items, doubleSignings } = await client.members()
  assert.deepEqual(
    items.map(({ organisation, status, memberClass, validator }) => [
      organisation,
      status,
      memberClass,
      validator !== null,
    ]),
    [
      ['clinic', 'active', 'ordinary', false],
      ['hospital', 'active', 'core', true],
    ],
  )
  assert.deepEqual(items[1]?.validator?.publicKey, signerOf(9).publicKey)
  assert.deepEqual(doubleSignings, [])
  assert.equal(
    await says('announce-endpoints', { organisation: 'hospital', endpoints: { door: '', nodes: [] } }),
    'accepted',
  )
  const proof = await client.prove('membership', items[1]?.stateKey ?? new Uint8Array())
  assert.ok(!isRefusal(proof))
  const proved = checkLedgerProof(nodeSuite, proof)
  assert.ok(!isRefusal(proved) && proved.present)
  const inProcess = createLedgerClient(createNodeTransport({ engine, suite: nodeSuite }))
  assert.deepEqual(await inProcess.members(), await client.members())
})

test('proposals: asked, voted, activated; by outcome, with the tally and every vote', async () => {
  const proposalId = randomBytes(16)
  const deadlineSeconds = (await client.blockTimeSeconds()) + 3_600n
  const asked = { kind: 'parameters.change', action: { name: 'maxBlockBytes', value: 1_048_576 } } as const
  assert.equal(
    await says('propose', proposalBody(nodeSuite, { asked, proposalId, deadlineSeconds })),
    'accepted',
  )
  const [open] = (await client.proposals('open')).items
  assert.deepEqual(open?.proposalId, proposalId)
  assert.deepEqual(open?.tally, { yes: 0, no: 0, abstain: 0, electorate: 1, differing: 0 })
  assert.deepEqual(open?.action, [
    { name: 'name', value: 'maxBlockBytes' },
    { name: 'value', value: '1048576' },
  ])
  assert.equal(await says('vote', { proposalId, choice: 'yes' }), 'accepted')
  assert.deepEqual((await client.proposals('open')).items, [])
  const [done] = (await client.proposals()).items
  assert.equal(done?.outcome, 'activated')
  assert.deepEqual(
    done?.votes.map(({ organisation, choice }) => `${organisation} ${choice}`),
    ['hospital yes'],
  )
  const { items, applicationVersion } = await client.parameters()
  assert.equal(applicationVersion, 1)
  assert.equal(items.find(({ name }) => name === 'maxBlockBytes')?.value, 1_048_576)
})

test('an open proposal past its deadline is shown as expired before any block says so', async () => {
  const proposalId = randomBytes(16)
  const deadlineSeconds = (await client.blockTimeSeconds()) + 60n
  const asked = { kind: 'parameters.change', action: { name: 'maxExpirySeconds', value: 3_600 } } as const
  assert.equal(
    await says('propose', proposalBody(nodeSuite, { asked, proposalId, deadlineSeconds })),
    'accepted',
  )
  home.clock.turn(120_000)
  assert.equal(
    await says('announce-endpoints', {
      organisation: 'hospital',
      endpoints: { door: 'https://a.example', nodes: [] },
    }),
    'accepted',
  )
  assert.equal((await client.proposals('expired')).items.length, 1)
  const { status } = await fetchProposals('nothing')
  assert.equal(status, 400)
})

const fetchProposals = (outcome: string) =>
  app
    .inject({ url: `/ledger/v1/proposals?outcome=${outcome}`, headers: { authorization: 'Bearer secret' } })
    .then(({ statusCode }) => ({ status: statusCode }))
