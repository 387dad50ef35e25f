/**
 * The contract of the engine port, as tests that every engine has to pass. An engine brings a harness; the suite brings the
 * state machine and the statements.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  appHash,
  blockIdOf,
  commitHash,
  dataHash,
  decodeStatement,
  equalBytes,
  headerHash,
  isRefusal,
  leafHash,
  type Refusal,
  rootFromInclusionPath,
  verifyCommit,
  verifyConsistency,
  verifyStateProof,
} from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import type { Engine, StoredBlock, Submitted } from './engine.ts'
import { claim, claimBody, reference } from './fixtures/sayings.ts'
import { COUNT_KEY, claimKey, tally } from './fixtures/tally.ts'
import type { StateMachine } from './state-machine.ts'

/** One home of an engine, made for the genesis document `testGenesis`. */
export interface EngineHarness {
  /** Opens the home; called again after `close` it opens the same one. */
  open(): Promise<Engine>
  /** Removes the home. */
  remove(): Promise<void>
  /** Heights whose state stays provable; small, so that the suite can leave it behind. */
  readonly proofWindow: number
}

/** Runs the contract. `createHarness` makes a new home for the machine it is given. */
export function testEngineContract(
  name: string,
  createHarness: (machine: StateMachine) => Promise<EngineHarness>,
): void {
  describe(`${name}: the contract of the engine port`, () => {
    let harness: EngineHarness
    let engine: Engine
    before(async () => {
      harness = await createHarness(tally)
      engine = await harness.open()
    })
    after(async () => {
      await engine.close()
      await harness.remove()
    })
    const reopen = async (): Promise<void> => {
      await engine.close()
      engine = await harness.open()
    }

    test('an accepted statement stands in a block, in the log and in the state', async () => {
      const bytes = claim(1)
      const { height, statementId } = accepted(await engine.submit(bytes))
      const place = engine.locate(statementId)
      assert.equal(place?.height, height)
      const block = blockAt(engine, height)
      assert.ok(equalBytes(block.statements[place?.index ?? -1] ?? new Uint8Array(), bytes))
      assert.equal(block.results[place?.index ?? -1], undefined)
      assert.ok(isInLog(engine, block, bytes, place?.logIndex ?? -1))
      assert.deepEqual(prove(engine, 'claims', claimKey(claimBody(1))), reference(0))
    })

    test('when the answer comes, a later header has signed the state with the statement', async () => {
      const { height } = accepted(await engine.submit(claim(2)))
      const next = blockAt(engine, height + 1n)
      assert.ok(equalBytes(next.header.appHash, blockAt(engine, height).state.appHash))
    })

    test('the same bytes at once, and again later, get the same answer and stand in one place', async () => {
      const bytes = claim(3)
      const [first, second] = await Promise.all([engine.submit(bytes), engine.submit(bytes)])
      const logSize = engine.status().logSize
      assert.deepEqual(second, first)
      assert.deepEqual(await engine.submit(bytes), first)
      assert.equal(engine.status().logSize, logSize)
    })

    test('a statement that the machine refuses is refused by code and is not in the log', async () => {
      accepted(await engine.submit(claim(4)))
      const { logSize } = engine.status()
      const answer = await engine.submit(claim(4, 1))
      assert.ok(isRefusal(answer))
      assert.equal(answer.code, 'evidence.attestation-exists')
      assert.equal(engine.status().logSize, logSize)
    })

    test('of two statements that exclude each other one is accepted and the block records why not the other', async () => {
      const rivals = [claim(5, 1), claim(5, 2)]
      const answers = await Promise.all(rivals.map((bytes) => engine.submit(bytes)))
      assert.equal(answers.filter((answer) => isRefusal(answer)).length, 1)
      for (const [i, bytes] of rivals.entries()) {
        const place = engine.locate(idOf(bytes))
        if (place === undefined) continue
        assert.deepEqual(place.refusal, isRefusal(answers[i]) ? answers[i] : undefined)
        assert.equal(place.logIndex === undefined, isRefusal(answers[i]))
      }
    })

    test('bytes that are no statement are refused and change nothing', async () => {
      const before = engine.status()
      assert.ok(isRefusal(await engine.submit(new Uint8Array([1, 2, 3]))))
      assert.deepEqual(engine.status(), before)
    })

    test('every block follows from the one before: id, time, commit, data, results, app hash', () => {
      const { height } = engine.status()
      for (let at = 1n; at <= height; at++) assertFollows(engine, blockAt(engine, at))
    })

    test('an empty block leaves the app hash as it was', () => {
      const { height } = engine.status()
      let empty = 0
      for (let at = 2n; at <= height; at++) {
        const block = blockAt(engine, at)
        if (block.statements.length > 0) continue
        empty += 1
        assert.ok(equalBytes(block.state.appHash, blockAt(engine, at - 1n).state.appHash))
      }
      assert.ok(empty > 0)
    })

    test('many statements at once are each in the log exactly once, and the log only grows', async () => {
      const from = engine.status().logSize
      const many = Array.from({ length: 200 }, (_, i) => claim(1_000 + i))
      const answers = await Promise.all(many.map((bytes) => engine.submit(bytes)))
      for (const answer of answers) accepted(answer)
      const places = many.map((bytes) => engine.locate(idOf(bytes))?.logIndex ?? -1)
      assert.deepEqual(
        places.toSorted((a, b) => a - b),
        many.map((_, i) => from + i),
      )
      assertConsistent(engine)
    })

    test('presence and absence are proved at every height of the window, as they were then', async () => {
      const { height } = accepted(await engine.submit(claim(6)))
      const key = claimKey(claimBody(6))
      assert.equal(prove(engine, 'claims', key, height - 1n), undefined)
      for (let i = 0; i < 3; i++) accepted(await engine.submit(claim(600 + i)))
      const newest = engine.status().height - 1n
      for (let at = height; at <= newest; at++)
        assert.deepEqual(prove(engine, 'claims', key, at), reference(0))
      assert.equal(prove(engine, 'claims', key, height - 1n), undefined)
    })

    test('a height that is not signed yet, one that left the window and an unknown module are refused', async () => {
      const target = engine.status().height + BigInt(harness.proofWindow) + 2n
      for (let i = 0; engine.status().height < target; i++) accepted(await engine.submit(claim(7_000 + i)))
      const { height } = engine.status()
      assert.equal(codeOf(engine.prove('claims', COUNT_KEY, height)), 'engine.height-unknown')
      assert.equal(codeOf(engine.prove('claims', COUNT_KEY, 0n)), 'engine.outside-proof-window')
      assert.equal(codeOf(engine.prove('nothing', COUNT_KEY)), 'engine.unknown-module')
    })

    test('followers get each block once and in order, those that are there and those to come', async () => {
      const stop = new AbortController()
      const seen: bigint[] = []
      const last = claim(8)
      const following = (async () => {
        for await (const block of engine.follow(1n, stop.signal)) {
          seen.push(block.height)
          if (block.statements.some((bytes) => equalBytes(bytes, last))) stop.abort()
        }
      })()
      const { height } = accepted(await engine.submit(last))
      await following
      assert.deepEqual(
        seen,
        Array.from({ length: Number(height) }, (_, i) => BigInt(i + 1)),
      )
    })

    test('a restart finds the same chain, state and answers', async () => {
      const bytes = claim(9)
      const answer = await engine.submit(bytes)
      const before = engine.status()
      const block = blockAt(engine, before.height)
      await reopen()
      assert.ok(equalBytes(engine.status().appHash, before.appHash))
      assert.deepEqual(blockAt(engine, before.height), block)
      assert.deepEqual(await engine.submit(bytes), answer)
      accepted(await engine.submit(claim(10)))
      assertFollows(engine, blockAt(engine, engine.status().height))
    })

    test('after the close nothing is taken any more', async () => {
      await engine.close()
      await assert.rejects(engine.submit(claim(11)), { code: 'engine.closed' })
      engine = await harness.open()
    })
  })
}

