/** `meridian.json`: what the institution decides about its node. Unknown keys are refused, so a typo never passes silently. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Source } from '@meridian/gateway'
import type { MemberClass } from '@meridian/protocol'
import { profileNames } from '@meridian/standards'
import { UsageError } from '../command-line/command.ts'
import type { TlsFiles } from '../serve/read-tls.ts'
import { namesInUse, readEnvironment } from './environment.ts'
import type { Home } from './home.ts'
import { type ConfiguredLimits, wrongLimits } from './limits.ts'

/** A source together with the door it comes through, when it has one of its own. */
export interface ConfiguredSource extends Source {
  /** TCP port of its MLLP server, on `host` (default loopback). */
  readonly mllp?: {
    readonly port: number
    readonly host?: string
    readonly allow?: readonly string[]
    /** Off loopback one of these two. With `ca`, senders must show a certificate of it. */
    readonly tls?: TlsFiles
    /** SHA-256 fingerprints (hex) of the client certificates that may connect; needs `tls`. */
    readonly clientCertificates?: readonly string[]
    readonly behindProxy?: boolean
  }
  /** A folder that is watched: every file dropped there is taken in and answered beside it. */
  readonly folder?: string
}

/** Where console, FHIR and ledger doors are. Off loopback it needs `tls` or `behindProxy`. */
export interface Listen {
  readonly host: string
  readonly port: number
  readonly tls?: TlsFiles
  /** One proxy of the institution's stands in front and speaks TLS; it is believed about who calls. */
  readonly behindProxy?: boolean
  /** How clients reach the doors, when not at the address listened on: `https://meridian.hospital.example`. */
  readonly publicUrl?: string
}

export interface Configuration {
  readonly organisation: {
    readonly id: string
    readonly names: { readonly zh: string; readonly en: string }
    readonly kind: string
    /** Of a member of a consortium: core orders and votes, ordinary submits, observer reads. */
    readonly memberClass?: MemberClass
    /** Place by GB/T 2260: `CN`, or the 2, 4 or 6 digits of a province, city or county. */
    readonly place?: string
  }
  /** Who orders statements: this node alone, or the members together through CometBFT. */
  readonly engine: 'embedded' | 'cometbft'
  readonly consensus: Consensus
  /** `embedded` keeps the records in PGlite inside the home; anything else is a PostgreSQL URL. */
  readonly database: string
  readonly listen: Listen
  readonly limits: ConfiguredLimits
  readonly monitoring: Monitoring
  readonly ledger: LedgerSettings
  readonly sources: readonly ConfiguredSource[]
  /** A batch is anchored when it holds `maxCount` commitments or its oldest is `maxAgeMs` old. */
  readonly batches: { readonly maxCount: number; readonly maxAgeMs: number }
  /** Sealed bytes of this size and more lie in files beside the database. */
  readonly blobs: { readonly fromBytes: number }
  /** An empty block at most every so often, so that block time goes on. */
  readonly blockIntervalMs: number
}

/** What a node of a consortium keeps for others. */
export interface LedgerSettings {
  /** Heights that CometBFT keeps in its own block store; 0 keeps all. What receipts need is kept in any case. */
  readonly keepBlocks: number
  /** A snapshot for new nodes every so many heights. */
  readonly snapshotInterval: number
}

/** How the node is watched. */
export interface Monitoring {
  /** How long statements may wait at one height before it is an alarm. */
  readonly stillAfterMs: number
  /** Who brings it as a bearer token reads `/readyz` and `/metrics` from anywhere; without one only this machine does. */
  readonly token?: string
}

/** How the nodes of a consortium meet. */
export interface Consensus {
  /** Where peers connect: `host:port`. */
  readonly p2pListen: string
  /** What peers are told to dial, when it differs. */
  readonly p2pExternal?: string
  /** Peers besides those of the genesis document: `nodeid@host:port`. */
  readonly peers: readonly string[]
}

