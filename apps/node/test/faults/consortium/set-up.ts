/** Makes the network of a manifest: keys, genesis document, wires and homes, nothing of it started yet. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findCometBinary, nodeIdOf } from '@meridian/engine'
import { encodeGenesis, fromHex, type GenesisDocument } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { mountSmallDisk, type SmallDisk } from '@meridian/testkit'
import { createFaultNode, type FaultNode } from './fault-node.ts'
import { createLink, type Link } from './link.ts'
import type { Manifest, NodeRow } from './manifest.ts'
import { createMembers, foundMembers, type Member } from './members.ts'
import { createWitness, type Witness } from './witness.ts'
import { writeWrapped } from './wrapped-comet.ts'

/** The program, from PATH or `.tools` of this working copy; the tests that need it are skipped by name without it. */
const cometBinary: string | undefined = findCometBinary({
  searchPath: process.env.PATH,
  toolsFolder: join(import.meta.dirname, '../../../../../.tools'),
})

/** Why a network test is skipped; false when it is not. */
export const skip: string | false = cometBinary === undefined ? 'needs the CometBFT program' : false

/** A wire and the nodes at its ends. */
export interface Wire {
  readonly ends: readonly [number, number]
  readonly link: Link
}

/** The network. */
export interface Network {
  readonly genesis: GenesisDocument
  readonly members: readonly Member[]
  readonly rows: readonly NodeRow[]
  readonly nodes: readonly FaultNode[]
  readonly wires: readonly Wire[]
  readonly disks: ReadonlyMap<number, SmallDisk>
  readonly witness: Witness
  /** Ends everything and removes every file. */
  remove(): Promise<void>
}

/** Quick to see that a proposer is away; two of four may be slow because the machine is. */
const SETTINGS = { proposeTimeoutMs: 1_000, voteTimeoutMs: 500, pex: false }

/** Undefined where the manifest wants a small disk and none can be mounted. */
export async function setUp(manifest: Manifest): Promise<Network | undefined> {
  const root = mkdtempSync(join(tmpdir(), 'meridian-faults-'))
  const { nodes: rows } = manifest
  const disks = mountDisks(rows)
  if (disks === undefined) {
    rmSync(root, { recursive: true })
    return undefined
  }
  const ports = await freePorts(rows.length)
  const ids = rows.map((_, i) => nodeIdOf(nodeSuite, nodeSeed(i)))
  const members = createMembers(manifest.members)
  const genesis = foundMembers(
    members,
    rows.map(({ member }, i) => ({
      member,
      nodeId: fromHex(ids[i] as string) as Uint8Array,
      port: ports[i] as number,
    })),
  )
  const witness = createWitness(manifest.except ?? [])
  const wires = await createWires(ports)
  const nodes = rows.map((row, i) => {
    const directory = join(disks.get(i)?.folder ?? root, `node-${i + 1}`)
    mkdirSync(directory, { recursive: true })
    const member = members[row.member] as Member
    const peers = wires
      .filter(({ ends }) => ends[0] === i)
      .map(({ ends, link }) => `${ids[ends[1]]}@127.0.0.1:${link.port}`)
    return createFaultNode(
      `node-${i + 1}`,
      {
        genesis: encodeGenesis(genesis),
        diverges: row.diverges ?? false,
        clockOffsetMs: row.clockOffsetMs ?? 0,
        options: {
          directory,
          settings: { ...SETTINGS, ...snapshotsOf(manifest) },
          binary: programOf(root, row),
          keys: {
            nodeSeed: nodeSeed(i),
            ...(member.memberClass === 'core' ? { validatorSeed: member.validatorSeed } : {}),
          },
          addresses: { p2pListen: `127.0.0.1:${ports[i]}`, persistentPeers: peers },
        },
      },
      {
        onBlock: (block) => witness.saw(i, block),
        onStart: () => witness.restarted(i),
        statesAt: witness.statesAt,
      },
    )
  })
  return {
    genesis,
    members,
    rows,
    nodes,
    wires,
    disks,
    witness,
    async remove() {
      await Promise.all(nodes.map((node) => node.kill('machine')))
      for (const { link } of wires) link.close()
      for (const disk of disks.values()) disk.remove()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

function snapshotsOf({ snapshotInterval }: Manifest): { readonly snapshotInterval?: number } {
  return snapshotInterval === undefined ? {} : { snapshotInterval }
}

function programOf(root: string, { tampering, clockOffsetMs }: NodeRow): string {
  const binary = cometBinary ?? ''
  if (tampering !== undefined)
    return writeWrapped(root, { script: 'tampered-comet.ts', told: tampering }, binary)
  return clockOffsetMs === undefined
    ? binary
    : writeWrapped(root, { script: 'skewed-comet.ts', told: String(clockOffsetMs) }, binary)
}

function mountDisks(rows: readonly NodeRow[]): ReadonlyMap<number, SmallDisk> | undefined {
  const disks = new Map<number, SmallDisk>()
  for (const [i, { diskMegabytes }] of rows.entries()) {
    const disk = diskMegabytes === undefined ? undefined : mountSmallDisk(diskMegabytes)
    if (diskMegabytes === undefined) continue
    if (disk === undefined) return undefined
    disks.set(i, disk)
  }
  return disks
}

/** Each node dials those before it, through a wire of their own. */
async function createWires(ports: readonly number[]): Promise<readonly Wire[]> {
  const wires: Wire[] = []
  for (const from of ports.keys()) {
    for (let to = 0; to < from; to++)
      wires.push({ ends: [from, to], link: await createLink(ports[to] as number) })
  }
  return wires
}

function nodeSeed(index: number): Uint8Array {
  return new Uint8Array(32).fill(200 + index)
}

/** Below the ports that systems hand out by themselves, so that nobody else gets one before its node listens. */
const LOWEST_PORT = 20_000
const PORTS = 12_000

async function freePorts(count: number): Promise<readonly number[]> {
  const free: number[] = []
  while (free.length < count) {
    const port = LOWEST_PORT + Math.floor(Math.random() * PORTS)
    if (!free.includes(port) && (await isFree(port))) free.push(port)
  }
  return free
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