function accepted(answer: Refusal | Submitted): Submitted {
  assert.ok(!isRefusal(answer), isRefusal(answer) ? answer.code : '')
  return answer
}

function codeOf(answer: unknown): string {
  return isRefusal(answer) ? answer.code : 'accepted'
}

function blockAt(engine: Engine, height: bigint): StoredBlock {
  const block = engine.block(height)
  assert.ok(block !== undefined, `no block ${height}`)
  return block
}

function idOf(bytes: Uint8Array): Uint8Array {
  const statement = decodeStatement(suite, bytes)
  assert.ok(!isRefusal(statement))
  return statement.id
}

function isInLog(engine: Engine, block: StoredBlock, bytes: Uint8Array, index: number): boolean {
  const size = block.state.logSize
  const path = engine.logInclusion(index, size)
  const root = rootFromInclusionPath(suite, leafHash(suite, bytes), { index, size }, path)
  return root !== undefined && equalBytes(root, block.state.logRoot)
}

/** The value that is proved at a height, or undefined when absence is; the proof is checked up to the signed header. */
function prove(engine: Engine, module: string, key: Uint8Array, height?: bigint): Uint8Array | undefined {
  const proved = engine.prove(module, key, height)
  assert.ok(!isRefusal(proved), codeOf(proved))
  const header = blockAt(engine, proved.height + 1n).header
  assert.ok(equalBytes(header.appHash, appHash(suite, proved.state)))
  const root = proved.state.subRoots.find((subRoot) => subRoot.module === module)?.root
  const state = verifyStateProof(suite, root ?? new Uint8Array(), key, proved.proof)
  assert.ok(!isRefusal(state), codeOf(state))
  return state.present ? Uint8Array.from(state.value) : undefined
}

function assertFollows(engine: Engine, block: StoredBlock): void {
  const { header, blockId, commit } = block
  assert.ok(equalBytes(blockId.hash, headerHash(suite, header)))
  assert.ok(equalBytes(header.dataHash, dataHash(suite, block.statements)))
  assert.ok(equalBytes(block.state.appHash, appHash(suite, block.state)))
  const expected = { chainId: engine.chainId, height: block.height, blockId, validators: block.validators }
  assert.ok(!isRefusal(verifyCommit(suite, expected, commit)))
  const previous = engine.block(block.height - 1n)
  if (previous === undefined) return
  assert.deepEqual(header.lastBlockId, previous.blockId)
  assert.ok(header.time > previous.header.time)
  assert.ok(equalBytes(header.appHash, previous.state.appHash))
  assert.ok(equalBytes(header.lastCommitHash, commitHash(suite, previous.commit)))
  const whole = { header, transactions: block.statements, lastCommit: previous.commit }
  assert.deepEqual(blockIdOf(suite, whole), blockId)
}

function assertConsistent(engine: Engine): void {
  const { height } = engine.status()
  const to = blockAt(engine, height).state
  for (let at = 1n; at < height; at++) {
    const from = blockAt(engine, at).state
    const claimed = { from: from.logSize, fromRoot: from.logRoot, to: to.logSize, toRoot: to.logRoot }
    assert.ok(verifyConsistency(suite, claimed, engine.logConsistency(from.logSize, to.logSize)))
  }
}
