/** Recomputes the chains that a home was handed over from, as far as it keeps them, and checks each link. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Archive, type ChainVerdict, isEngineFailure, verifyChain } from '@meridian/engine'
import { createLedger } from '@meridian/ledger'
import { equalBytes, type GenesisDocument, type Handover, headerHash, type Suite } from '@meridian/protocol'
import type { Home } from '../home/home.ts'
import { earlierChainsDir, openChain } from './earlier-chains.ts'

/** What is wrong with a chain: the height, the place there and, for state, the module. `handover` is the link to the next chain. */
export interface ChainFault {
  readonly height: number
  readonly place: string
  readonly module?: string
}

/** One chain before this one. What is not kept cannot be recomputed, nor what came before it. */
export type EarlierVerdict =
  | { readonly chainId: string; readonly kept: false }
  | { readonly chainId: string; readonly kept: true; readonly height: number; readonly fault?: ChainFault }

/** Follows the handovers back from `genesis`, newest first. Effects: a scratch folder for the time it takes. */
export async function verifyEarlierChains(
  home: Pick<Home, 'dir'>,
  { genesis, suite }: { readonly genesis: GenesisDocument; readonly suite: Suite },
  onProgress: (height: bigint, head: bigint) => void,
): Promise<readonly EarlierVerdict[]> {
  const verdicts: EarlierVerdict[] = []
  for (let link = genesis.handover; link !== undefined; ) {
    const directory = join(earlierChainsDir(home), link.chainId)
    if (!existsSync(directory)) return [...verdicts, { chainId: link.chainId, kept: false }]
    const { verdict, before } = await verifyOne(directory, { link, genesis, suite, onProgress })
    verdicts.push(verdict)
    link = before
  }
  return verdicts
}

interface OneChain {
  readonly link: Handover
  readonly genesis: GenesisDocument
  readonly suite: Suite
  readonly onProgress: (height: bigint, head: bigint) => void
}

interface Verified {
  readonly verdict: EarlierVerdict
  /** The chain before this one; undefined for the first, and when what is kept does not say. */
  readonly before: Handover | undefined
}

async function verifyOne(directory: string, one: OneChain): Promise<Verified> {
  const { link, suite } = one
  const about = { chainId: link.chainId, kept: true } as const
  const archive = await openOrDamaged(directory, one)
  if (archive === undefined)
    return { verdict: { ...about, height: 0, fault: { height: 0, place: 'genesis' } }, before: undefined }
  try {
    const { genesis } = archive
    const machine = createLedger({ suite, genesis })
    const verdict = await verifyChain({ directory, genesis, machine, suite, onProgress: one.onProgress })
    const fault = faultOf(verdict) ?? linkFault(archive, link, suite)
    const height = Number(verdict.height)
    return {
      verdict: { ...about, height, ...(fault === undefined ? {} : { fault }) },
      before: genesis.handover,
    }
  } finally {
    await archive.close()
  }
}

async function openOrDamaged(directory: string, { suite, genesis }: OneChain): Promise<Archive | undefined> {
  try {
    return await openChain(directory, suite, genesis)
  } catch (error) {
    if (isEngineFailure(error)) return undefined
    throw error
  }
}

/** The fault of a verdict; undefined when all agrees. */
export function faultOf(verdict: ChainVerdict): ChainFault | undefined {
  if (verdict.ok) return undefined
  const { place, module } = verdict
  return { height: Number(verdict.height), place, ...(module === undefined ? {} : { module }) }
}

/** The next chain names this chain and a block that this one has, with its votes. */
function linkFault(
  chain: Pick<Archive, 'genesisHash' | 'height' | 'block'>,
  link: Handover,
  suite: Suite,
): ChainFault | undefined {
  const header = link.height <= chain.height ? chain.block(link.height)?.header : undefined
  const isLinked =
    equalBytes(chain.genesisHash, link.genesisHash) &&
    header !== undefined &&
    equalBytes(headerHash(suite, header), link.headerHash)
  return isLinked ? undefined : { height: Number(link.height), place: 'handover' }
}
