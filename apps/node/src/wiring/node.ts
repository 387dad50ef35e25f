/** An open node: the packages of one institution wired together, as the operations see them. */
import type { LedgerClient } from '@meridian/client'
import type { Archive } from '@meridian/engine'
import type { Anchoring, Corridor, CsvMapping, ResourceAddress, Source } from '@meridian/gateway'
import type { GenesisDocument, Signer, Suite, Trust } from '@meridian/protocol'
import type { Validator } from '@meridian/standards'
import type { Terminology } from '@meridian/standards/terminology'
import type { AnchoredBatch, Clock, Vault } from '@meridian/vault'
import type { RefusalCounts } from '../health/refusal-counts.ts'
import type { Configuration, ConfiguredSource } from '../home/configuration.ts'
import type { Home } from '../home/home.ts'
import type { NodeKeys } from '../keys/node-keys.ts'
import type { ArtefactStore } from '../standards/artefact-store.ts'
import type { MapShelf } from '../standards/map-shelf.ts'
import type { FetchOldStatement } from './fetch-old-statement.ts'
import type { NodeEngine } from './open-engine.ts'

/** One institution's node. `close` gives back every file, port and lock. */
export interface Node {
  readonly home: Home
  readonly configuration: Configuration
  readonly suite: Suite
  readonly clock: Clock
  readonly genesis: GenesisDocument
  readonly genesisHash: Uint8Array
  /** Of the standards that records are judged by now. */
  readonly standardsSetHash: Uint8Array
  /** The artefact packages that this node holds. */
  readonly artefacts: ArtefactStore
  /** The concept maps among them. */
  readonly maps: MapShelf
  /** Hashes of the packages that this node judges by now. */
  inForce(): ReadonlySet<string>
  /** Goes over now to the set that counts by the newest block; the node does so by itself after every block. */
  followStandards(): Promise<void>
  /** The judge of the room `validate`; definitions are read once. */
  readonly validator: Validator
  /** Code systems and value sets: shipped, and imported into the home. */
  readonly terminology: Terminology
  readonly vault: Vault
  readonly engine: NodeEngine
  /** The chains that this one was handed over from, newest first; only read. */
  readonly earlier: readonly Archive[]
  readonly ledger: LedgerClient
  /** What the ledger refused through this node. */
  readonly refusals: RefusalCounts
  /** Statements of blocks that were never here, from other members. */
  readonly fetchOldStatement: FetchOldStatement
  readonly corridor: Corridor
  readonly anchoring: Anchoring
  readonly events: NodeEvents
  readonly mappings: ReadonlyMap<string, CsvMapping>
  /** Takes a mapping into use until the node closes; `in-force`: from now on its id means this version. */
  addMapping(mapping: CsvMapping, use?: 'in-force'): void
  /** The source of that name; without a name, the one that files of that kind fall to. */
  sourceFor(kind: Source['kind'], name?: string): ConfiguredSource | undefined
  sourceNamed(name: string): ConfiguredSource | undefined
  fingerprint(kind: string, text: string): string
  /** The id of the record that a file-based FHIR source calls by this address; undefined for another kind of source. */
  idOfSender(source: string, address: ResourceAddress): string | undefined
  /** What a stranger pins to check receipts of this chain. */
  readonly trust: Trust
  readonly receiptSigner: Signer
  /** The organisation's keys and their replacement. */
  readonly keys: NodeKeys
  /** The organisation's batches as the ledger has them. */
  anchoredBatches(): AsyncIterable<AnchoredBatch>
  close(): Promise<void>
}

/** Tells whoever watches that something changed; counts are read where they are kept. */
export interface NodeEvents {
  onChange(listener: () => void): () => void
}
