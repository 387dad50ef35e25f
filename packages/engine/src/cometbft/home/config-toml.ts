/** The configuration of CometBFT: what differs from its own defaults, and why. Design §6. */

/** What an operator may set. Durations in milliseconds. */
export interface CometSettings {
  /** How long the others wait for a proposal: a dead proposer costs this much. */
  readonly proposeTimeoutMs: number
  /** How long to wait for the missing votes of a step. */
  readonly voteTimeoutMs: number
  /** Without work a block is made this often, so that block time stays near the clock. */
  readonly blockIntervalMs: number
  /** Transactions that CometBFT's own queue holds. */
  readonly mempoolSize: number
  /** Whether peers tell one another the addresses of others. */
  readonly pex: boolean
  /** Where Prometheus metrics of CometBFT are served on the loopback interface; absent: nowhere. */
  readonly metricsPort: number | undefined
}

/** What holds when nothing else is said. */
export const COMET_DEFAULTS: CometSettings = {
  proposeTimeoutMs: 1_000,
  voteTimeoutMs: 500,
  blockIntervalMs: 600_000,
  mempoolSize: 10_000,
  pex: true,
  metricsPort: undefined,
}

/** The addresses of one node. */
export interface CometAddresses {
  /** Where peers connect: `host:port`. */
  readonly p2pListen: string
  /** What peers are told to dial when it differs: `host:port`. */
  readonly p2pExternal?: string
  /** Peers to stay connected to: `nodeid@host:port`. */
  readonly persistentPeers: readonly string[]
  /** Those of them that are let in before this node has caught up, whatever its state says; all of them unless it is said. */
  readonly admittedPeers?: readonly string[]
}

/** What the file is made of. */
export interface ConfigParts {
  readonly settings: CometSettings
  readonly addresses: CometAddresses
  /** Where the application listens, as CometBFT writes it. */
  readonly proxyApp: string
  /** Where CometBFT is asked: a Unix socket in a private folder, or loopback. */
  readonly rpcListen: string
  readonly stateSync?: StateSyncSource
}

/** From whom and from which height a new node takes a snapshot. */
export interface StateSyncSource {
  /** Two RPC addresses at least. */
  readonly servers: readonly string[]
  readonly trustHeight: bigint
  /** Header hash at that height, hex. */
  readonly trustHash: string
}

/** The text of config.toml. */
export function configToml(parts: ConfigParts): string {
  return [
    baseSection(parts),
    rpcSection(parts),
    p2pSection(parts),
    mempoolSection(parts.settings),
    stateSyncSection(parts.stateSync),
    consensusSection(parts.settings),
    // The last answers are kept in any case; the old ones are in the node's own store.
    ['[storage]', 'discard_abci_responses = true'],
    ['[tx_index]', 'indexer = "null"'],
    metricsSection(parts.settings),
  ]
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n')
}

function baseSection({ proxyApp }: ConfigParts): string[] {
  return [
    `proxy_app = ${JSON.stringify(proxyApp)}`,
    'abci = "socket"',
    'moniker = "meridian"',
    'db_backend = "goleveldb"',
    'log_level = "error"',
    'log_format = "json"',
    '# Every peer is shown to the application, which admits members only.',
    'filter_peers = true',
  ]
}

function rpcSection({ rpcListen }: ConfigParts): string[] {
  return [
    '[rpc]',
    `laddr = ${JSON.stringify(rpcListen)}`,
    'unsafe = false',
    '# Only this node asks, and it asks in batches.',
    'max_request_batch_size = 0',
    'max_body_bytes = 4000000',
  ]
}

function p2pSection({ addresses, settings }: ConfigParts): string[] {
  return [
    '[p2p]',
    `laddr = ${JSON.stringify(`tcp://${addresses.p2pListen}`)}`,
    `external_address = ${JSON.stringify(addresses.p2pExternal ?? '')}`,
    `persistent_peers = ${JSON.stringify(addresses.persistentPeers.join(','))}`,
    `pex = ${settings.pex}`,
    '# Members meet on private networks; who may connect is decided by membership.',
    'addr_book_strict = false',
    'allow_duplicate_ip = true',
    'flush_throttle_timeout = "2ms"',
    'max_packet_msg_payload_size = 65536',
    'send_rate = 51200000',
    'recv_rate = 51200000',
    'persistent_peers_max_dial_period = "5s"',
  ]
}

function mempoolSection({ mempoolSize }: CometSettings): string[] {
  return [
    '[mempool]',
    'type = "flood"',
    '# What waits is judged once, when it comes, and again by its block: asking about all of it after every block costs more than the few that',
    '# a block then refuses.',
    'recheck = false',
    `size = ${mempoolSize}`,
    `cache_size = ${mempoolSize * 2}`,
    'max_tx_bytes = 65536',
    'max_txs_bytes = 67108864',
  ]
}

function stateSyncSection(source: StateSyncSource | undefined): string[] {
  if (source === undefined) return ['[statesync]', 'enable = false']
  return [
    '[statesync]',
    'enable = true',
    `rpc_servers = ${JSON.stringify(source.servers.join(','))}`,
    `trust_height = ${source.trustHeight}`,
    `trust_hash = ${JSON.stringify(source.trustHash)}`,
    'trust_period = "720h0m0s"',
    'discovery_time = "5s"',
  ]
}

function consensusSection(settings: CometSettings): string[] {
  const { proposeTimeoutMs, voteTimeoutMs } = settings
  return [
    '[consensus]',
    `timeout_propose = "${proposeTimeoutMs}ms"`,
    `timeout_prevote = "${voteTimeoutMs}ms"`,
    `timeout_precommit = "${voteTimeoutMs}ms"`,
    'timeout_commit = "0s"',
    'create_empty_blocks = false',
    `create_empty_blocks_interval = "${settings.blockIntervalMs}ms"`,
    'peer_gossip_sleep_duration = "10ms"',
  ]
}

function metricsSection({ metricsPort }: CometSettings): string[] {
  return [
    '[instrumentation]',
    `prometheus = ${metricsPort !== undefined}`,
    `prometheus_listen_addr = "127.0.0.1:${metricsPort ?? 26_660}"`,
  ]
}
