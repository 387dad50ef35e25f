/** A standards set is on the ledger once, before the batches that name it. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { decodeStatement, isRefusal, type Refusal, refuse, type StatementBodies } from '@meridian/protocol'
import { createSigner, nodeSuite } from '@meridian/protocol/node'
import { createStandardsPublisher } from './publish-standards.ts'

function publisherOn(answer: () => Refusal | undefined) {
  const said: StatementBodies['publish-artefact'][] = []
  const signing = {
    suite: nodeSuite,
    signer: createSigner(randomBytes(32)),
    organisationId: 'hospital-a',
    genesisHash: randomBytes(32),
    newUniqueId: () => randomBytes(16),
  }
  const ledger = {
    submit: async (bytes: Uint8Array) => {
      const statement = decodeStatement(nodeSuite, bytes)
      assert.ok(!isRefusal(statement) && statement.kind === 'publish-artefact')
      said.push(statement.body as StatementBodies['publish-artefact'])
      return answer()
    },
    blockTimeSeconds: async () => 1_772_000_000n,
  }
  return { said, publish: createStandardsPublisher({ ledger, signing }) }
}

const [first, upgraded] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]

test('a set is said once, another after an upgrade, each under a name of its own', async () => {
  const { said, publish } = publisherOn(() => undefined)
  for (const hash of [first, first, upgraded, first]) await publish(hash)
  assert.deepEqual(
    said.map(({ contentHash, kind }) => [contentHash, kind]),
    [
      [first, 'standards-set'],
      [upgraded, 'standards-set'],
    ],
  )
  assert.equal(new Set(said.map(({ id }) => id)).size, 2)
})

test('a set that is there already, after a crash or a restart, is as good as said', async () => {
  const { said, publish } = publisherOn(() => refuse('registry', 'registry.version-not-newer'))
  await publish(first)
  await publish(first)
  assert.equal(said.length, 1)
})

test('another refusal is not hidden, and the set is said again', async () => {
  const answers = [refuse('registry', 'registry.not-publisher'), undefined]
  const { said, publish } = publisherOn(() => answers.shift())
  await assert.rejects(publish(first), { code: 'registry.not-publisher' })
  await publish(first)
  assert.equal(said.length, 2)
})
