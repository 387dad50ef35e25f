/**
 * Grows one chain by statements whose signatures are made up and not checked, and measures it at given sizes: what executing costs, how
 * large proofs are and how long they take. The embedded engine executes and stores as every member of a consortium does.
 */
import { mkdirSync } from 'node:fs'
import { createSystemClock, type EmbeddedEngine, openEmbeddedEngine } from '@meridian/engine'
import { createLedger, evidenceQueries } from '@meridian/ledger'
import { decodeGenesis, decodeStatement, isRefusal, type Statement } from '@meridian/protocol'
import { createSigner, nodeSuite, randomBytes } from '@meridian/protocol/node'
import { quantile } from '../figure.ts'
import { benchVoice, makeBenchChain, SMALL } from './bench-chain.ts'
import { answerParent } from './child-process.ts'

/** What is asked: one chain, measured when it has each of these sizes, which ascend. */
export interface GrowthOrder {
  readonly directory: string
  readonly sizes: readonly number[]
}

/** The chain at one size. Proofs are of a batch in the state, and of its statement in the log. */
export interface SizeFigures {
  readonly statements: number
  /** Executed and flushed, in the statements just before the size was reached. */
  readonly perS: number
  readonly stateProofBytes: number
  readonly stateProofP50Ms: number
  readonly logProofBytes: number
  readonly logProofP50Ms: number
}

/** Statements that wait at a time: enough to fill blocks. */
const CLIENTS = 2_000
/** What the rate is taken over, just before a size is reached. */
const LAST = 5_000
const PROOFS = 200

answerParent<GrowthOrder, readonly SizeFigures[]>(grow, async () => {})

async function grow({ directory, sizes }: GrowthOrder): Promise<readonly SizeFigures[]> {
  const chain = await makeBenchChain(1)
  const genesis = decodeGenesis(chain.genesis)
  const own = chain.organisations[0]
  if (isRefusal(genesis) || own === undefined) throw new Error('not a chain of a benchmark')
  const suite = { ...nodeSuite, verifyStatementSignature: () => true }
  mkdirSync(directory, { recursive: true })
  const engine = await openEmbeddedEngine({
    directory,
    genesis,
    machine: createLedger({ suite, genesis }),
    suite,
    signer: createSigner(own.validatorSeed),
    clock: createSystemClock(),
  })
  const real = benchVoice(genesis, own)
  const madeUp = benchVoice(genesis, own, { ...createSigner(own.statementSeed), sign: () => randomBytes(64) })
  const statement = (): Uint8Array => madeUp.statement(SMALL)
  await engine.submit(real.standards())
  const figures: SizeFigures[] = []
  let count = 1
  for (const size of sizes) {
    const last = Math.min(LAST, size - count)
    await submit(engine, size - last - count, statement)
    const prepared = Array.from({ length: last }, statement)
    const started = performance.now()
    await submit(engine, last, () => prepared.pop() as Uint8Array)
    const perS = (last * 1000) / (performance.now() - started)
    count = size
    figures.push({ statements: size, perS: rounded(perS), ...proofsOf(engine) })
  }
  await engine.close()
  return figures
}

async function submit(engine: EmbeddedEngine, count: number, next: () => Uint8Array): Promise<void> {
  let left = count
  const client = async (): Promise<void> => {
    while (left-- > 0) {
      const answer = await engine.submit(next())
      if (isRefusal(answer)) throw new Error(`the benchmark was refused: ${answer.code}`)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
}

function proofsOf(engine: EmbeddedEngine): Omit<SizeFigures, 'statements' | 'perS'> {
  const { height, logSize } = engine.status()
  const stateMs: number[] = []
  const logMs: number[] = []
  let stateProofBytes = 0
  let logProofBytes = 0
  for (let i = 0; i < PROOFS; i++) {
    const statement = anyBatch(engine, height)
    if (statement === undefined) continue
    const key = evidenceQueries.batchKey(statement.issuer, statement.body.batchId)
    const from = performance.now()
    const proof = engine.prove(evidenceQueries.EVIDENCE, key)
    stateMs.push(performance.now() - from)
    if (isRefusal(proof) || proof.proof.value === undefined) throw new Error('a batch is not in the state')
    const between = performance.now()
    const path = engine.logInclusion(engine.locate(statement.id)?.logIndex ?? 0, logSize)
    logMs.push(performance.now() - between)
    stateProofBytes = proof.proof.nodes.reduce((sum, { length }) => sum + length, 0)
    logProofBytes = path.length * 32
  }
  return {
    stateProofBytes,
    stateProofP50Ms: rounded(quantile(stateMs, 0.5)),
    logProofBytes,
    logProofP50Ms: rounded(quantile(logMs, 0.5)),
  }
}

/** One of a random block; undefined where that is empty, or holds the standards set. */
function anyBatch(engine: EmbeddedEngine, height: bigint): Statement<'anchor-batch'> | undefined {
  const at = 1n + BigInt(Math.floor(Math.random() * Number(height)))
  const bytes = engine.block(at)?.statements.at(-1)
  const statement = bytes === undefined ? undefined : decodeStatement(nodeSuite, bytes)
  return statement === undefined || isRefusal(statement) || !isBatch(statement) ? undefined : statement
}

const isBatch = (statement: Statement): statement is Statement<'anchor-batch'> =>
  statement.kind === 'anchor-batch'

const rounded = (value: number): number => Number(value.toPrecision(4))
