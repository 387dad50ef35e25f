/** A running network that a load can be put on: what the load generator needs of it, and whose processor time is whose. */
import type { CometEngineSettings } from '@meridian/engine'
import { type BenchChain, makeBenchChain } from './bench-chain.ts'
import { type Asked, startAsked } from './child-process.ts'
import type { MemberAnswer, MemberOrder } from './member-child.ts'

/** Four, or one, CometBFT and what executes for them. */
export interface BenchNetwork {
  /** Unix sockets of CometBFT's RPC, one for each node. */
  readonly rpcPaths: readonly string[]
  /** Process ids of CometBFT. */
  readonly cometPids: readonly number[]
  /** Process ids of the applications; none where they live inside CometBFT. */
  readonly applicationPids: readonly number[]
  close(): Promise<void>
}

/** Members with applications of ours. */
export interface MemberNetwork extends BenchNetwork {
  readonly chain: BenchChain
  readonly members: readonly Asked<MemberOrder, MemberAnswer>[]
}

/** What a network of ours is made of. */
export interface MemberNetworkOptions {
  /** An empty folder. */
  readonly directory: string
  readonly binary: string
  readonly validators: number
  readonly checksSignatures: boolean
  readonly settings: Partial<CometEngineSettings>
  /** Switches of Node for the first application, such as `--cpu-prof`. */
  readonly execArgv?: readonly string[]
}

/** Opens it, each application in its own process, and publishes the standards set that every batch names. */
export async function openMemberNetwork(options: MemberNetworkOptions): Promise<MemberNetwork> {
  const { directory, binary, validators, checksSignatures, settings, execArgv = [] } = options
  const chain = await makeBenchChain(validators)
  const members = chain.organisations.map((_, i) =>
    startAsked<MemberOrder, MemberAnswer>(
      new URL('./member-child.ts', import.meta.url),
      i === 0 ? execArgv : [],
    ),
  )
  const close = async (): Promise<void> => {
    await Promise.all(members.map((member) => member.close()))
  }
  try {
    const opened: MemberAnswer[] = []
    for (const [index, member] of members.entries()) {
      const home = `${directory}/${index + 1}`
      const open = { directory: home, chain, index, binary, checksSignatures, settings }
      opened.push(await member.ask({ open }))
    }
    await members[0]?.ask({ publish: true })
    return {
      chain,
      members,
      rpcPaths: opened.map(({ rpc = '' }) => rpc.replace('unix://', '')),
      cometPids: opened.map(({ cometPid = 0 }) => cometPid),
      applicationPids: members.map(({ pid }) => pid),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
