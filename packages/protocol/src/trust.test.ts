/** Spec 5 §5: the trust file, its fingerprint and the words it is read out in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex, utf8 } from './bytes.ts'
import { sortValidators } from './comet/validator-set.ts'
import { exampleEvidence } from './example-evidence.ts'
import { createSigner, nodeSuite as suite } from './node-suite.ts'
import { isRefusal } from './refusal.ts'
import {
  agreedTrust,
  decodeTrust,
  encodeTrust,
  fingerprintWords,
  type Trust,
  trustFingerprint,
} from './trust.ts'
import { checkpointAnchor, genesisAnchor } from './trust-anchor.ts'
import { trustWords } from './trust-words.ts'

const { trust, receipt } = exampleEvidence(
  { suite, createSigner },
  { organisations: ['first-hospital', 'second-hospital'] },
)
const [anchor] = trust.anchors
assert.ok(anchor !== undefined)

const codeOf = (text: string): string => {
  const read = decodeTrust(suite, utf8(text))
  return isRefusal(read) ? read.code : 'read'
}
const withAnchor = (change: object): string =>
  codeOf(encodeTrust(suite, { anchors: [{ ...anchor, ...change }] }))

test('there is one word for every byte, and no two of them begin alike', () => {
  assert.equal(trustWords.length, 256)
  assert.equal(new Set(trustWords.map((word) => word.slice(0, 4))).size, 256)
  assert.ok(trustWords.every((word) => /^[a-z]{3,8}$/.test(word)))
})

test('a fingerprint is read out as twelve words', () => {
  const words = fingerprintWords(Uint8Array.from({ length: 32 }, (_, i) => i))
  assert.deepEqual(words, trustWords.slice(0, 12))
  assert.equal(words.join(' '), 'acid amber angle apple april arrow atlas aunt autumn baby badge bagel')
})

test('a trust file is read as it was written', () => {
  assert.deepEqual(decodeTrust(suite, utf8(encodeTrust(suite, trust))), trust)
})

test('another validator, organisation, time or height gives another fingerprint', () => {
  const print = (changed: Trust) => toHex(trustFingerprint(suite, changed))
  const [first, ...rest] = anchor.validators
  assert.ok(first !== undefined)
  const changes = [
    { time: anchor.time + 1n },
    { height: 1n },
    { headerHash: anchor.genesisHash },
    { validators: [{ ...first, organisation: 'other' }, ...rest] },
    { validators: [{ ...first, power: 2n }, ...rest] },
    { validators: rest },
  ]
  const prints = changes.map((change) => print({ anchors: [{ ...anchor, ...change }] }))
  assert.equal(new Set([print(trust), ...prints]).size, changes.length + 1)
})

test('a file that was changed with care but without its fingerprint is refused', () => {
  const text = encodeTrust(suite, trust)
  assert.equal(codeOf(text.replace('first-hospital', 'other-hospital')), 'trust.wrong-fingerprint')
  assert.equal(codeOf(text.replace('"power":"1"', '"power":"2"')), 'trust.wrong-fingerprint')
})

test('a file whose parts contradict one another is refused', () => {
  assert.equal(withAnchor({}), 'read')
  assert.equal(withAnchor({ chainId: 'example-0000000000000000' }), 'trust.malformed')
  assert.equal(withAnchor({ height: 5n }), 'trust.malformed')
  assert.equal(withAnchor({ headerHash: anchor.genesisHash }), 'trust.malformed')
  assert.equal(withAnchor({ height: 5n, headerHash: anchor.genesisHash }), 'read')
  assert.equal(withAnchor({ validators: [...anchor.validators].reverse() }), 'trust.malformed')
  assert.equal(withAnchor({ validators: [anchor.validators[0], anchor.validators[0]] }), 'trust.malformed')
  assert.equal(withAnchor({ validators: [{ ...anchor.validators[0], power: 0n }] }), 'trust.malformed')
  assert.equal(codeOf('{}'), 'trust.malformed')
  assert.equal(codeOf('nothing'), 'text.syntax')
  assert.equal(codeOf(`${encodeTrust(suite, trust)}\n`), 'trust.not-canonical')
})

test('what several members serve is taken only when it is the same', () => {
  const bytes = utf8(encodeTrust(suite, trust))
  assert.deepEqual(agreedTrust(suite, [bytes, bytes.slice(), bytes]), trust)
  const later = encodeTrust(suite, { anchors: [{ ...anchor, time: anchor.time + 1n }] })
  for (const served of [[], [bytes, utf8(later)]]) {
    const refusal = agreedTrust(suite, served)
    assert.ok(isRefusal(refusal) && refusal.code === 'trust.disagree')
  }
})

test('an anchor is made of a genesis document, or of a block', () => {
  const publicKey = anchor.validators[0]?.publicKey as Uint8Array
  const genesis = {
    chainName: 'example',
    genesisTime: '2026-05-28T20:26:40Z',
    parameters: {},
    organisations: [],
    validators: [...anchor.validators].reverse(),
  }
  const organisationOf = (key: Uint8Array) => (toHex(key) === toHex(publicKey) ? 'first-hospital' : 'other')
  const first = genesisAnchor(suite, genesis)
  assert.deepEqual(decodeTrust(suite, utf8(encodeTrust(suite, { anchors: [first] }))), { anchors: [first] })
  assert.deepEqual(first.validators, anchor.validators)
  const { block } = receipt
  const later = checkpointAnchor(suite, { genesisHash: anchor.genesisHash, block }, organisationOf)
  assert.equal(later.height, block.header.height)
  assert.deepEqual(decodeTrust(suite, utf8(encodeTrust(suite, { anchors: [later] }))), { anchors: [later] })
})

test('the validators of an anchor stand in the order in which they are hashed', () => {
  assert.deepEqual(anchor.validators, sortValidators(suite, anchor.validators))
})
