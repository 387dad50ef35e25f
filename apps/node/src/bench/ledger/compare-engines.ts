/** The four networks under one load, one after another in one run: the engine's own limit, ours without and with signatures, ours alone. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openKvstoreNetwork } from './kvstore-network.ts'
import { type LedgerLoad, type Load, measureLoad } from './measure-load.ts'
import { openMemberNetwork } from './network.ts'

/** Where, and with which program. */
export interface BenchGround {
  /** A folder to be thrown away. */
  readonly directory: string
  /** The CometBFT program. */
  readonly binary: string
  readonly log: (text: string) => void
}

/** One body size. */
export interface Comparison {
  readonly kvstore: LedgerLoad
  readonly unsigned: LedgerLoad
  readonly signed: LedgerLoad
  readonly single: LedgerLoad
  /** Committed by ours for each that the key-value application committed. */
  readonly ratioUnsigned: number
  readonly ratioSigned: number
}

/** The settings of every network: blocks of 512 KiB (of the genesis document), and CometBFT as a node of the product has it. */
const SETTINGS = { mempoolPerIssuer: 10_000 } as const

/** Runs them. */
export async function compareEngines(ground: BenchGround, load: Load): Promise<Comparison> {
  const kvstore = await ofKvstore(ground, load)
  const unsigned = await ofMembers(ground, load, { name: 'unsigned', validators: 4, checksSignatures: false })
  const signed = await ofMembers(ground, load, { name: 'signed', validators: 4, checksSignatures: true })
  const single = await ofMembers(ground, load, { name: 'single', validators: 1, checksSignatures: true })
  const ratio = ({ committedPerS }: LedgerLoad): number =>
    Number((committedPerS / kvstore.committedPerS).toPrecision(3))
  return {
    kvstore,
    unsigned,
    signed,
    single,
    ratioUnsigned: ratio(unsigned),
    ratioSigned: ratio(signed),
  }
}

async function ofKvstore(ground: BenchGround, load: Load): Promise<LedgerLoad> {
  ground.log(`kvstore, ${load.statements}`)
  const directory = homeOf(ground, `kvstore-${load.bytes}`)
  const network = await openKvstoreNetwork({ ...ground, directory, validators: 4, settings: SETTINGS })
  try {
    return await measureLoad(network, load, undefined)
  } finally {
    await network.close()
  }
}

interface OurNetwork {
  readonly name: string
  readonly validators: number
  readonly checksSignatures: boolean
}

async function ofMembers(ground: BenchGround, load: Load, ours: OurNetwork): Promise<LedgerLoad> {
  ground.log(`${ours.name}, ${load.statements}`)
  const directory = homeOf(ground, `${ours.name}-${load.bytes}`)
  const network = await openMemberNetwork({ ...ground, ...ours, directory, settings: SETTINGS })
  try {
    return await measureLoad(network, load, network.chain)
  } finally {
    await network.close()
  }
}

/** A folder for the homes of one network. */
export function homeOf({ directory }: BenchGround, name: string): string {
  const home = join(directory, name)
  mkdirSync(home, { recursive: true })
  return home
}
