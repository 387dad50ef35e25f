/** Who is late and who is down, judged by the commits of the newest blocks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ABSENT_SIGNATURE, COMMIT_FLAG, toHex, validatorAddress } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { createTestLedger, signerOf } from '../ledger-door/fixtures/test-ledger.ts'
import { type BlockVote, createSigningRecord, type SignedBlock } from './signing-record.ts'
import { rowOver } from './validators-document.ts'

const blocks = (votes: string): SignedBlock[] =>
  [...votes].map((letter, i) => {
    const vote = ({ s: 'signed', n: 'nil', m: 'missed' } as Record<string, BlockVote>)[letter]
    const entries: [string, BlockVote][] = vote === undefined ? [] : [['aa', vote]]
    return { height: BigInt(i + 1), proposer: i % 4 === 0 ? 'aa' : 'bb', votes: new Map(entries) }
  })

const stateOver = (votes: string) => rowOver(blocks(votes), 'aa').state

test('a validator that signs is signing, also when a vote comes late now and then', () => {
  assert.equal(stateOver('ssssmsssssnsss'), 'signing')
})

test('one that missed more than half is late; one silent for ten blocks is down, for fewer late', () => {
  assert.equal(stateOver('smmsmmsmmsmms'), 'late')
  assert.equal(stateOver(`${'s'.repeat(80)}${'m'.repeat(10)}`), 'down')
  assert.equal(stateOver('mmm'), 'late')
})

test('blocks from before it was a validator do not count', () => {
  const row = rowOver(blocks('-----sss'), 'aa')
  assert.deepEqual([row.signed, row.state, row.lastSigned, row.proposed], ['-----sss', 'signing', 8, 2])
  assert.equal(stateOver('----'), 'unknown')
})

test('the record of an engine reads each block once and keeps the newest hundred', async () => {
  const home = createTestLedger()
  const engine = await home.open()
  let reads = 0
  const counted = {
    status: () => engine.status(),
    block(height: bigint) {
      reads++
      return engine.block(height)
    },
  }
  const record = createSigningRecord({ engine: counted, suite: nodeSuite })
  const own = toHex(validatorAddress(nodeSuite, signerOf(9).publicKey))
  const seen = record.read()
  const before = reads
  assert.equal(reads, Number(engine.status().height))
  record.read()
  assert.equal(reads, before)
  assert.ok(seen.every(({ votes }) => votes.get(own) === 'signed'))
  await engine.close()
  home.remove()
})

test('a vote for nil and none at all are told apart', async () => {
  const home = createTestLedger()
  const engine = await home.open()
  const block = engine.block(1n)
  assert.ok(block !== undefined)
  const voteWith = (signature: typeof ABSENT_SIGNATURE) => {
    const faked = { ...block, commit: { ...block.commit, signatures: [signature] } }
    const record = createSigningRecord({
      suite: nodeSuite,
      engine: { status: () => ({ ...engine.status(), height: 1n }), block: () => faked },
    })
    return [...(record.read()[0]?.votes.values() ?? [])]
  }
  assert.deepEqual(voteWith(ABSENT_SIGNATURE), ['missed'])
  assert.deepEqual(voteWith({ ...ABSENT_SIGNATURE, flag: COMMIT_FLAG.nil }), ['nil'])
  await engine.close()
  home.remove()
})
