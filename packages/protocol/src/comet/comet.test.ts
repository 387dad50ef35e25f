/** CometBFT's formats against vectors: blocks made with its own Go library, and the larger set of the shared data. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fromHex, toHex } from '../bytes.ts'
import { nodeSuite } from '../node-suite.ts'
import { isRefusal } from '../refusal.ts'
import { blockIdOf, encodeBlock } from './block.ts'
import { consensusHash, dataHash, emptyListHash, resultsHash } from './block-hashes.ts'
import type { BlockId } from './block-id.ts'
import { ZERO_BLOCK_ID } from './block-id.ts'
import { ABSENT_SIGNATURE, COMMIT_FLAG, type Commit, commitHash, encodeCommit } from './commit.ts'
import { encodeHeader, type Header, headerHash } from './header.ts'
import { textToTime, timeToText } from './time.ts'
import { sortValidators, validatorAddress, validatorsHash } from './validator-set.ts'
import { verifyCommit } from './verify-commit.ts'
import { voteSignBytes } from './vote-sign-bytes.ts'

// biome-ignore lint/suspicious/noExplicitAny: vectors are plain JSON
const read = (path: URL): any => JSON.parse(readFileSync(path, 'utf8'))
const own = read(new URL('../../vectors/comet-blocks.json', import.meta.url))
const sharedPath = new URL('../../../../../shared/data/12-cometbft/vectors.json', import.meta.url)
const shared = existsSync(sharedPath) ? read(sharedPath) : undefined
const skip = shared === undefined ? 'shared data 12-cometbft is absent' : false

const bytes = (hex: string): Uint8Array => fromHex(hex.toLowerCase()) as Uint8Array
const time = (text: string): bigint => textToTime(text) as bigint
const validatorOf = (v: { publicKey?: string; pubKey?: string; power: string | number }) => ({
  publicKey: bytes(v.publicKey ?? v.pubKey ?? ''),
  power: BigInt(v.power),
})
// biome-ignore lint/suspicious/noExplicitAny: vectors are plain JSON
const commitSignatureOf = (s: any) => ({
  flag: s.flag,
  address: bytes(s.address ?? ''),
  time: time(s.time),
  signature: bytes(s.signature ?? ''),
})

/** A transaction of the vectors; long ones are given as a pattern so that the file stays small. */
function transactionOf(text: string): Uint8Array {
  const [, length] = /^pattern:(\d+)$/.exec(text) ?? []
  if (length === undefined) return bytes(text)
  return Uint8Array.from({ length: Number(length) }, (_, k) => (k * 7 + Number(length)) % 251)
}

test('validators are ordered by falling power, then address, and hashed as CometBFT does', () => {
  const given = own.validators.given.map(validatorOf)
  const sorted = sortValidators(nodeSuite, given)
  assert.deepEqual(sorted, own.validators.sorted.map(validatorOf))
  assert.equal(toHex(validatorsHash(nodeSuite, sorted)), own.validators.hash)
  for (const [i, v] of sorted.entries())
    assert.equal(toHex(validatorAddress(nodeSuite, v.publicKey)), own.validators.sorted[i].address)
})

test('blocks have the bytes, the parts, the header hash and the commit hash that CometBFT gives them', () => {
  const validators = own.validators.sorted.map(validatorOf)
  let lastBlockId: BlockId = ZERO_BLOCK_ID
  let lastCommit: Commit = { height: 0n, round: 0, blockId: ZERO_BLOCK_ID, signatures: [] }
  for (const b of own.blocks) {
    const transactions = b.txs.map(transactionOf)
    const header: Header = {
      version: { block: 11n, app: BigInt(b.app) },
      chainId: own.chainId,
      height: BigInt(b.height),
      time: time(b.time),
      lastBlockId,
      lastCommitHash: commitHash(nodeSuite, lastCommit),
      dataHash: dataHash(nodeSuite, transactions),
      validatorsHash: validatorsHash(nodeSuite, validators),
      nextValidatorsHash: validatorsHash(nodeSuite, validators),
      consensusHash: bytes(b.consensusHash),
      appHash: bytes(b.appHash),
      lastResultsHash: bytes(b.lastResultsHash),
      evidenceHash: emptyListHash(nodeSuite),
      proposerAddress: bytes(b.proposerAddress),
    }
    assert.equal(toHex(header.lastCommitHash), b.lastCommitHash)
    assert.equal(toHex(header.dataHash), b.dataHash)
    assert.equal(toHex(header.evidenceHash), b.evidenceHash)
    assert.equal(toHex(encodeHeader(header)), b.headerProto)
    assert.equal(toHex(headerHash(nodeSuite, header)), b.hash)
    const block = { header, transactions, lastCommit }
    assert.equal(encodeBlock(block).length, b.blockBytes)
    const blockId = blockIdOf(nodeSuite, block)
    assert.equal(blockId.parts.total, b.partsTotal)
    assert.equal(toHex(blockId.parts.hash), b.partsHash)
    const signatures = b.commit.signatures.map(commitSignatureOf)
    const commit: Commit = { height: header.height, round: b.commit.round, blockId, signatures }
    assert.equal(toHex(commitHash(nodeSuite, commit)), b.commit.hash)
    assert.equal(toHex(encodeCommit(commit)), b.commit.proto)
    const counted = verifyCommit(
      nodeSuite,
      { chainId: own.chainId, height: header.height, blockId, validators },
      commit,
    )
    assert.ok(!isRefusal(counted))
    assert.deepEqual(
      counted.signers,
      [0, 1, 2, 3].filter((i) => signatures[i].flag === COMMIT_FLAG.commit),
    )
    lastBlockId = blockId
    lastCommit = commit
  }
})

