/** CometBFT with the key-value application that is built into it, in Go and in the same process: the engine's own limit. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CometEngineSettings, type CometHome, writeCometHome } from '@meridian/engine'
import { decodeGenesis, isRefusal } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { makeBenchChain, peersBefore } from './bench-chain.ts'
import type { BenchNetwork } from './network.ts'
import { callRpc } from './rpc-call.ts'

/** What it is made of: the same settings as a network of ours. */
export interface KvstoreOptions {
  /** An empty folder. */
  readonly directory: string
  readonly binary: string
  readonly validators: number
  readonly settings: Partial<CometEngineSettings>
}

interface KvstoreNode {
  readonly process: ChildProcess
  readonly rpcPath: string
  readonly home: CometHome
}

/** Starts it; resolves when every node answers. */
export async function openKvstoreNetwork(options: KvstoreOptions): Promise<BenchNetwork> {
  // The path of a Unix socket holds about a hundred bytes.
  const sockets = mkdtempSync(join(tmpdir(), 'meridian-kv-'))
  const chain = await makeBenchChain(options.validators)
  const genesis = decodeGenesis(chain.genesis)
  if (isRefusal(genesis)) throw new Error('not a chain of a benchmark')
  const nodes: KvstoreNode[] = []
  const close = async (): Promise<void> => {
    for (const { process } of nodes) process.kill('SIGTERM')
    await Promise.all(
      nodes.map(({ process }) => (process.exitCode === null ? once(process, 'exit') : undefined)),
    )
    rmSync(sockets, { recursive: true, force: true })
  }
  try {
    for (const [index, { validatorSeed, nodeSeed, port }] of chain.organisations.entries()) {
      const rpcPath = join(sockets, String(index))
      const home = writeCometHome({
        directory: `${options.directory}/${index + 1}`,
        suite: nodeSuite,
        genesis,
        keys: { validatorSeed, nodeSeed },
        settings: { pex: false, ...options.settings },
        addresses: { p2pListen: `127.0.0.1:${port}`, persistentPeers: peersBefore(chain, index) },
        proxyApp: 'kvstore',
        rpcListen: `unix://${rpcPath}`,
      })
      home.writeKeys()
      const process = spawn(options.binary, ['start', '--home', home.folder], { stdio: 'ignore' })
      nodes.push({ process, rpcPath, home })
      await untilAnswers(rpcPath, process)
      home.removeKeys()
    }
  } catch (error) {
    await close()
    throw error
  }
  return {
    rpcPaths: nodes.map(({ rpcPath }) => rpcPath),
    cometPids: nodes.map(({ process }) => process.pid ?? 0),
    applicationPids: [],
    close,
  }
}

const POLL_MS = 50
const MOST_POLLS = 400

async function untilAnswers(path: string, { exitCode }: ChildProcess): Promise<void> {
  for (let i = 0; i < MOST_POLLS && exitCode === null; i++) {
    const answered = await callRpc(path, 'health', {}).then(
      () => true,
      () => false,
    )
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  throw new Error('the key-value CometBFT does not answer')
}