/** What a new home starts with. Every door is on loopback. */
export const defaultConfiguration: Configuration = {
  organisation: {
    id: 'demo-hospital',
    names: { zh: '子午示范医院', en: 'Meridian Demonstration Hospital' },
    kind: 'tertiary-hospital',
  },
  engine: 'embedded',
  consensus: { p2pListen: '127.0.0.1:26656', peers: [] },
  database: 'embedded',
  listen: { host: '127.0.0.1', port: 7300 },
  limits: {},
  monitoring: { stillAfterMs: 30_000 },
  ledger: { keepBlocks: 0, snapshotInterval: 10_000 },
  sources: [],
  batches: { maxCount: 4096, maxAgeMs: 1000 },
  blobs: { fromBytes: 262_144 },
  blockIntervalMs: 600_000,
}

const listenKeys = ['host', 'port', 'tls', 'behindProxy', 'publicUrl']
const consensusKeys = ['p2pListen', 'p2pExternal', 'peers']
const ledgerKeys = ['keepBlocks', 'snapshotInterval']
const monitoringKeys = ['stillAfterMs', 'token']
const mllpKeys = ['port', 'host', 'allow', 'tls', 'clientCertificates', 'behindProxy']

const sourceKeys = [
  'name',
  'kind',
  'profile',
  'timeZone',
  'captureMethod',
  'mapping',
  'sendingApplication',
  'sendingFacility',
  'ackAfter',
  'onBadValue',
  'charset',
  'units',
  'mllp',
  'folder',
]

/** @throws UsageError naming the file and the key that is unknown or has the wrong form. */
export function readConfiguration(home: Home, environment: NodeJS.ProcessEnv): Configuration {
  const given = JSON.parse(readFileSync(home.configuration, 'utf8')) as Partial<Configuration>
  refuseUnknown(home.configuration, given, Object.keys(defaultConfiguration), '')
  for (const [i, source] of (given.sources ?? []).entries()) {
    refuseUnknown(home.configuration, source, sourceKeys, `sources[${i}].`)
    refuseUnknown(home.configuration, source.mllp ?? {}, mllpKeys, `sources[${i}].mllp.`)
  }
  refuseUnknown(home.configuration, given.listen ?? {}, listenKeys, 'listen.')
  refuseUnknown(home.configuration, given.consensus ?? {}, consensusKeys, 'consensus.')
  refuseUnknown(home.configuration, given.monitoring ?? {}, monitoringKeys, 'monitoring.')
  refuseUnknown(home.configuration, given.ledger ?? {}, ledgerKeys, 'ledger.')
  const said = readEnvironment(environment)
  const configuration = {
    ...defaultConfiguration,
    ...given,
    ...said,
    listen: { ...(given.listen ?? defaultConfiguration.listen), ...said.listen },
    consensus: { ...(given.consensus ?? defaultConfiguration.consensus), ...said.consensus },
    batches: { ...(given.batches ?? defaultConfiguration.batches), ...said.batches },
    monitoring: { ...defaultConfiguration.monitoring, ...given.monitoring, ...said.monitoring },
    ledger: { ...defaultConfiguration.ledger, ...given.ledger, ...said.ledger },
  }
  checkForms([home.configuration, ...namesInUse(environment)].join(' + '), configuration)
  return configuration
}

function refuseUnknown(file: string, given: object, known: readonly string[], prefix: string): void {
  const unknown = Object.keys(given).filter((key) => !known.includes(key))
  if (unknown.length === 0) return
  const keys = unknown.map((key) => prefix + key).join(', ')
  throw new UsageError({
    zh: `${file} 中有不认识的配置项：${keys}。可用的有：${known.join(', ')}`,
    en: `${file} has keys nobody knows: ${keys}. Known: ${known.join(', ')}`,
  })
}