test('consensus parameters and results are hashed as CometBFT does', () => {
  for (const p of own.consensusParams)
    assert.equal(toHex(consensusHash(nodeSuite, BigInt(p.maxBytes), BigInt(p.maxGas))), p.hash)
  for (const set of own.results) {
    const results = set.results.map(
      (r: { code: number; data: string; gasWanted: string; gasUsed: string }) => ({
        code: r.code,
        data: bytes(r.data),
        gasWanted: BigInt(r.gasWanted),
        gasUsed: BigInt(r.gasUsed),
      }),
    )
    assert.equal(toHex(resultsHash(nodeSuite, results)), set.hash)
  }
})

test('a commit that is short of two thirds, malformed or padded is refused with a code', () => {
  const validators = own.validators.sorted.map(validatorOf)
  const b = own.blocks[0]
  const blockId = { hash: bytes(b.hash), parts: { total: b.partsTotal, hash: bytes(b.partsHash) } }
  const good: Commit = {
    height: 1n,
    round: 0,
    blockId,
    signatures: b.commit.signatures.map(commitSignatureOf),
  }
  const expected = { chainId: own.chainId, height: 1n, blockId, validators }
  const codeOf = (commit: Commit, change: object = {}) => {
    const counted = verifyCommit(nodeSuite, { ...expected, ...change }, commit)
    return isRefusal(counted) ? counted.code : 'accepted'
  }
  const replaced = (i: number, entry: object): Commit => ({
    ...good,
    signatures: good.signatures.map((s, j) => (i === j ? { ...s, ...entry } : s)),
  })
  assert.equal(codeOf(good), 'accepted')
  // Powers are 30, 10, 10, 7 of 57: without the first, 27; the last may be missing.
  assert.equal(codeOf(replaced(0, ABSENT_SIGNATURE)), 'receipt.too-little-power')
  assert.equal(codeOf(replaced(3, ABSENT_SIGNATURE)), 'accepted')
  assert.equal(codeOf(replaced(3, { flag: COMMIT_FLAG.absent })), 'comet.malformed')
  assert.equal(codeOf(replaced(3, { flag: 4 })), 'comet.malformed')
  assert.equal(codeOf(replaced(3, { signature: new Uint8Array(64) })), 'receipt.bad-signature')
  assert.equal(codeOf(replaced(3, { flag: COMMIT_FLAG.nil })), 'receipt.bad-signature')
  assert.equal(codeOf(replaced(3, { address: new Uint8Array(20) })), 'receipt.wrong-validators')
  assert.equal(codeOf({ ...good, signatures: good.signatures.slice(1) }), 'receipt.wrong-validators')
  const padded = { ...good, signatures: [...good.signatures, ABSENT_SIGNATURE] }
  assert.equal(codeOf(padded), 'receipt.wrong-validators')
  assert.equal(codeOf({ ...good, round: -1 }), 'comet.malformed')
  assert.equal(codeOf({ ...good, blockId: ZERO_BLOCK_ID }, { blockId: ZERO_BLOCK_ID }), 'comet.malformed')
  assert.equal(codeOf(good, { height: 2n }), 'receipt.wrong-header')
  assert.equal(codeOf(good, { chainId: 'another' }), 'receipt.bad-signature')
  assert.equal(codeOf({ ...good, signatures: [] }, { validators: [] }), 'comet.malformed')
})

