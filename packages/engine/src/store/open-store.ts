/** Opens the lmdb environment of a ledger home: one file, one named database for each kind of thing. */
import { type Database, open, type RootDatabase } from 'lmdb'
import { EngineFailure } from '../engine-failure.ts'

/** Bytes under bytes. */
export type Table = Database<Uint8Array, Uint8Array>

/** The tables of a home. What each key is made of: keys.ts. */
export interface Tables {
  readonly root: RootDatabase<Uint8Array, Uint8Array>
  /** Fixed names: format, genesis. */
  readonly meta: Table
  /** Height → block-record.ts. */
  readonly blocks: Table
  /** Height → the commit for that block. */
  readonly commits: Table
  /** Height → outcome-record.ts; height 0 is the state of the genesis document. */
  readonly outcomes: Table
  /** Statement id → height, place in the block, leaf in the evidence log. */
  readonly statements: Table
  /** Level and index → hash of a complete subtree of the evidence log. */
  readonly log: Table
  /** Module and key → value: the state of the newest height. */
  readonly values: Table
  /** Module and path → node of the state tree of the newest height. */
  readonly nodes: Table
  /** Height → undo-record.ts, inside the proof window. */
  readonly undo: Table
}

/** The folder of the store in a ledger directory. */
export const STORE_FOLDER = 'store'

/** How to open a store. */
export interface StoreOptions {
  readonly readOnly?: boolean
  /** Skip every flush: only for a scratch store that is thrown away. */
  readonly scratch?: boolean
}

const BINARY = { encoding: 'binary', keyEncoding: 'binary', cache: false } as const

/** Opens or creates the store in `directory`. Throws engine.storage. */
export function openStore(directory: string, options: StoreOptions = {}): Tables {
  try {
    return openTables(directory, options)
  } catch (error) {
    throw new EngineFailure('engine.storage', {}, error)
  }
}

function openTables(directory: string, options: StoreOptions): Tables {
  const root = open<Uint8Array, Uint8Array>({
    path: directory,
    maxDbs: 12,
    // Plain LMDB semantics: a promise resolves when its transaction is on the disk.
    overlappingSync: false,
    // Every transaction is one explicit batch. lmdb's own batching by turns of the loop makes a promise that nobody can
    // catch, which would end the process when the disk is full.
    eventTurnBatching: false,
    ...(options.scratch === true ? { noSync: true } : {}),
    ...(options.readOnly === true ? { readOnly: true } : {}),
    ...BINARY,
  })
  const table = (name: string): Table => root.openDB(name, BINARY)
  return {
    root,
    meta: table('meta'),
    blocks: table('blocks'),
    commits: table('commits'),
    outcomes: table('outcomes'),
    statements: table('statements'),
    log: table('log'),
    values: table('values'),
    nodes: table('nodes'),
    undo: table('undo'),
  }
}

/** What a table holds under a key, as a plain byte array. */
export function readBytes(table: Table, key: Uint8Array): Uint8Array | undefined {
  const buffer = table.getBinary(key)
  return buffer === undefined ? undefined : plainBytes(buffer)
}

/** The same bytes without Node's Buffer around them: what leaves the store looks the same in every host. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
