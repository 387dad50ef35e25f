/** Measures the embedded engine with the real rules: signed statements a second, every signature checked, every block flushed. */
import { performance } from 'node:perf_hooks'
import { signForLedger } from '@meridian/client'
import {
  createSignatureVerifier,
  createSystemClock,
  type Engine,
  openEmbeddedEngine,
  verifyChain,
} from '@meridian/engine'
import { createLedger } from '@meridian/ledger'
import { type GenesisDocument, genesisHash, isRefusal, type StatementBodies } from '@meridian/protocol'
import { createSigner, nodeSuite, randomBytes } from '@meridian/protocol/node'

/** What is measured. */
export interface EmbeddedBenchOptions {
  /** An empty or missing directory; the chain is left in it. */
  readonly directory: string
  readonly statements: number
  /** Statements that wait for their answer at the same time. */
  readonly clients: number
}

/** What was measured. Times are in milliseconds from the submission to the answer, which is when the state is signed. */
export interface EmbeddedBench {
  readonly statements: number
  readonly bytesEach: number
  readonly seconds: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly blocks: number
  /** One statement after another. */
  readonly aloneMs: number
  /** The chain was verified afterwards. */
  readonly verified: boolean
}

const ALONE = 50

const STANDARDS_SET = new Uint8Array(32)

/** Runs it. The statements are signed before the clock starts; nothing else is left out. */
export async function benchEmbedded(options: EmbeddedBenchOptions): Promise<EmbeddedBench> {
  const chain = makeChain()
  const signatures = createSignatureVerifier(nodeSuite)
  const engine = await openEmbeddedEngine({
    directory: options.directory,
    genesis: chain.genesis,
    machine: createLedger({ suite: signatures.suite, genesis: chain.genesis }),
    suite: nodeSuite,
    signer: chain.validator,
    clock: createSystemClock(),
    verifyAhead: signatures.verifyAhead,
    settings: { maxWaiting: options.statements },
  })
  await submitAll(engine, [chain.standards], 1)
  const statements = Array.from({ length: options.statements }, chain.sign)
  const alone = await submitAll(engine, Array.from({ length: ALONE }, chain.sign), 1)
  const from = engine.status().height
  const { seconds, waitsMs } = await submitAll(engine, statements, options.clients)
  const blocks = Number(engine.status().height - from)
  await engine.close()
  await signatures.close()
  const machine = createLedger({ suite: nodeSuite, genesis: chain.genesis })
  const verdict = await verifyChain({
    directory: options.directory,
    genesis: chain.genesis,
    machine,
    suite: nodeSuite,
  })
  return {
    statements: statements.length,
    bytesEach: statements[0]?.length ?? 0,
    seconds,
    perSecond: statements.length / seconds,
    p50Ms: quantile(waitsMs, 0.5),
    p99Ms: quantile(waitsMs, 0.99),
    blocks,
    aloneMs: quantile(alone.waitsMs, 0.5),
    verified: verdict.ok,
  }
}

async function submitAll(
  engine: Engine,
  statements: readonly Uint8Array[],
  clients: number,
): Promise<{ seconds: number; waitsMs: number[] }> {
  const waitsMs: number[] = []
  const started = performance.now()
  let next = 0
  const client = async (): Promise<void> => {
    while (next < statements.length) {
      const bytes = statements[next++] as Uint8Array
      const submitted = performance.now()
      const answer = await engine.submit(bytes)
      if (isRefusal(answer)) throw new Error(`the bench was refused: ${answer.code}`)
      waitsMs.push(performance.now() - submitted)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return { seconds: (performance.now() - started) / 1000, waitsMs }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0
}

function makeChain() {
  const organisation = createSigner(randomBytes(32))
  const validator = createSigner(randomBytes(32))
  const now = BigInt(Math.floor(Date.now() / 1000))
  const day = new Date().toISOString().slice(0, 10)
  const genesis: GenesisDocument = {
    chainName: 'bench',
    genesisTime: `${new Date().toISOString().slice(0, 19)}Z`,
    parameters: {},
    organisations: [
      {
        id: 'bench',
        names: { zh: '压测机构', en: 'Bench' },
        kind: 'hospital',
        keys: [{ purpose: 'statement', publicKey: organisation.publicKey }],
      },
    ],
    validators: [{ organisation: 'bench', publicKey: validator.publicKey, power: 1n }],
  }
  const identity = {
    suite: nodeSuite,
    signer: organisation,
    organisation: 'bench',
    genesisHash: genesisHash(nodeSuite, genesis),
    newUniqueId: () => randomBytes(16),
  }
  const body = (): StatementBodies['anchor-batch'] => ({
    batchId: randomBytes(16),
    day,
    standardsSetHash: STANDARDS_SET,
    root: randomBytes(32),
    size: 16,
  })
  const sign = (): Uint8Array =>
    signForLedger(identity, {
      kind: 'anchor-batch',
      body: body(),
      blockTimeSeconds: now,
      lifeSeconds: 43_200n,
    }).bytes
  const standards = signForLedger(identity, {
    kind: 'publish-artefact',
    body: { id: 'standards/bench', version: '1.0.0', contentHash: STANDARDS_SET, kind: 'standards-set' },
    blockTimeSeconds: now,
  }).bytes
  return { genesis, validator, standards, sign }
}