function checkForms(file: string, c: Configuration): void {
  const wrong: string[] = [...wrongLimits(c.limits)]
  const whole = (x: unknown, from: number, to: number) =>
    Number.isInteger(x) && Number(x) >= from && Number(x) <= to
  if (!/^[a-z0-9][a-z0-9-]{1,62}$/.test(c.organisation.id)) wrong.push('organisation.id')
  if (!['embedded', 'cometbft'].includes(c.engine)) wrong.push('engine')
  wrong.push(...wrongConsensus(c.consensus))
  if (!whole(c.listen.port, 0, 65_535)) wrong.push('listen.port')
  if (!whole(c.batches.maxCount, 1, 65_536)) wrong.push('batches.maxCount')
  if (!whole(c.batches.maxAgeMs, 10, 86_400_000)) wrong.push('batches.maxAgeMs')
  if (!whole(c.blobs.fromBytes, 1_024, 1_073_741_824)) wrong.push('blobs.fromBytes')
  if (!whole(c.blockIntervalMs, 1_000, 86_400_000)) wrong.push('blockIntervalMs')
  wrong.push(...wrongMonitoring(c.monitoring))
  if (!whole(c.ledger.keepBlocks, 0, 1_000_000_000)) wrong.push('ledger.keepBlocks')
  if (!whole(c.ledger.snapshotInterval, 4, 1_000_000_000)) wrong.push('ledger.snapshotInterval')
  const names = c.sources.map((s) => s.name)
  if (new Set(names).size !== names.length) wrong.push('sources[].name')
  for (const [i, s] of c.sources.entries()) {
    if (!['hl7v2', 'fhir', 'csv'].includes(s.kind)) wrong.push(`sources[${i}].kind`)
    if (!profileNames.includes(s.profile)) wrong.push(`sources[${i}].profile`)
    if (!isPinning(s.mllp)) wrong.push(`sources[${i}].mllp.clientCertificates`)
  }
  if (wrong.length === 0) return
  throw new UsageError({
    zh: `${file} 中这些配置项的值不对：${wrong.join(', ')}`,
    en: `${file} has values of the wrong form: ${wrong.join(', ')}`,
  })
}

/** A token as long as a guess is hopeless. */
const TOKEN = /^[\w.~+/=-]{24,256}$/

function wrongMonitoring({ stillAfterMs, token }: Monitoring): string[] {
  const wrong: string[] = []
  if (!Number.isInteger(stillAfterMs) || stillAfterMs < 5_000 || stillAfterMs > 3_600_000)
    wrong.push('monitoring.stillAfterMs')
  if (token !== undefined && !TOKEN.test(token)) wrong.push('monitoring.token')
  return wrong
}

const ADDRESS = /^[^\s@/]+:\d{1,5}$/
const PEER = /^[0-9a-f]{40}@[^\s@/]+:\d{1,5}$/

function wrongConsensus({ p2pListen, p2pExternal, peers }: Consensus): string[] {
  const wrong: string[] = []
  if (!ADDRESS.test(p2pListen)) wrong.push('consensus.p2pListen')
  if (p2pExternal !== undefined && !ADDRESS.test(p2pExternal)) wrong.push('consensus.p2pExternal')
  if (!Array.isArray(peers) || peers.some((peer) => !PEER.test(peer))) wrong.push('consensus.peers')
  return wrong
}

/** Pins without TLS would be no protection at all. */
function isPinning(mllp: ConfiguredSource['mllp']): boolean {
  if (mllp?.clientCertificates === undefined) return true
  const forms = mllp.clientCertificates.every((pin) => /^([0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$/.test(pin))
  return mllp.tls !== undefined && mllp.clientCertificates.length > 0 && forms
}

/** Writes the configuration of a new home; never over an existing one. */
export function writeConfiguration(home: Home, configuration: Configuration): void {
  writeFileSync(home.configuration, `${JSON.stringify(configuration, null, 2)}\n`, {
    flag: 'wx',
    mode: 0o600,
  })
}
