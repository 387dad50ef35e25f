/** Tests of the bodies of all statement kinds (spec 1 §6). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CborValue } from '../cbor.ts'
import { exampleDraft, exampleGenesisHash, exampleSigner, filled } from '../golden/example-statements.ts'
import { nodeSuite as suite } from '../node-suite.ts'
import { isRefusal } from '../refusal.ts'
import { isBatchSize } from './anchor-batch.ts'
import { verifyApplication } from './apply-membership.ts'
import { keyProofMessage, proveKey, verifyKeyProof } from './key-proof.ts'
import { governs } from './organisation-fields.ts'
import { ARTEFACT_ID, CODE, isDay, ORGANISATION, VERSION } from './patterns.ts'
import { suppressedTotals } from './record-daily-totals.ts'
import { type StatementKind, statementForm, statementKinds } from './statement-kinds.ts'

function bodyOf(kind: StatementKind): Map<number, CborValue> {
  const form = statementForm(kind)
  assert.ok(form !== undefined)
  return new Map(form.encode(exampleDraft(suite, kind).body) as ReadonlyMap<number, CborValue>)
}

function refusalOf(kind: StatementKind, key: number, value: CborValue): string | undefined {
  const body = bodyOf(kind).set(key, value)
  const answer = statementForm(kind)?.decode(body)
  return isRefusal(answer) ? `${answer.code} ${answer.detail.field}` : undefined
}

for (const kind of statementKinds) {
  test(`${kind}: every field is needed, and none of another shape is taken`, () => {
    for (const key of bodyOf(kind).keys()) {
      const without = bodyOf(kind)
      without.delete(key)
      const missing = statementForm(kind)?.decode(without)
      assert.equal(isRefusal(missing) && missing.code, 'statement.field-missing', `${key}`)
      for (const wrong of [
        false,
        new Uint8Array(1),
        '',
        'a sentence of free text',
        -1,
        [[]],
        new Map(),
      ] as CborValue[])
        assert.match(refusalOf(kind, key, wrong) ?? '', /^statement\.field-invalid /, `${key}`)
    }
  })
}

test('daily totals: cells are sorted, unique and never small', () => {
  const cells = (...totals: CborValue[]) => refusalOf('record-daily-totals', 2, totals)
  const wrong = 'statement.field-invalid totals'
  assert.equal(cells(), undefined)
  assert.equal(cells(['kind', 'Patient', 5], ['source', 'his', null]), undefined)
  for (const count of [0, 1, 4, -1, 'many']) assert.equal(cells(['kind', 'Patient', count]), wrong)
  assert.equal(cells(['kind', 'Patient', 9], ['kind', 'Patient', 9]), wrong)
  assert.equal(cells(['source', 'his', 9], ['kind', 'Patient', 9]), wrong)
  assert.equal(cells(['village', 'x', 9]), wrong)
  assert.equal(cells(['kind', '王小明', 9]), wrong)
  assert.equal(cells(...Array.from({ length: 501 }, (_, i) => ['kind', `k${1000 + i}`, 9])), wrong)
})

test('small cells are hidden, and so is what would give them away by subtraction', () => {
  const totals = suppressedTotals([
    { dimension: 'kind', code: 'Patient', count: 2 },
    { dimension: 'kind', code: 'Observation', count: 90 },
    { dimension: 'kind', code: 'Encounter', count: 8 },
    { dimension: 'all', code: 'records', count: 100 },
    { dimension: 'source', code: 'his', count: 98 },
    { dimension: 'source', code: 'lis', count: 1 },
    { dimension: 'source', code: 'pacs', count: 1 },
    { dimension: 'source', code: 'old', count: 0 },
  ])
  assert.deepEqual(
    totals.map(({ dimension, code, count }) => `${dimension} ${code} ${count}`),
    [
      'all records 100',
      'kind Encounter null',
      'kind Observation 90',
      'kind Patient null',
      'source his null',
      'source lis null',
      'source pacs null',
    ],
  )
})

test('a key proves itself, for one organisation, purpose and chain', () => {
  const signer = exampleSigner(7)
  const claim = { genesisHash: exampleGenesisHash, organisation: 'clinic', purpose: 'statement' as const }
  const whole = { ...claim, publicKey: signer.publicKey }
  const proof = proveKey(claim, signer)
  assert.ok(verifyKeyProof(suite, whole, proof))
  assert.ok(!verifyKeyProof(suite, { ...whole, organisation: 'other' }, proof))
  assert.ok(!verifyKeyProof(suite, { ...whole, purpose: 'receipt' }, proof))
  assert.ok(!verifyKeyProof(suite, { ...whole, genesisHash: filled(0) }, proof))
  assert.ok(!verifyKeyProof(suite, { ...whole, publicKey: exampleSigner(8).publicKey }, proof))
  // The text of a proof is an array of five, a statement's Sig_structure one of four: neither passes for the other.
  assert.equal(keyProofMessage(whole)[0], 0x85)
})

test('an application binds every key to every word of it', () => {
  const body = exampleDraft(suite, 'apply-membership').body
  assert.ok(verifyApplication(suite, exampleGenesisHash, body))
  const endpoints = { door: '', nodes: [] }
  const altered = [
    { organisation: 'other' },
    { names: { ...body.names, en: 'Other' } },
    { kind: 'clinic' as const },
    { memberClass: 'ordinary' as const },
    { place: '3301' },
    { endpoints },
    { keys: body.keys.toReversed() },
    { keys: body.keys.slice(0, 1) },
    { keys: body.keys.map((key) => ({ ...key, purpose: 'statement' as const })) },
  ]
  for (const part of altered)
    assert.ok(!verifyApplication(suite, exampleGenesisHash, { ...body, ...part }), JSON.stringify(part))
  assert.ok(!verifyApplication(suite, filled(0), body))
})

test('the keys of an application: one for statements, at most one validator, none twice', () => {
  const [first, second] = exampleDraft(suite, 'apply-membership').body.keys.map((key) => [
    key.purpose as string,
    key.publicKey,
    key.proof,
  ])
  assert.ok(first !== undefined && second !== undefined)
  const keys = (...value: CborValue[]) => refusalOf('apply-membership', 6, value)
  const wrong = 'statement.field-invalid keys'
  assert.equal(keys(first, second), undefined)
  assert.equal(keys(), wrong)
  assert.equal(keys(second), wrong)
  assert.equal(keys(first, first), wrong)
  assert.equal(keys(first, second, ['validator', filled(9), filled(9, 64)]), wrong)
  assert.equal(keys(...Array.from({ length: 9 }, (_, i) => ['statement', filled(i), filled(9, 64)])), wrong)
})

test('endpoints: a door over TLS or on the loopback, nodes by host and port, none twice', () => {
  const said = (door: string, ...nodes: CborValue[]) => refusalOf('announce-endpoints', 2, [door, nodes])
  const node = (address: string, id = 1): CborValue => [filled(id, 20), address]
  const wrong = 'statement.field-invalid endpoints'
  for (const door of [
    '',
    'https://a.example',
    'https://a.example:8443/x/y',
    'http://127.0.0.1:1',
    'http://localhost',
  ])
    assert.equal(said(door), undefined, door)
  for (const door of [
    'http://a.example',
    'https://A.example',
    'https://a b',
    'https://u:p@a.example',
    'https://a?q',
    'ftp://a',
  ])
    assert.equal(said(door), wrong, door)
  assert.equal(said('', node('a.example:26656'), node('[::1]:26656', 2), node('10.0.0.7:1', 3)), undefined)
  for (const address of ['a.example', 'a.example:0', 'a:123456', '电:1', 'a b:1', ':1', 'tcp://a:1'])
    assert.equal(said('', node(address)), wrong, address)
  assert.equal(said('', node('a:1'), node('b:1')), wrong)
  assert.equal(said('', ...Array.from({ length: 9 }, (_, i) => node('a:1', i))), wrong)
})

test('the jurisdiction tree: an authority governs what begins with its place', () => {
  for (const [authority, place] of [
    ['CN', 'CN'],
    ['CN', '330106'],
    ['33', '3301'],
    ['33', '33'],
    ['3301', '330106'],
  ] as const)
    assert.ok(governs(authority, place), `${authority} ${place}`)
  for (const [authority, place] of [
    ['33', 'CN'],
    ['3301', '33'],
    ['330106', '330108'],
    ['11', '3301'],
  ] as const)
    assert.ok(!governs(authority, place), `${authority} ${place}`)
})

test('days are days of the calendar', () => {
  for (const day of ['2024-02-29', '2000-02-29', '2025-12-31', '0001-01-01']) assert.ok(isDay(day), day)
  for (const day of [
    '2025-02-29',
    '1900-02-29',
    '2025-13-01',
    '2025-00-10',
    '2025-04-31',
    '2025-4-1',
    '0000-01-01',
    '2025-01-01 ',
  ])
    assert.ok(!isDay(day), day)
})

test('batch sizes are powers of two from 16 to 2^20', () => {
  assert.deepEqual([...Array(70).keys()].filter(isBatchSize), [16, 32, 64])
  assert.ok(isBatchSize(2 ** 20))
  for (const size of [2 ** 21, 2 ** 32, 2 ** 40, 16.5, -16, '16', 16n]) assert.ok(!isBatchSize(size))
})

test('the patterns leave no room for free text, and match in linear time', () => {
  const long = `${'a/'.repeat(40_000)}!`
  for (const pattern of [ORGANISATION, CODE, ARTEFACT_ID, VERSION]) {
    for (const text of ['', 'a b', '王', 'x\n', 'a'.repeat(129), long, '-', ' a'])
      assert.ok(!pattern.test(text), `${pattern}`)
  }
  for (const version of ['1.0.0', '0.0.1', '1.2.3-rc.1']) assert.ok(VERSION.test(version))
  for (const version of ['1.0', '01.0.0', '1.0.0+build', 'v1.0.0']) assert.ok(!VERSION.test(version))
})
