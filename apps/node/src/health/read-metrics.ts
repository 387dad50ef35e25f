/** What the node counts, as Prometheus families: the chain, CometBFT, the rooms of the corridor, refusals. Numbers, codes and room names only. */
import type { NetworkStatus } from '@meridian/engine'
import type { Node } from '../wiring/node.ts'
import type { Family, Sample } from './prometheus-text.ts'
import type { Health } from './watch-health.ts'

/** The parts of a node that are counted. */
export interface CountedNode extends Pick<Node, 'engine' | 'refusals' | 'clock'> {
  readonly vault: Pick<Node['vault'], 'status'> & {
    readonly quarantine: Pick<Node['vault']['quarantine'], 'groups'>
  }
}

/** All of them, read now. A vault that does not answer leaves its families out and sets `meridian_vault_up` to 0. */
export async function readMetrics(node: CountedNode, health: Health): Promise<readonly Family[]> {
  const [comet, rooms] = await Promise.all([cometFamilies(node), roomFamilies(node)])
  return [...ledgerFamilies(node, health), ...comet, ...rooms, refusalFamily(node), ...processFamilies()]
}

function ledgerFamilies({ engine, clock }: CountedNode, health: Health): readonly Family[] {
  const { height, time, waiting, logSize, validators } = engine.status()
  const lag = Math.max(0, clock.now().getTime() / 1000 - Number(time / 1_000_000n) / 1000)
  const alarms = health.alarms()
  const isStill = alarms.some(({ code }) => code === 'ledger.stands-still')
  return [
    gauge('meridian_ledger_height', 'Height of the newest signed block.', Number(height)),
    gauge('meridian_ledger_validators', 'Validators that order the chain.', validators),
    gauge('meridian_ledger_log_size', 'Accepted statements in the evidence log.', logSize),
    gauge('meridian_ledger_waiting_statements', 'Statements of this node that wait for a block.', waiting),
    gauge('meridian_ledger_block_lag_seconds', 'Clock of this machine minus time of the newest block.', lag),
    gauge(
      'meridian_ledger_stands_still',
      '1 while statements wait and the height does not move.',
      Number(isStill),
    ),
    gauge(
      'meridian_ledger_halted',
      '1 when the engine has stopped for good.',
      Number(engine.halted() !== undefined),
    ),
  ]
}

async function cometFamilies({ engine }: CountedNode): Promise<readonly Family[]> {
  if (engine.network === undefined) return []
  const network = await engine.network().catch(() => undefined)
  const restarts = engine.restarts?.() ?? 0
  return [
    gauge('meridian_cometbft_up', '1 while CometBFT answers.', Number(network !== undefined)),
    counter('meridian_cometbft_restarts_total', 'How often CometBFT was started again.', [
      { value: restarts },
    ]),
    ...(network === undefined ? [] : networkFamilies(network)),
  ]
}

function networkFamilies({ peers, height, round, mempool, catchingUp }: NetworkStatus): readonly Family[] {
  return [
    gauge('meridian_cometbft_peers', 'Peers that are connected.', peers.length),
    gauge('meridian_cometbft_height', 'Height that is being decided.', Number(height)),
    gauge('meridian_cometbft_round', 'Round at that height; 0 in a healthy network.', round),
    gauge('meridian_cometbft_mempool_statements', 'Statements in the mempool of this node.', mempool),
    gauge(
      'meridian_cometbft_catching_up',
      '1 while blocks are fetched that others have.',
      Number(catchingUp),
    ),
  ]
}

async function roomFamilies({ vault }: CountedNode): Promise<readonly Family[]> {
  try {
    const [status, groups] = await Promise.all([vault.status(), vault.quarantine.groups()])
    const quarantined = groups.map(({ room, code, count }) => ({ value: count, labels: { room, code } }))
    const states = Object.entries(status.versions).map(([state, value]) => ({ value, labels: { state } }))
    return [
      gauge('meridian_vault_up', '1 while the vault answers.', 1),
      counter('meridian_received_total', 'Items received, duplicates included.', [
        { value: status.received },
      ]),
      counter('meridian_duplicates_total', 'Items that had come before.', [{ value: status.duplicates }]),
      gauge('meridian_inbox_items', 'Items kept and not yet through the rooms.', status.pending),
      gauge(
        'meridian_outbox_versions',
        'Versions not yet final on the ledger.',
        status.versions.sealed + status.versions.submitted,
      ),
      gauge('meridian_outbox_batches', 'Batches signed and in no block yet.', status.batches.submitted),
      gauges('meridian_versions', 'Record versions by state.', states),
      gauge('meridian_records', 'Records.', status.records),
      gauges('meridian_quarantine_items', 'Items in quarantine by room and code.', quarantined),
    ]
  } catch {
    return [gauge('meridian_vault_up', '1 while the vault answers.', 0)]
  }
}

function refusalFamily({ refusals }: CountedNode): Family {
  const samples = [...refusals.all()].map(([code, value]) => ({ value, labels: { code } }))
  return counter(
    'meridian_ledger_refusals_total',
    'Statements the ledger refused through this node, by code.',
    samples,
  )
}

function processFamilies(): readonly Family[] {
  const { rss } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  const started = Date.now() / 1000 - process.uptime()
  return [
    gauge('process_resident_memory_bytes', 'Resident memory size in bytes.', rss),
    counter('process_cpu_seconds_total', 'User and system CPU time in seconds.', [
      { value: (user + system) / 1e6 },
    ]),
    gauge('process_start_time_seconds', 'Start time of the process since 1970 in seconds.', started),
  ]
}

const gauges = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  type: 'gauge',
  help,
  samples,
})

const gauge = (name: string, help: string, value: number): Family => gauges(name, help, [{ value }])

const counter = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  type: 'counter',
  help,
  samples,
})