test('exactly two thirds of the power is not enough', () => {
  const validators = own.validators.sorted
    .slice(0, 3)
    .map((v: { publicKey: string }) => ({ ...validatorOf({ ...v, power: 1 }) }))
  const counted = verifyCommit(
    { ...nodeSuite, verifyCommitSignature: () => true },
    {
      chainId: 'c',
      height: 1n,
      blockId: { hash: new Uint8Array(32), parts: { total: 1, hash: new Uint8Array(32) } },
      validators,
    },
    {
      height: 1n,
      round: 0,
      blockId: { hash: new Uint8Array(32), parts: { total: 1, hash: new Uint8Array(32) } },
      signatures: validators.map((v: { publicKey: Uint8Array }, i: number) =>
        i === 2
          ? ABSENT_SIGNATURE
          : {
              flag: COMMIT_FLAG.commit,
              address: validatorAddress(nodeSuite, v.publicKey),
              time: 0n,
              signature: new Uint8Array(64),
            },
      ),
    },
  )
  assert.ok(isRefusal(counted) && counted.code === 'receipt.too-little-power')
  assert.deepEqual(counted.detail, { signed: '2', total: '3' })
})

test('times keep their nanoseconds and have one text', () => {
  for (const text of [
    '1970-01-01T00:00:00Z',
    '2026-11-23T18:35:16.30864911Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999999999Z',
    '2024-02-29T00:00:00.000000001Z',
  ])
    assert.equal(timeToText(time(text)), text)
  for (const text of [
    '2026-11-23T18:35:16.30Z',
    '2026-11-23T18:35:16',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-23T24:00:00Z',
    '2026-11-23T18:35:16+00:00',
    '2026-11-23 18:35:16Z',
    '2026-11-23T18:35:16.1234567891Z',
  ])
    assert.equal(textToTime(text), undefined, text)
})

test('all 40 vote sign bytes of the shared vectors agree', { skip }, () => {
  assert.equal(shared.voteSignBytes.length, 40)
  for (const v of shared.voteSignBytes) {
    const parts = { total: v.partsTotal, hash: bytes(v.partsHash) }
    const made = voteSignBytes(shared.chainId, {
      height: BigInt(v.height),
      round: v.round,
      blockId: v.nil ? undefined : { hash: bytes(v.blockHash), parts },
      time: time(v.time),
    })
    assert.deepEqual(made, bytes(v.signBytes))
  }
})

test('all 12 header hashes of the shared vectors agree', { skip }, () => {
  assert.equal(shared.headers.length, 12)
  for (const { header: h, hash } of shared.headers) {
    const parts = { total: h.last_block_id.parts.total, hash: bytes(h.last_block_id.parts.hash) }
    const header: Header = {
      version: { block: BigInt(h.version.block), app: BigInt(h.version.app ?? 0) },
      chainId: h.chain_id,
      height: BigInt(h.height),
      time: time(h.time),
      lastBlockId: { hash: bytes(h.last_block_id.hash), parts },
      lastCommitHash: bytes(h.last_commit_hash),
      dataHash: bytes(h.data_hash),
      validatorsHash: bytes(h.validators_hash),
      nextValidatorsHash: bytes(h.next_validators_hash),
      consensusHash: bytes(h.consensus_hash),
      appHash: bytes(h.app_hash),
      lastResultsHash: bytes(h.last_results_hash),
      evidenceHash: bytes(h.evidence_hash),
      proposerAddress: bytes(h.proposer_address),
    }
    assert.deepEqual(headerHash(nodeSuite, header), bytes(hash))
  }
})

test('all data hashes of the shared vectors agree', { skip }, () => {
  for (const { txs, dataHash: expected } of shared.dataHashes)
    assert.deepEqual(dataHash(nodeSuite, (txs ?? []).map(bytes)), bytes(expected))
})

test('all 6 validator sets and 60 commits of the shared vectors: hashes equal, verdicts alike', {
  skip,
}, () => {
  let commits = 0
  for (const set of shared.validatorSets) {
    const validators = set.validators.map(validatorOf)
    assert.deepEqual(validatorsHash(nodeSuite, validators), bytes(set.hash))
    assert.deepEqual(sortValidators(nodeSuite, validators), validators)
    const blockId = {
      hash: bytes(set.blockHash),
      parts: { total: set.partsTotal, hash: bytes(set.partsHash) },
    }
    for (const c of set.commits) {
      const parts = { total: c.partsTotal, hash: bytes(c.partsHash) }
      const commit: Commit = {
        height: BigInt(c.height),
        round: c.round,
        blockId: { hash: bytes(c.blockHash), parts },
        signatures: c.signatures.map(commitSignatureOf),
      }
      assert.deepEqual(commitHash(nodeSuite, commit), bytes(c.commitHash))
      const expected = { chainId: shared.chainId, height: BigInt(set.height), blockId, validators }
      const counted = verifyCommit(nodeSuite, expected, commit)
      assert.equal(isRefusal(counted), c.verifyCommitError !== null, `${validators.length} ${c.name}`)
      commits += 1
    }
  }
  assert.equal(commits, 60)
})
