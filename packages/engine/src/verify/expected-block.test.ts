/** Block time as CometBFT's `MedianTime` computes it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ABSENT_SIGNATURE,
  COMMIT_FLAG,
  type Commit,
  validatorAddress,
  ZERO_BLOCK_ID,
} from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import { medianTime } from './expected-block.ts'

const validators = [40n, 30n, 20n, 10n].map((power, i) => ({
  publicKey: new Uint8Array(32).fill(i + 1),
  power,
}))

/** A commit with a time for each validator; undefined is an absent vote. */
function commitAt(times: readonly (bigint | undefined)[], flag: number = COMMIT_FLAG.commit): Commit {
  const signatures = times.map((time, i) => {
    const address = validatorAddress(suite, validators[i]?.publicKey ?? new Uint8Array())
    return time === undefined ? ABSENT_SIGNATURE : { flag, address, time, signature: new Uint8Array(64) }
  })
  return { height: 1n, round: 0, blockId: ZERO_BLOCK_ID, signatures }
}

test('the time is that of the vote at half of the power that voted', () => {
  assert.equal(medianTime(suite, commitAt([40n, 30n, 20n, 10n]), validators), 30n)
  assert.equal(medianTime(suite, commitAt([10n, 20n, 30n, 40n]), validators), 20n)
  assert.equal(medianTime(suite, commitAt([7n, undefined, undefined, undefined]), validators), 7n)
})

test('who did not vote has no say, nor has who voted for nil', () => {
  assert.equal(medianTime(suite, commitAt([undefined, 30n, 20n, 10n]), validators), 20n)
  const nil = commitAt([1n, undefined, undefined, undefined], COMMIT_FLAG.nil).signatures.slice(0, 1)
  const commit = commitAt([undefined, 30n, 20n, 10n])
  const mixed = { ...commit, signatures: [...nil, ...commit.signatures.slice(1)] }
  assert.equal(medianTime(suite, mixed, validators), 20n)
})

test('before the first block there is no vote and no time', () => {
  assert.equal(medianTime(suite, commitAt([]), validators), undefined)
})
