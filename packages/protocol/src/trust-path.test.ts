/** Spec 5 §5.5: which validators a trust file leads to, over checkpoints, changed sets and handovers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex, utf8 } from './bytes.ts'
import { headerHash } from './comet/header.ts'
import { decideBlock, exampleBytes, exampleEvidence } from './example-evidence.ts'
import { createSigner, nodeSuite as suite } from './node-suite.ts'
import { encodeReceipt, type Receipt } from './receipt.ts'
import { encodeTrust, type Trust } from './trust.ts'
import { verifyReceipt } from './verify-receipt.ts'

const host = { suite, createSigner }
const single = exampleEvidence(host, { organisations: ['first-hospital'] })
const four = exampleEvidence(host, {
  organisations: ['first-hospital', 'second-hospital', 'third-clinic', 'health-authority'],
  silent: [2],
})

interface Parts {
  readonly receipt: Receipt
  readonly trust: Trust
}

/** `verified`, or where it fell and why: `rung code`. */
function fallOf({ receipt, trust }: Parts): string {
  const files = { receipt: utf8(encodeReceipt(receipt)), trust: utf8(encodeTrust(suite, trust)) }
  const { verified, rungs } = verifyReceipt(suite, files)
  const last = rungs.at(-1)
  return verified ? 'verified' : `${last?.name} ${last?.refusal?.code}`
}

test('validators whom the trust file does not know are refused, however many they are', () => {
  const strangers = exampleEvidence(host, { organisations: ['stranger-1', 'stranger-2', 'stranger-3'] })
  assert.equal(fallOf({ ...strangers, trust: four.trust }), 'trust receipt.not-anchored')
})

/** The chain of `four` after its third clinic left and a new member came: the validators of the receipt have changed. */
function afterChange(height: bigint) {
  const later = exampleEvidence(host, {
    organisations: ['first-hospital', 'second-hospital', 'health-authority', 'new-member'],
    height,
  })
  return later
}

test('a changed validator set is reached when more than a third of the trusted one signed', () => {
  const later = afterChange(30n)
  assert.equal(fallOf({ ...later, trust: four.trust }), 'verified')
})

test('a set that shares nothing with the trusted one is reached over light blocks between, and only whole ones', () => {
  const early = exampleEvidence(host, { organisations: ['a', 'b', 'c'] })
  const middle = exampleEvidence(host, { organisations: ['a', 'b', 'd', 'e'], height: 20n })
  const late = exampleEvidence(host, { organisations: ['d', 'e', 'f'], height: 40n })
  const over = (via: Receipt['via']): Parts => ({ receipt: { ...late.receipt, via }, trust: early.trust })
  assert.equal(fallOf(over([])), 'trust receipt.not-anchored')
  const between = middle.receipt.block
  assert.equal(fallOf(over([between])), 'verified')
  // `d` and `e` alone carry half of the votes of the block between: it must be decided by more than two thirds.
  const halves = {
    ...between,
    commit: { ...between.commit, signatures: between.commit.signatures.with(0, null).with(1, null) },
  }
  assert.equal(fallOf(over([halves])), 'trust receipt.too-little-power')
  const altered = { ...between, header: { ...between.header, height: 21n } }
  assert.equal(fallOf(over([altered])), 'trust receipt.wrong-header')
})

test('a block of another chain is no step of the way, whoever signed it', () => {
  const { receipt, trust, validatorSigners } = single
  const { block } = receipt
  const foreign = decideBlock(
    suite,
    { ...block.header, chainId: 'example-0123456789abcdef' },
    block.validators,
    validatorSigners,
  )
  assert.equal(fallOf({ receipt: { ...receipt, via: [block] }, trust }), 'verified')
  assert.equal(fallOf({ receipt: { ...receipt, via: [foreign] }, trust }), 'trust receipt.wrong-chain')
})

