/** The validators as a page shows them: who signed the last blocks, who is late or down, and where consensus is. */
import type { NetworkStatus } from '@meridian/engine'
import type { ValidatorRow, ValidatorsDocument } from '@meridian/gateway'
import { membershipQueries } from '@meridian/ledger'
import { timeToText, toHex } from '@meridian/protocol'
import type { Node } from '../wiring/node.ts'
import type { BlockVote, SignedBlock, SigningRecord } from './signing-record.ts'

const { organisations, validatorsOf } = membershipQueries

/** What of a node it is read from. */
export type ValidatingNode = Pick<Node, 'engine' | 'configuration' | 'clock'>

/** Reads it now. A CometBFT that does not answer leaves its part out. */
export async function validatorsDocument(
  { engine, configuration, clock }: ValidatingNode,
  record: SigningRecord,
): Promise<ValidatorsDocument> {
  const network = await engine.network?.().catch(() => undefined)
  const { height, time, waiting } = engine.status()
  const blocks = record.read()
  const peers = network === undefined ? undefined : new Set(network.peers.map(({ nodeId }) => nodeId))
  const own = configuration.organisation.id
  const lagMs = Math.max(0, clock.now().getTime() - Number(time / 1_000_000n))
  const isStuck =
    Math.max(waiting, network?.mempool ?? 0) > 0 && lagMs >= configuration.monitoring.stillAfterMs
  return {
    height: Number(height),
    blockTime: timeToText(time),
    lagSeconds: Math.round(lagMs / 1000),
    waiting,
    window: { from: Number(blocks[0]?.height ?? 0n), to: Number(blocks.at(-1)?.height ?? 0n) },
    items: rowsOf(engine.state, { blocks, peers, own, isStuck }),
    ...(network === undefined ? {} : { network: networkOf(network) }),
    engine: configuration.engine,
  }
}

function networkOf({ height, round, peers, mempool, catchingUp }: NetworkStatus) {
  return { height: Number(height), round, peers: peers.length, mempool, catchingUp }
}

interface Seen {
  readonly blocks: readonly SignedBlock[]
  /** Node ids that are connected; undefined where nobody knows. */
  readonly peers: ReadonlySet<string> | undefined
  readonly own: string
  /** No block comes though statements wait: who was signing before says nothing of now. */
  readonly isStuck: boolean
}

function rowsOf(state: Node['engine']['state'], seen: Seen): ValidatorRow[] {
  const members = organisations(state)
  return validatorsOf(state).map(({ organisation, keyId }): ValidatorRow => {
    const nodes = members.get(organisation)?.endpoints.nodes ?? []
    const isOwn = organisation === seen.own
    const { peers } = seen
    const isConnected = nodes.some(({ nodeId }) => peers?.has(toHex(nodeId)) === true)
    const row = rowOver(seen.blocks, toHex(keyId.subarray(0, 20)))
    if (isOwn || peers === undefined || nodes.length === 0) return { organisation, isOwn, ...row }
    const isAway = seen.isStuck && !isConnected
    return { organisation, isOwn, ...row, isConnected, ...(isAway ? { state: 'down' } : {}) }
  })
}

const letters: Readonly<Record<BlockVote, string>> = { signed: 's', nil: 'n', missed: 'm' }

/** One validator over the window. */
export function rowOver(
  blocks: readonly SignedBlock[],
  address: string,
): Pick<ValidatorRow, 'address' | 'signed' | 'proposed' | 'lastSigned' | 'state'> {
  const signed = blocks.map(({ votes }) => letters[votes.get(address) as BlockVote] ?? '-').join('')
  const last = blocks.findLast(({ votes }) => votes.get(address) === 'signed')
  return {
    address,
    signed,
    proposed: blocks.filter(({ proposer }) => proposer === address).length,
    ...(last === undefined ? {} : { lastSigned: Number(last.height) }),
    state: stateOf(signed.replaceAll('-', '')),
  }
}

/** Silent for that many blocks is down. A vote that comes a little late is left out of a commit now and then: that alone is nothing. */
const SILENT = 10

function stateOf(votes: string): ValidatorRow['state'] {
  if (votes === '') return 'unknown'
  const newest = votes.slice(-SILENT)
  if (!newest.includes('s')) return newest.length < SILENT ? 'late' : 'down'
  return votes.replaceAll('s', '').length * 2 > votes.length ? 'late' : 'signing'
}
