/** Lines as CometBFT v0.40.0 prints them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex } from '@meridian/protocol'
import { readConsensusFailure } from './consensus-failure.ts'

const OURS = 'FB429DD3AEE670C6F0B8BC3A8BFB0350557977488B1DA5390555194E9832D4EE'
const THEIRS = 'BA3B8D510F3557AC105E358A82AA87E1B1CCAD438BDB1FE04E4A1B707167D743'
const WRONG = `wrong Block.Header.AppHash.  Expected ${OURS}, got ${THEIRS}`

function decided(line: string): string | undefined {
  const hash = readConsensusFailure(line)?.decidedAppHash
  return hash === undefined ? undefined : toHex(hash).toUpperCase()
}

test('an app hash that two thirds have voted for is read from every place that says so', () => {
  const lines = [
    `{"_msg":"CONSENSUS FAILURE!!!","err":"precommit step; +2/3 prevoted for an invalid block: ${WRONG}"}`,
    `panic: precommit step; +2/3 prevoted for an invalid block: ${WRONG}`,
    `{"_msg":"CONSENSUS FAILURE!!!","err":"+2/3 committed an invalid block: ${WRONG}"}`,
    `{"_msg":"Error in validation","err":"${WRONG}","module":"blocksync"}`,
    `panic: block.AppHash does not match AppHash after replay. Got ${OURS}, expected ${THEIRS}.`,
    `${OURS}, expected ${THEIRS}.`,
  ]
  for (const line of lines) assert.equal(decided(line), THEIRS, line)
})

test('the block of one proposer that lies about the state is no failure of ours', () => {
  const line = `{"_msg":"prevote step: consensus deems this block invalid; prevoting nil","err":"${WRONG}"}`
  assert.equal(readConsensusFailure(line), undefined)
})

test('consensus that failed for another reason is a failure without a hash', () => {
  const failure = readConsensusFailure('{"_msg":"CONSENSUS FAILURE!!!","err":"abci.application: failed"}')
  assert.deepEqual(failure, { decidedAppHash: undefined })
})