test('a set that signs an earlier block is not reached by overlap', () => {
  const later = exampleEvidence(host, { organisations: ['first-hospital', 'new-member'], height: 8n })
  const [anchor] = single.trust.anchors
  assert.ok(anchor !== undefined)
  const at = (height: bigint) => ({
    anchors: [{ ...anchor, height, headerHash: exampleBytes(suite, 'checkpoint') }],
  })
  assert.equal(fallOf({ receipt: later.receipt, trust: at(7n) }), 'verified')
  assert.equal(fallOf({ receipt: later.receipt, trust: at(9n) }), 'trust receipt.not-anchored')
})

test('exactly a third of the trusted power does not vouch', () => {
  const early = exampleEvidence(host, { organisations: ['a', 'b', 'c'] })
  const late = exampleEvidence(host, { organisations: ['a', 'x'], height: 40n })
  assert.equal(fallOf({ receipt: late.receipt, trust: early.trust }), 'trust receipt.not-anchored')
})

test('a checkpoint is held against the block of its height', () => {
  const { receipt, trust } = four
  const { header } = receipt.block
  const [genesis] = trust.anchors
  assert.ok(genesis !== undefined)
  const at = (headerHashOf: Uint8Array): Parts => ({
    receipt,
    trust: { anchors: [{ ...genesis, height: header.height, headerHash: headerHashOf, time: header.time }] },
  })
  assert.equal(fallOf(at(headerHash(suite, header))), 'verified')
  assert.equal(fallOf(at(exampleBytes(suite, 'fork'))), 'trust receipt.contradicts-checkpoint')
})

test('after a handover a trust file knows both chains, and old receipts still verify', () => {
  const [old] = single.trust.anchors
  const fresh = exampleEvidence(host, { organisations: ['second-hospital'] })
  assert.ok(old !== undefined)
  const genesisHash = exampleBytes(suite, 'new genesis')
  const chainId = `example-${toHex(genesisHash.slice(0, 8))}`
  const next = { ...(fresh.trust.anchors[0] as typeof old), genesisHash, chainId }
  assert.equal(fallOf({ ...single, trust: { anchors: [next, old] } }), 'verified')
  assert.equal(fallOf({ ...single, trust: { anchors: [next] } }), 'trust receipt.wrong-chain')
})

test('whoever pinned a later block needs only the way after it, but every block of the way must be whole', () => {
  const early = exampleEvidence(host, { organisations: ['a', 'b', 'c'] })
  const middle = exampleEvidence(host, { organisations: ['a', 'b', 'd', 'e'], height: 20n })
  const late = exampleEvidence(host, { organisations: ['d', 'e', 'f'], height: 40n })
  const between = middle.receipt.block
  const [anchor] = middle.trust.anchors
  assert.ok(anchor !== undefined)
  const pinned = { anchors: [{ ...anchor, height: 20n, headerHash: headerHash(suite, between.header) }] }
  const over = (via: Receipt['via']): Parts => ({ receipt: { ...late.receipt, via }, trust: pinned })
  assert.equal(fallOf(over([early.receipt.block, between])), 'verified')
  const damaged = { ...early.receipt.block, header: { ...early.receipt.block.header, height: 9n } }
  assert.equal(fallOf(over([damaged, between])), 'trust receipt.wrong-header')
})

test('a set that is wholly new is reached from the height before, which names it', () => {
  const before = exampleEvidence(host, { organisations: ['a', 'b', 'c'], height: 19n })
  const after = exampleEvidence(host, { organisations: ['x', 'y', 'z'], height: 20n })
  const naming = decideBlock(
    suite,
    { ...before.receipt.block.header, nextValidatorsHash: after.receipt.block.header.validatorsHash },
    before.receipt.block.validators,
    sortedSigners(before),
  )
  const over = (via: Receipt['via']): Parts => ({ receipt: { ...after.receipt, via }, trust: before.trust })
  assert.equal(fallOf(over([naming])), 'verified')
  assert.equal(fallOf(over([before.receipt.block])), 'trust receipt.not-anchored')
})

/** The signers in the order of the validators. */
function sortedSigners({ receipt, validatorSigners }: typeof single) {
  return receipt.block.validators.map(({ publicKey }) =>
    validatorSigners.find((signer) => toHex(signer.publicKey) === toHex(publicKey)),
  )
}
