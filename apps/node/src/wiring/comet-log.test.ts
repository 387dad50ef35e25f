/** What an operator sees of CometBFT's own log. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCometLog } from './comet-log.ts'

const said: string[] = []
let nowMs = 0
const take = createCometLog({ log: (text) => said.push(text), nowMs: () => nowMs })
const error = (module: string, message: string, err?: string) =>
  take(JSON.stringify({ level: 'error', module, _msg: message, err }))

test('an error is said with its module and cause, and again only after an hour', () => {
  error('p2p', 'Error dialing peer', 'dial tcp 10.0.0.2:26656: connection refused')
  error('p2p', 'Error dialing peer', 'dial tcp 10.0.0.3:26656: connection refused')
  assert.deepEqual(said, ['cometbft p2p: Error dialing peer: dial tcp 10.0.0.2:26656: connection refused'])
  nowMs += 3_600_000
  error('p2p', 'Error dialing peer', 'i/o timeout')
  assert.equal(said.length, 2)
})

test('a panic is said by its first line; stack traces, other levels and what is no line of its log are not', () => {
  said.length = 0
  for (const line of ['goroutine 1 [running]:', '\tmain.go:12', '{', '{"level":"info","_msg":"x"}', '[]'])
    take(line)
  take('panic: leveldb: closed')
  assert.deepEqual(said, ['cometbft process: panic: leveldb: closed'])
})

test('a text without end is cut', () => {
  said.length = 0
  error('consensus', 'CONSENSUS FAILURE!!!', 'x'.repeat(10_000))
  assert.ok((said[0] ?? '').length < 300)
})
