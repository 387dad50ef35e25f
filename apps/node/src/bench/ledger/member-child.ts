/**
 * One member's node in a process of its own: engine, rules and CometBFT, and a load through the engine's own port. The only place that can
 * leave signatures unchecked, for the measurement of what they cost; no command of the product comes here.
 */
import {
  type CometEngine,
  type CometEngineSettings,
  createSignatureVerifier,
  openCometEngine,
  type StoredBlock,
} from '@meridian/engine'
import { createLedger } from '@meridian/ledger'
import { decodeGenesis, type GenesisDocument, isRefusal, type Suite, treeRoot } from '@meridian/protocol'
import { nodeSuite, randomBytes } from '@meridian/protocol/node'
import { type BenchChain, type BenchVoice, benchVoice, peersBefore } from './bench-chain.ts'
import { answerParent } from './child-process.ts'

/** What a member can be told. */
export type MemberOrder =
  | { readonly open: MemberPlace }
  | { readonly publish: true }
  /** Signs statements and keeps them; the load is not part of what is measured. */
  | { readonly prepare: { readonly count: number; readonly bytes: number } }
  /** Submits what was prepared, at most `window` without an answer. */
  | { readonly submit: { readonly window: number } }
  /** Makes batches of random commitments, anchors them, one after another in `lanes` lanes, for so long. */
  | { readonly anchor: { readonly ms: number; readonly size: number; readonly lanes: number } }

/** Where and how it is opened. */
export interface MemberPlace {
  readonly directory: string
  readonly chain: BenchChain
  readonly index: number
  readonly binary: string
  readonly checksSignatures: boolean
  readonly settings: Partial<CometEngineSettings>
}

/** What it answers; `blockGapsMs` are the times between blocks that it saw meanwhile. */
export interface MemberAnswer {
  readonly rpc?: string
  readonly cometPid?: number
  readonly load?: MemberLoad
}

/** What came of a load through the port. Times in milliseconds; `lost` were admitted and are in no block. */
export interface MemberLoad {
  readonly startedMs: number
  readonly endedMs: number
  readonly lagsMs: readonly number[]
  readonly refusals: Readonly<Record<string, number>>
  readonly lost: number
  readonly longestGapMs: number
}

interface Open {
  readonly engine: CometEngine
  readonly voice: BenchVoice
  readonly close: () => Promise<void>
}

let open: Open | undefined
let prepared: readonly Uint8Array[] = []

answerParent<MemberOrder, MemberAnswer>(
  async (order) => {
    if ('open' in order) {
      open = await openMember(order.open)
      return { rpc: open.engine.rpcAddress, cometPid: open.engine.pid() ?? 0 }
    }
    if (open === undefined) throw new Error('not open')
    const { engine, voice } = open
    if ('publish' in order) return { load: await submitAll(engine, [voice.standards()], 1) }
    if ('prepare' in order) {
      const { count, bytes } = order.prepare
      prepared = Array.from({ length: count }, () => voice.statement(bytes))
      return {}
    }
    if ('submit' in order) return { load: await submitAll(engine, prepared, order.submit.window) }
    return { load: await anchorFor(engine, voice, order.anchor) }
  },
  async () => open?.close(),
)

async function openMember(place: MemberPlace): Promise<Open> {
  const { chain, index, directory, binary, settings } = place
  const genesis = decodeGenesis(chain.genesis)
  const own = chain.organisations[index]
  if (isRefusal(genesis) || own === undefined) throw new Error('not a chain of a benchmark')
  const { suite, verifyAhead, close } = place.checksSignatures
    ? createSignatureVerifier(nodeSuite)
    : unchecked
  const engine = await openCometEngine({
    directory,
    genesis,
    machine: createLedger({ suite, genesis }),
    suite,
    ...(verifyAhead === undefined ? {} : { verifyAhead }),
    keys: { validatorSeed: own.validatorSeed, nodeSeed: own.nodeSeed },
    addresses: { p2pListen: `127.0.0.1:${own.port}`, persistentPeers: peersBefore(chain, index) },
    binary,
    settings: { pex: false, ...settings },
    onHalt: ({ message }) => process.stderr.write(`${message}\n`),
  })
  const stop = async (): Promise<void> => {
    await engine.close()
    await close()
  }
  return { engine, voice: benchVoice(genesis as GenesisDocument, own), close: stop }
}

/** Takes every statement for signed. */
const unchecked: { suite: Suite; verifyAhead: undefined; close(): Promise<void> } = {
  suite: { ...nodeSuite, verifyStatementSignature: () => true },
  verifyAhead: undefined,
  close: async () => {},
}

async function submitAll(
  engine: CometEngine,
  statements: readonly Uint8Array[],
  window: number,
): Promise<MemberLoad> {
  let next = 0
  return await measured(engine, async (submit) => {
    const lane = async (): Promise<void> => {
      while (next < statements.length) await submit(statements[next++] as Uint8Array)
    }
    await Promise.all(Array.from({ length: Math.min(window, statements.length) }, lane))
  })
}

async function anchorFor(
  engine: CometEngine,
  voice: BenchVoice,
  { ms, size, lanes }: { readonly ms: number; readonly size: number; readonly lanes: number },
): Promise<MemberLoad> {
  const until = performance.now() + ms
  return await measured(engine, async (submit) => {
    const lane = async (): Promise<void> => {
      while (performance.now() < until) {
        const leaves = Array.from({ length: size }, () => randomBytes(32))
        await submit(voice.batch(treeRoot(nodeSuite, leaves), size))
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
  })
}

type Submit = (bytes: Uint8Array) => Promise<void>

async function measured(engine: CometEngine, load: (submit: Submit) => Promise<void>): Promise<MemberLoad> {
  const lagsMs: number[] = []
  const admitted: Uint8Array[] = []
  const refusals: Record<string, number> = {}
  const blocks = watchBlocks(engine)
  const startedMs = Date.now()
  await load(async (bytes) => {
    const from = performance.now()
    const answer = await engine.submit(bytes)
    if (isRefusal(answer)) refusals[answer.code] = (refusals[answer.code] ?? 0) + 1
    else {
      lagsMs.push(performance.now() - from)
      admitted.push(answer.statementId)
    }
  })
  const endedMs = Date.now()
  const lost = admitted.filter((id) => engine.locate(id) === undefined).length
  return { startedMs, endedMs, lagsMs, refusals, lost, longestGapMs: await blocks.longestGapMs() }
}

/** The longest time between two blocks by their own times, from the first with a statement on. */
function watchBlocks(engine: CometEngine): { longestGapMs(): Promise<number> } {
  const stop = new AbortController()
  let before: bigint | undefined
  let longest = 0n
  const look = ({ header, statements }: Pick<StoredBlock, 'header' | 'statements'>): void => {
    if (statements.length === 0 && before === undefined) return
    if (before !== undefined && statements.length > 0 && header.time - before > longest)
      longest = header.time - before
    before = header.time
  }
  const following = (async () => {
    for await (const block of engine.follow(engine.status().height + 1n, stop.signal)) look(block)
  })()
  return {
    async longestGapMs() {
      stop.abort()
      await following
      return Number(longest / 1_000_000n)
    },
  }
}
