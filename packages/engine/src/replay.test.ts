/** Random chains on a real store: replayed from any height they give the same state, and every height in the window is provable. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  decodeStatement,
  equalBytes,
  isRefusal,
  proveStateKey,
  type Statement,
  verifyStateProof,
} from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import fc from 'fast-check'
import { chainConstantsOf } from './chain-constants.ts'
import { buildBlock, genesisPredecessor } from './embedded/build-block.ts'
import type { StateRoots } from './engine.ts'
import { executeBlock, executeGenesis } from './execute-block.ts'
import { claim, claimBody, testGenesis } from './fixtures/sayings.ts'
import { claimKey, tally } from './fixtures/tally.ts'
import { type ChainStore, createChainStore } from './store/chain-store.ts'
import { openStore } from './store/open-store.ts'

const PROOF_WINDOW = 4
const CLAIMS = 6
const constants = {
  ...chainConstantsOf(suite, testGenesis),
  facts: { applicationVersion: 1, maxBlockBytes: 524_288 },
}

/** Blocks as lists of claim numbers; a number that comes again is refused, an empty list is an empty block. */
const chain = fc.array(fc.array(fc.nat(CLAIMS - 1), { maxLength: 4 }), { minLength: 1, maxLength: 8 })

type Statements = readonly (readonly Statement[])[]

function statementsOf(blocks: readonly (readonly number[])[]): Statements {
  return blocks.map((block, height) =>
    block.map((n) => {
      const statement = decodeStatement(suite, claim(n, height))
      assert.ok(!isRefusal(statement))
      return statement
    }),
  )
}

function openIn(folder: string): ChainStore {
  const tables = openStore(folder, { scratch: true })
  return createChainStore(tables, { suite, modules: tally.modules, proofWindow: PROOF_WINDOW })
}

async function execute(store: ChainStore, statements: readonly Statement[]): Promise<StateRoots> {
  const height = (store.head() ?? 0n) + 1n
  const transactions = statements.map((statement) => ({ bytes: statement.bytes, statement }))
  const execution = executeBlock({ suite, machine: tally }, store.committed(), {
    height,
    timeSeconds: 1n,
    transactions,
    misbehaviour: [],
  })
  const predecessor = { ...genesisPredecessor(execution.state.appHash), height: height - 1n }
  const bytes = statements.map((statement) => statement.bytes)
  const block = buildBlock(suite, constants, predecessor, bytes)
  await store.append({ block, ids: statements.map((statement) => statement.id), execution })
  return execution.state
}

async function inStore<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-replay-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Executes all blocks; the store is closed and opened again before the block at `restartAt`. */
function replay(blocks: Statements, restartAt: number): Promise<readonly StateRoots[]> {
  return inStore(async (folder) => {
    let store = openIn(folder)
    await store.writeGenesis(new Uint8Array([0]), executeGenesis({ suite, machine: tally }))
    const states: StateRoots[] = []
    for (const [i, statements] of blocks.entries()) {
      if (i === restartAt) {
        await store.close()
        store = openIn(folder)
      }
      states.push(await execute(store, statements))
    }
    await store.close()
    return states
  })
}

test('a chain replayed from any height gives the same state at every later height', async () => {
  await fc.assert(
    fc.asyncProperty(chain, async (blocks) => {
      const statements = statementsOf(blocks)
      const once = await replay(statements, -1)
      for (let restartAt = 0; restartAt < blocks.length; restartAt++) {
        assert.deepEqual(await replay(statements, restartAt), once)
      }
    }),
    { numRuns: 15 },
  )
})

test('an empty block, and nothing else that stands in a chain, leaves the app hash as it was', async () => {
  await fc.assert(
    fc.asyncProperty(chain, async (blocks) => {
      const states = await replay(statementsOf(blocks), -1)
      for (const [i, block] of blocks.entries()) {
        const before = states[i - 1]
        if (before === undefined) continue
        const isSame = equalBytes(before.appHash, states[i]?.appHash ?? new Uint8Array())
        assert.equal(isSame, block.length === 0)
      }
    }),
    { numRuns: 40 },
  )
})

test('every claim is proved present or absent at every height of the window, as it was then', async () => {
  await fc.assert(
    fc.asyncProperty(chain, (blocks) =>
      inStore(async (folder) => {
        const store = openIn(folder)
        await store.writeGenesis(new Uint8Array([0]), executeGenesis({ suite, machine: tally }))
        const made = new Map<number, number>()
        const then: Map<number, number>[] = [new Map()]
        for (const [height, statements] of statementsOf(blocks).entries()) {
          await execute(store, statements)
          for (const n of blocks[height] ?? []) if (!made.has(n)) made.set(n, height)
          then.push(new Map(made))
        }
        for (let height = store.oldestProvable(); height <= (store.head() ?? 0n); height++) {
          for (let n = 0; n < CLAIMS; n++)
            assertProof(store, height, n, then[Number(height)]?.has(n) === true)
        }
        await store.close()
      }),
    ),
    { numRuns: 40 },
  )
})

function assertProof(store: ChainStore, height: bigint, n: number, present: boolean): void {
  const key = claimKey(claimBody(n))
  const old = store.stateAt(height)
  const proof = proveStateKey(suite, old.nodes('claims'), key, old.value('claims', key))
  const root = store.outcome(height)?.state.subRoots[0]?.root ?? new Uint8Array()
  const proved = verifyStateProof(suite, root, key, proof)
  assert.ok(!isRefusal(proved))
  assert.equal(proved.present, present)
}
