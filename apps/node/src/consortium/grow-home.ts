/**
 * An organisation that kept a chain of its own becomes a founder of a consortium: the new genesis document names the head of its chain,
 * the chain is kept beside to be read, and the home goes on with the new one. Each step leaves a home that either works as before or says
 * that `meridian join` has to be run again.
 */
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { type Archive, isEngineFailure } from '@meridian/engine'
import {
  encodeGenesis,
  equalBytes,
  type GenesisDocument,
  type Handover,
  type Suite,
} from '@meridian/protocol'
import { earlierChainsDir, openChain } from '../backup/earlier-chains.ts'
import { OutsideFailure, UsageError } from '../command-line/command.ts'
import { type Configuration, readConfiguration } from '../home/configuration.ts'
import { syncFolder, writeWhole } from '../home/durable-file.ts'
import type { Home } from '../home/home.ts'
import { createKeyFile, hasKeyFile } from '../home/key-file.ts'
import { isLocked } from '../home/lock.ts'
import { readGenesis } from '../wiring/read-genesis.ts'

/** The head of a home's own chain, and the time of it in seconds since 1970. */
export interface ChainHead {
  readonly organisation: string
  readonly handover: Handover
  readonly timeSeconds: number
}

const NANOS_PER_SECOND = 1_000_000_000n

/** Reads it. @throws UsageError when the home's node runs, is in a consortium already, or has no signed block. */
export async function chainHeadOf(home: Home, suite: Suite): Promise<ChainHead> {
  refuseRunning(home)
  const { organisation, engine } = readConfiguration(home, {})
  if (engine !== 'embedded') throw inConsortium(home)
  const { genesis } = readGenesis(home, suite)
  const chain = await openChain(home.ledger, suite, genesis)
  try {
    const { handover, height } = chain
    if (handover === undefined) throw noBlock(home)
    const time = chain.block(height)?.header.time ?? 0n
    return { organisation: organisation.id, handover, timeSeconds: Number(time / NANOS_PER_SECOND) }
  } finally {
    await chain.close()
  }
}

/** What a card says of a home that has a chain of its own; the engine stays what it is until `meridian join`. */
export function prepareToGrow(home: Home, changed: Configuration, passphrase: string): void {
  if (!hasKeyFile(home, 'node')) createKeyFile(home, 'node', passphrase)
  writeWhole(home.configuration, `${JSON.stringify(changed, null, 2)}\n`)
}

/** Whether the home's own chain is the one that `genesis` goes on from. */
export function isGrowing(home: Home, { handover }: GenesisDocument, suite: Suite): boolean {
  return handover !== undefined && equalBytes(readGenesis(home, suite).genesisHash, handover.genesisHash)
}

/** Takes the new chain into the home. @throws UsageError when its own chain has gone on since the document was made. */
export async function growHome(home: Home, genesis: GenesisDocument, suite: Suite): Promise<void> {
  refuseRunning(home)
  const own = await openOwn(home, genesis, suite)
  const head = own?.handover
  await own?.close()
  const named = genesis.handover as Handover
  const isHead =
    head !== undefined && head.height === named.height && equalBytes(head.headerHash, named.headerHash)
  if (!isHead) throw wentOn(home)
  const given = JSON.parse(readFileSync(home.configuration, 'utf8')) as Partial<Configuration>
  // The engine first: from here on nothing extends the old chain any more, whatever happens.
  writeWhole(home.configuration, `${JSON.stringify({ ...given, engine: 'cometbft' }, null, 2)}\n`)
  writeWhole(home.genesis, encodeGenesis(genesis))
  await putOwnChainAside(home, genesis, suite)
}

/** The last step, which a stop may have left out: the old chain lies where earlier chains are read from. */
export async function putOwnChainAside(home: Home, genesis: GenesisDocument, suite: Suite): Promise<void> {
  if (genesis.handover === undefined || isLocked(home)) return
  const own = await openOwn(home, genesis, suite)
  await own?.close()
  if (own?.chainId !== genesis.handover.chainId) return
  const chains = earlierChainsDir(home)
  mkdirSync(chains, { recursive: true, mode: 0o700 })
  renameSync(home.ledger, join(chains, genesis.handover.chainId))
  mkdirSync(home.ledger, { mode: 0o700 })
  syncFolder(home.dir)
}

async function openOwn(home: Home, genesis: GenesisDocument, suite: Suite): Promise<Archive | undefined> {
  if (!existsSync(home.ledger)) return undefined
  try {
    return await openChain(home.ledger, suite, genesis)
  } catch (error) {
    if (isEngineFailure(error)) return undefined
    throw error
  }
}

function refuseRunning(home: Home): void {
  if (!isLocked(home)) return
  throw new OutsideFailure({
    zh: `${home.dir} 的节点正在运行。请先停止它，使旧链不再延长。`,
    en: `The node of ${home.dir} runs. Stop it first, so that its chain grows no more.`,
  })
}

function inConsortium(home: Home): UsageError {
  return new UsageError(
    {
      zh: `${home.dir} 已属于一个联盟；只有独立运行的数据目录才能以接续方式成为创始成员。`,
      en: `${home.dir} belongs to a consortium already; only a home with a chain of its own founds one by handover.`,
    },
    'founding.in-consortium',
  )
}

function noBlock(home: Home): UsageError {
  return new UsageError(
    {
      zh: `${home.dir} 的链还没有已签名的区块，无须接续；请不带 --from-home。`,
      en: `The chain of ${home.dir} has no signed block to go on from; leave --from-home out.`,
    },
    'founding.no-block',
  )
}

function wentOn(home: Home): UsageError {
  return new UsageError(
    {
      zh: `创世文件所指的不是 ${home.dir} 旧链的最新区块：生成创世文件之后该节点又运行过。请停止节点，重新运行 meridian found --from-home。`,
      en: `The genesis document does not name the newest block of the chain in ${home.dir}: its node ran after the document was made. Stop it and run meridian found --from-home again.`,
    },
    'join.chain-went-on',
  )
}
