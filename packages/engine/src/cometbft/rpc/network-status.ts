/** How CometBFT sees the network: for health pages and metrics, never for consensus. */
import { EngineFailure } from '../../engine-failure.ts'
import type { JsonRpc, RpcAnswer } from './json-rpc.ts'

/** A moment of it. */
export interface NetworkStatus {
  readonly peers: readonly NetworkPeer[]
  /** What is being decided now. */
  readonly height: bigint
  /** 0 in a healthy network; grows while no proposal gets enough votes. */
  readonly round: number
  /** Transactions in this node's mempool. */
  readonly mempool: number
  /** Still fetching blocks that others have. */
  readonly catchingUp: boolean
}

/** A peer that is connected. */
export interface NetworkPeer {
  /** 40 hex digits. */
  readonly nodeId: string
  readonly isOutbound: boolean
}

/** Asks for all of it at once. Rejects with engine.cometbft-failed. */
export async function readNetworkStatus(rpc: JsonRpc): Promise<NetworkStatus> {
  const methods = ['net_info', 'consensus_state', 'num_unconfirmed_txs', 'status']
  const answers = await rpc.batch(methods.map((method) => ({ method, params: {} })))
  const [net, consensus, mempool, status] = answers.map(resultOf)
  const [height = '0', round = '0'] = String(at(consensus, 'round_state', 'height/round/step')).split('/')
  const peers = at(net, 'peers')
  return {
    peers: Array.isArray(peers) ? peers.map(peerOf) : [],
    height: BigInt(height),
    round: Number(round),
    mempool: Number(at(mempool, 'total')),
    catchingUp: at(status, 'sync_info', 'catching_up') === true,
  }
}

function peerOf(peer: unknown): NetworkPeer {
  return { nodeId: String(at(peer, 'node_info', 'id')), isOutbound: at(peer, 'is_outbound') === true }
}

function resultOf(answer: RpcAnswer): unknown {
  if ('error' in answer) throw new EngineFailure('engine.cometbft-failed', { place: 'status' })
  return answer.result
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Readonly<Record<string, unknown>>)[name]
        : undefined,
    value,
  )
}
