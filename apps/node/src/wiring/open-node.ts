/** Opens a node: the one place where the packages of an institution are constructed and handed to one another. */
import type { CsvMapping } from '@meridian/gateway'
import { toHex } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import {
  type BlobSettings,
  openFolderBlobs,
  openVault,
  type Vault,
  type VaultSettings,
} from '@meridian/vault'
import { batchesOnChain, openEarlierChains } from '../backup/earlier-chains.ts'
import { keepingErasureList } from '../backup/erasure-list.ts'
import { watchStanding } from '../consortium/watch-standing.ts'
import { type Configuration, readConfiguration } from '../home/configuration.ts'
import type { Home } from '../home/home.ts'
import { lockHome } from '../home/lock.ts'
import { readPassphrase } from '../home/passphrase.ts'
import { finishReseal } from '../home/reseal.ts'
import { type NodeKeysParts, openNodeKeys } from '../keys/node-keys.ts'
import { noteValidatorKeyUsed, prepareValidatorKey } from '../keys/validator-key.ts'
import { createMapShelf } from '../standards/map-shelf.ts'
import { openStandards } from '../standards/open-standards.ts'
import { type InForceWatch, watchInForce } from '../standards/watch-in-force.ts'
import type { SyncFrom } from '../state-sync/open-state-sync.ts'
import { anchoredBatchesOf } from './anchored-batches.ts'
import { type Closers, createClosers } from './closers.ts'
import type { Node } from './node.ts'
import { openCorridor } from './open-corridor.ts'
import type { NodeEngine } from './open-engine.ts'
import { openKeys } from './open-keys.ts'
import { openLedger } from './open-ledger.ts'
import { openOwnTerminology } from './open-terminology.ts'
import { pause } from './pause.ts'
import { readGenesis } from './read-genesis.ts'
import { ownMappingsDir, readMappings } from './read-mappings.ts'
import { createSources } from './sources.ts'
import { templateFolder } from './template-folder.ts'
import { trustOf } from './trust-of.ts'

/** What the process gives a node. */
export interface OpenOptions {
  readonly environment: NodeJS.ProcessEnv
  /** From whom the node of a consortium takes a snapshot when it has no block yet. */
  readonly syncFrom?: SyncFrom
  readonly log: (text: string) => void
}

/** @throws UsageError, OutsideFailure, or a failure of vault or engine; then nothing stays open. */
export async function openNode(home: Home, options: OpenOptions): Promise<Node> {
  const closers = createClosers()
  try {
    return await openParts(home, options, closers)
  } catch (error) {
    await closers.close()
    throw error
  }
}

