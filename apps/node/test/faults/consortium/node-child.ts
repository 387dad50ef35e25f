/**
 * A member's node as a process: the engine, the ledger's rules and CometBFT, told by its parent what to open and what to submit. It
 * leads a process group, so that a machine can be switched off: one signal ends it and its CometBFT.
 */

import {
  type CometEngine,
  createSignatureVerifier,
  createSystemClock,
  isEngineFailure,
  openCometEngine,
  type StateMachine,
  type StateRoots,
  type StoredBlock,
} from '@meridian/engine'
import { createLedger, membershipQueries } from '@meridian/ledger'
import { decodeGenesis, decodeStatement, isRefusal, toHex } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import type { FromNode, NodeOrder, SeenBlock, ToNode } from './node-messages.ts'

const tell = (message: FromNode): void => void process.send?.(message)
const asked = new Map<number, (states: readonly StateRoots[]) => void>()
let engine: CometEngine | undefined

process.on('message', (message: ToNode) => {
  if ('open' in message) void open(message.open)
  else if ('submit' in message) void submit(message.submit, message.number)
  else if ('states' in message) asked.get(message.number)?.(message.states)
  else void engine?.close().then(() => process.exit(0))
})
process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'))

async function open(order: NodeOrder): Promise<void> {
  const genesis = decodeGenesis(order.genesis)
  if (isRefusal(genesis)) throw new Error(genesis.code)
  const verifier = createSignatureVerifier(nodeSuite)
  const { stateSync, ...options } = order.options
  const system = createSystemClock()
  try {
    engine = await openCometEngine({
      ...options,
      ...(stateSync === undefined ? {} : { stateSync: () => stateSync }),
      genesis,
      suite: nodeSuite,
      machine: machineOf(createLedger({ suite: verifier.suite, genesis }), order),
      verifyAhead: verifier.verifyAhead,
      clock: { ...system, nowMs: () => system.nowMs() + order.clockOffsetMs },
      peerStates: askStates,
      onHalt: ({ code, detail, message }) => tell({ halted: { code, detail: { ...detail }, message } }),
      onFailure: ({ message }) => tell({ failure: message }),
      onLine: (line) => tell({ line }),
    })
    tell({ up: true })
    const from = stateSync === undefined ? 1n : await firstKept(engine)
    for await (const block of engine.follow(from, new AbortController().signal)) tell({ block: seen(block) })
  } catch (error) {
    tell({ ended: isEngineFailure(error) ? error.code : String(error) })
    process.exit(1)
  }
}

/** The ledger, or one that has another opinion of every block with more than one statement. */
function machineOf(ledger: StateMachine, { diverges }: NodeOrder): StateMachine {
  if (!diverges) return ledger
  return {
    ...ledger,
    applyBlock(view, block) {
      if (block.statements.length > 1) view.put('evidence', new Uint8Array([0xff]), new Uint8Array([1]))
      return ledger.applyBlock(view, block)
    },
  }
}

const LOOK_MS = 50

/** A home that was made from a snapshot begins after it; until the snapshot is there, nothing is. */
async function firstKept(engine: CometEngine): Promise<bigint> {
  while (engine.status().height === 0n || engine.block(engine.status().height) === undefined)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  let first = engine.status().height
  while (engine.block(first - 1n) !== undefined) first -= 1n
  return first
}

let questions = 0

function askStates(height: bigint): Promise<readonly StateRoots[]> {
  const number = questions++
  return new Promise((resolve) => {
    asked.set(number, resolve)
    tell({ ask: height, number })
  })
}

async function submit(bytes: Uint8Array, number: number): Promise<void> {
  try {
    const answer = await engine?.submit(bytes)
    if (answer === undefined) return tell({ number, failed: 'engine.closed' })
    if (isRefusal(answer)) return tell({ number, refused: answer.code })
    tell({ number, height: answer.height })
  } catch (error) {
    tell({ number, failed: isEngineFailure(error) ? error.code : String(error) })
  }
}

function seen(block: StoredBlock): SeenBlock {
  return {
    height: block.height,
    time: block.header.time,
    voteTimes: block.commit.signatures.map(({ time }) => time),
    blockId: toHex(block.blockId.hash),
    state: block.state,
    validators: block.validators.length,
    statements: block.statements.map((bytes, i) => ({
      id: idOf(bytes),
      accepted: block.results[i] === undefined,
    })),
    doubleSigners: engine === undefined ? [] : doubleSigners(engine),
  }
}

function idOf(bytes: Uint8Array): string {
  const statement = decodeStatement(nodeSuite, bytes)
  return isRefusal(statement) ? 'no statement' : toHex(statement.id)
}

function doubleSigners({ state }: CometEngine): readonly string[] {
  return membershipQueries.doubleSignings(state).map(({ organisation }) => organisation)
}
