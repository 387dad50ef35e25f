/** A chain for one benchmark: its genesis document, the keys of its organisations, and statements of a chosen size, signed ahead. */
import { createServer } from 'node:net'
import { signForLedger } from '@meridian/client'
import { nodeIdOf } from '@meridian/engine'
import {
  concatBytes,
  encodeGenesis,
  type GenesisDocument,
  genesisHash,
  type Signer,
  type StatementBodies,
} from '@meridian/protocol'
import { createSigner, nodeSuite, randomBytes } from '@meridian/protocol/node'

/** What every process of a network is told. It travels between processes: bytes, texts and numbers only. */
export interface BenchChain {
  /** Text of the genesis document. */
  readonly genesis: string
  /** One for each organisation, which has one validator and one node. */
  readonly organisations: readonly BenchOrganisation[]
}

/** Seeds of one organisation, 32 bytes each, made for one run and gone with it. */
export interface BenchOrganisation {
  readonly id: string
  readonly statementSeed: Uint8Array
  readonly validatorSeed: Uint8Array
  readonly nodeSeed: Uint8Array
  /** Port of loopback on which its CometBFT meets the others. */
  readonly port: number
}

/** Bytes of a small statement: a batch anchor as it is, 382 of them with these names. */
export const SMALL = 0

const STANDARDS_SET = new Uint8Array(32)

/** A chain of `count` organisations with the same power. */
export async function makeBenchChain(count: number): Promise<BenchChain> {
  const ports = await freePorts(count)
  const organisations = ports.map((port, i) => ({
    id: `hospital-${i + 1}`,
    statementSeed: randomBytes(32),
    validatorSeed: randomBytes(32),
    nodeSeed: randomBytes(32),
    port,
  }))
  const genesis: GenesisDocument = {
    chainName: 'bench',
    genesisTime: `${new Date(Date.now() - 60_000).toISOString().slice(0, 19)}Z`,
    parameters: { minValidators: Math.min(count, 4) },
    organisations: organisations.map(({ id, statementSeed }) => ({
      id,
      names: { zh: '压测机构', en: 'Bench' },
      kind: 'tertiary-hospital',
      keys: [{ purpose: 'statement', publicKey: createSigner(statementSeed).publicKey }],
    })),
    validators: organisations.map(({ id, validatorSeed }) => ({
      organisation: id,
      publicKey: createSigner(validatorSeed).publicKey,
      power: 10n,
    })),
  }
  return { genesis: encodeGenesis(genesis), organisations }
}

/** What peers dial: `id@host:port` of the organisations before `index`, since two that dial each other lose both connections. */
export function peersBefore({ organisations }: BenchChain, index: number): string[] {
  return organisations
    .slice(0, index)
    .map(({ nodeSeed, port }) => `${nodeIdOf(nodeSuite, nodeSeed)}@127.0.0.1:${port}`)
}

/** Signs for one organisation. */
export interface BenchVoice {
  /** The standards set that every batch of the benchmark names; to be in a block before the first batch. */
  standards(): Uint8Array
  /** A statement of `bytes` bytes, or of the size of a batch anchor for `SMALL`. Each counts once. */
  statement(bytes: number): Uint8Array
  /** Anchors `root` over `size` commitments. */
  batch(root: Uint8Array, size: number): Uint8Array
}

/** The voice of one organisation, which may speak from now on for half a day. */
export function benchVoice(
  genesis: GenesisDocument,
  organisation: BenchOrganisation,
  signer: Signer = createSigner(organisation.statementSeed),
): BenchVoice {
  const identity = {
    suite: nodeSuite,
    signer,
    organisation: organisation.id,
    genesisHash: genesisHash(nodeSuite, genesis),
    newUniqueId: () => randomBytes(16),
  }
  const now = new Date()
  const time = { blockTimeSeconds: BigInt(Math.floor(now.getTime() / 1000)), lifeSeconds: 43_200n }
  const batch = (root: Uint8Array, size: number): Uint8Array => {
    const body: StatementBodies['anchor-batch'] = {
      batchId: randomBytes(16),
      day: now.toISOString().slice(0, 10),
      standardsSetHash: STANDARDS_SET,
      root,
      size,
    }
    return signForLedger(identity, { kind: 'anchor-batch', body, ...time }).bytes
  }
  const announce = (letters: number): Uint8Array => {
    const body = {
      organisation: organisation.id,
      endpoints: { door: '', nodes: longAddresses(organisation, letters) },
    }
    return signForLedger(identity, { kind: 'announce-endpoints', body, ...time }).bytes
  }
  const roomLeft = (bytes: number): number => bytes - announce(LEAST_LETTERS).length + LEAST_LETTERS
  return {
    standards: () =>
      signForLedger(identity, {
        kind: 'publish-artefact',
        body: { id: 'standards/bench', version: '1.0.0', contentHash: STANDARDS_SET, kind: 'standards-set' },
        ...time,
      }).bytes,
    statement: (bytes) => (bytes === SMALL ? batch(randomBytes(32), 16) : announce(roomLeft(bytes))),
    batch,
  }
}

const NODES = 4

/** Above 23 and 255 letters a text needs a longer head, so sizes are compared where every address has the same one. */
const LEAST_LETTERS = NODES * 64

/** Four nodes, no other member's, whose addresses have so many letters together: the one kind of statement that may be long. */
function longAddresses(
  { nodeSeed }: BenchOrganisation,
  letters: number,
): { nodeId: Uint8Array; address: string }[] {
  return Array.from({ length: NODES }, (_, i) => {
    const own = Math.floor(letters / NODES) + (i < letters % NODES ? 1 : 0)
    return {
      nodeId: nodeSuite.sha256(concatBytes(nodeSeed, new Uint8Array([i]))).subarray(0, 20),
      address: `${'h'.repeat(own - 6)}:26656`,
    }
  })
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const ports = servers.map((server) => {
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  })
  for (const server of servers) await new Promise((resolve) => server.close(resolve))
  return ports
}
