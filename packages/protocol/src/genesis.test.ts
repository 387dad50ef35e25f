/** Tests of the genesis document (spec 1 §7). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  chainIdOf,
  decodeGenesis,
  encodeGenesis,
  type GenesisDocument,
  type GenesisOrganisation,
  genesisHash,
} from './genesis.ts'
import { exampleSigner, filled } from './golden/example-statements.ts'
import { nodeSuite } from './node-suite.ts'
import { isRefusal } from './refusal.ts'

const genesis: GenesisDocument = {
  chainName: 'demo',
  genesisTime: '2025-01-01T00:00:00Z',
  parameters: { maxExpirySeconds: 86_400 },
  organisations: [
    {
      id: 'clinic',
      names: { zh: '乡镇卫生院', en: 'Township clinic' },
      kind: 'clinic',
      keys: [{ purpose: 'statement', publicKey: exampleSigner(1).publicKey }],
    },
  ],
  validators: [{ organisation: 'clinic', publicKey: exampleSigner(4).publicKey, power: 10n }],
}

const handover = {
  chainId: 'demo-0011223344556677',
  genesisHash: filled(1),
  height: 7n,
  headerHash: filled(2),
}

test('a genesis document comes back, with and without a handover', () => {
  for (const document of [genesis, { ...genesis, handover }])
    assert.deepEqual(decodeGenesis(encodeGenesis(document)), document)
})

const founder = genesis.organisations[0] as GenesisOrganisation

test('a founding organisation may say its class, its place and where its nodes are', () => {
  const endpoints = {
    door: 'https://a.example/ledger',
    nodes: [{ nodeId: filled(3).subarray(12), address: 'a:26656' }],
  }
  const said = { ...founder, memberClass: 'core' as const, place: '330106', endpoints }
  const document = { ...genesis, organisations: [said] }
  assert.deepEqual(decodeGenesis(encodeGenesis(document)), document)
  const wrong = [
    { place: '33010' },
    { memberClass: 'boss' },
    { endpoints: { door: 'ftp://a', nodes: [] } },
    { endpoints: { door: '', nodes: [{ nodeId: filled(1), address: 'a:1' }] } },
  ]
  for (const part of wrong) {
    const text = encodeGenesis({ ...genesis, organisations: [{ ...said, ...(part as object) }] })
    const answer = decodeGenesis(text)
    assert.equal(isRefusal(answer) && answer.detail.place, 'organisations', JSON.stringify(part))
  }
})

test('the chain id is the name and 16 hex digits of the hash', () => {
  const hash = genesisHash(nodeSuite, genesis)
  assert.match(chainIdOf('demo', hash), /^demo-[0-9a-f]{16}$/)
  assert.notDeepEqual(genesisHash(nodeSuite, { ...genesis, handover }), hash)
})

test('a document that is not its own canonical text is refused', () => {
  const answer = decodeGenesis(` ${encodeGenesis(genesis)}`)
  assert.equal(isRefusal(answer) && answer.code, 'genesis.not-canonical')
  const extended = encodeGenesis(genesis).replace('"chainName"', '"a":1,"chainName"')
  const unknown = decodeGenesis(extended)
  assert.equal(isRefusal(unknown) && unknown.code, 'genesis.not-canonical')
})

test('each wrong part is refused by its name', () => {
  const wrong: readonly [string, object][] = [
    ['format', { format: 'other' }],
    ['chainName', { chainName: 'Demo!' }],
    ['chainName', { chainName: 'a'.repeat(33) }],
    ['genesisTime', { genesisTime: '2025-01-01T00:00:00+08:00' }],
    ['parameters', { parameters: { a: 1.5 } }],
    ['parameters', { parameters: [] }],
    ['organisations', { organisations: [] }],
    ['organisations', { organisations: [{ id: 'x' }] }],
    ['validators', { validators: [{ organisation: 'clinic', publicKey: '00', power: '1' }] }],
    ['validators', { validators: [{ organisation: 'clinic', publicKey: '00'.repeat(32), power: 1 }] }],
    ['validators', { validators: [{ organisation: 'clinic', publicKey: '00'.repeat(32), power: '0' }] }],
    ['validators', { validators: [{ publicKey: '00'.repeat(32), power: '1' }] }],
    ['handover', { handover: {} }],
  ]
  for (const [place, part] of wrong) {
    const answer = decodeGenesis(JSON.stringify({ ...JSON.parse(encodeGenesis(genesis)), ...part }))
    assert.ok(isRefusal(answer), place)
    assert.deepEqual([answer.code, answer.detail], ['genesis.malformed', { place }])
  }
})

test('one organisation, one vote: a validator is of a founding organisation, which has no other, and its key is its own', () => {
  const [clinic] = genesis.organisations as [GenesisOrganisation]
  const hospital = { ...clinic, id: 'hospital' }
  const validators = (...pairs: readonly [string, number][]) =>
    decodeGenesis(
      encodeGenesis({
        ...genesis,
        organisations: [clinic, hospital],
        validators: pairs.map(([organisation, seed]) => ({
          organisation,
          publicKey: exampleSigner(seed).publicKey,
          power: 1n,
        })),
      }),
    )
  assert.ok(!isRefusal(validators(['clinic', 4], ['hospital', 5])))
  for (const wrong of [
    validators(['clinic', 4], ['clinic', 5]),
    validators(['clinic', 4], ['hospital', 4]),
    validators(['clinic', 4], ['stranger', 5]),
  ])
    assert.deepEqual(isRefusal(wrong) && wrong.detail, { place: 'validators' })
})