async function openParts(home: Home, options: OpenOptions, closers: Closers): Promise<Node> {
  const { environment, log } = options
  const configuration = readConfiguration(home, environment)
  closers.add(lockHome(home))
  const suite = nodeSuite
  const clock = { now: () => new Date() }
  const { genesis, genesisHash } = readGenesis(home, suite)
  finishReseal(home)
  const isMember = configuration.engine === 'cometbft'
  const passphrase = readPassphrase(home, environment)
  if (isMember) prepareValidatorKey(home, passphrase, log)
  const keys = await openKeys(home, passphrase)
  const organisationId = configuration.organisation.id
  const standards = openStandards(home, suite)
  const standardsSetHash = standards.standardsSetHash()
  const forVault = { organisationId, keyring: keys.keyring, genesisHash, standardsSetHash, suite, clock }
  const vault = await openOwnVault(home, { configuration, ...forVault }, closers)
  const forEngine = { ...options, configuration, genesis, suite, keys }
  const onLedger = await openLedger(home, forEngine, closers)
  const { engine, ledger } = onLedger
  const forKeys = { home, keys, ledger, engine, vault, suite, organisationId, genesisHash, log }
  const nodeKeys = await openNodeKeys(forKeys)
  if (isMember) watchMember(forKeys, closers)
  const earlier = await openEarlierChains(home, { genesis, suite, isMember }, closers)
  const sources = createSources(configuration)
  const mappings = readMappings(ownMappingsDir(home))
  const { artefacts, inForce, validator } = standards
  const shared = { configuration, vault, ledger, keys, suite, genesisHash, clock, log }
  const rooms = openCorridor({ ...shared, validator, sources, mappings }, closers)
  const watched = { ...shared, engine, standards, organisation: organisationId, ...rooms }
  const followStandards = await watchStandards(watched, closers)
  return {
    ...rooms,
    home,
    configuration,
    suite,
    clock,
    genesis,
    genesisHash,
    validator,
    terminology: openOwnTerminology(home, clock, closers),
    artefacts,
    maps: createMapShelf(standards),
    inForce,
    followStandards,
    get standardsSetHash() {
      return standards.standardsSetHash()
    },
    vault,
    ...onLedger,
    earlier,
    mappings,
    addMapping: adderTo(mappings),
    sourceFor: sources.forFile,
    sourceNamed: sources.named,
    fingerprint: (kind, text) => toHex(keys.keyring.keyedDigest(`fingerprint ${kind}`, text).subarray(0, 16)),
    trust: trustOf(suite, [genesis, ...earlier.map((chain) => chain.genesis)]),
    receiptSigner: keys.receipt,
    keys: nodeKeys,
    anchoredBatches: () => everyBatch({ earlier, ledger, suite }, organisationId),
    close: closers.close,
  }
}

/** By id and version, and by id alone when it is in force. */
function adderTo(mappings: Map<string, CsvMapping>): Node['addMapping'] {
  return (mapping, use) => {
    mappings.set(`${mapping.id}|${mapping.version}`, mapping)
    if (use === 'in-force') mappings.set(mapping.id, mapping)
  }
}

type VaultParts = Omit<VaultSettings, 'database'> & { readonly configuration: Configuration }

/** The vault of this home, which keeps the list of erasures and is closed last. */
async function openOwnVault(
  home: Home,
  { configuration, ...settings }: VaultParts,
  closers: Closers,
): Promise<Vault> {
  const opened = await openVault({
    ...settings,
    database: databaseOf(home, configuration),
    blobs: blobsOf(home, configuration),
    templateFolder: templateFolder(),
  })
  const vault = keepingErasureList(opened, home)
  closers.add(() => vault.close())
  return vault
}

/** The batches of every chain, the oldest chain first. */
async function* everyBatch(
  { earlier, ledger, suite }: Pick<Node, 'earlier' | 'ledger' | 'suite'>,
  organisationId: string,
): ReturnType<Node['anchoredBatches']> {
  for (const chain of earlier.toReversed()) yield* batchesOnChain(chain, suite, organisationId)
  yield* anchoredBatchesOf(ledger, suite, organisationId)
}

/** Before the first record of this run is judged, and after every block. */
async function watchStandards(parts: InForceWatch, closers: Closers): Promise<() => Promise<void>> {
  const watching = await watchInForce(parts)
  closers.add(() => watching.close())
  return watching.look
}

/** A member's node says where its organisation stands, and remembers that its validator key is in use. */
function watchMember(
  { home, keys, engine, organisationId, log }: NodeKeysParts & { readonly engine: NodeEngine },
  closers: Closers,
): void {
  const { validator } = keys
  noteValidatorKeyUsed(home, validator.publicKey)
  const about = { engine, organisation: organisationId, validatorKeyId: validator.keyId }
  const watching = watchStanding({ ...about, log, pause })
  closers.add(() => watching.close())
}

/** Where the vault puts large sealed bytes, and from which size. */
export function blobsOf(home: Home, { blobs }: Pick<Configuration, 'blobs'>): BlobSettings {
  return { store: openFolderBlobs(home.blobs), fromBytes: blobs.fromBytes }
}

/** The setting as the vault takes it. */
export function databaseOf(home: Home, { database }: Pick<Configuration, 'database'>): string {
  return database === 'embedded' ? `pglite:${home.vault}` : database
}
