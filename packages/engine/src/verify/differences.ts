/** Compares what is stored with what it should be, and names the first thing that differs. */
import { equalBytes, type Header } from '@meridian/protocol'
import { type BlockRecord, encodeBlockRecord } from '../store/block-record.ts'
import { plainBytes, type Table } from '../store/open-store.ts'
import { encodeOutcome, type Outcome } from '../store/outcome-record.ts'

/** What is wrong: a place in the stored chain and, where there is one, the module. */
export interface Difference {
  /** For example `header.appHash`, `sub-root`, `values`, `commit`. */
  readonly place: string
  readonly module?: string
}

const HEADER_FIELDS = [
  'chainId',
  'height',
  'time',
  'lastBlockId',
  'lastCommitHash',
  'dataHash',
  'validatorsHash',
  'nextValidatorsHash',
  'consensusHash',
  'appHash',
  'lastResultsHash',
  'evidenceHash',
  'proposerAddress',
  'version',
] as const satisfies readonly (keyof Header)[]

/** The first field in which a stored block differs from the one that its predecessor and its transactions make. */
export function blockDifference(stored: BlockRecord, rebuilt: BlockRecord): Difference | undefined {
  if (equalBytes(encodeBlockRecord(stored), encodeBlockRecord(rebuilt))) return undefined
  const field = HEADER_FIELDS.find((name) => textOf(stored.header[name]) !== textOf(rebuilt.header[name]))
  if (field !== undefined) return { place: `header.${field}` }
  return { place: textOf(stored.blockId) === textOf(rebuilt.blockId) ? 'last-commit' : 'block-id' }
}

/** The first thing in which a stored outcome differs from executing the block; for state the module. */
export function outcomeDifference(stored: Outcome, executed: Outcome): Difference | undefined {
  if (equalBytes(encodeOutcome(stored), encodeOutcome(executed))) return undefined
  for (const [i, { module, root }] of executed.state.subRoots.entries()) {
    const other = stored.state.subRoots[i]
    if (other?.module !== module || !equalBytes(other.root, root)) return { place: 'sub-root', module }
  }
  if (textOf(stored.state.logRoot) !== textOf(executed.state.logRoot)) return { place: 'log-root' }
  if (stored.state.logSize !== executed.state.logSize) return { place: 'log-size' }
  return { place: equalBytes(stored.state.appHash, executed.state.appHash) ? 'results' : 'app-hash' }
}

/**
 * The first entry in which a stored table differs from the one that executing the whole chain made. With `modules` the
 * first byte of a key is the number of its module.
 */
export function tableDifference(
  place: string,
  tables: { readonly stored: Table; readonly executed: Table },
  modules?: readonly string[],
): Difference | undefined {
  const executed = tables.executed.getRange()[Symbol.iterator]()
  for (const entry of tables.stored.getRange()) {
    const other = executed.next()
    if (other.done === true || !isSame(entry, other.value)) return differenceAt(place, entry.key, modules)
  }
  const missing = executed.next()
  return missing.done === true ? undefined : differenceAt(place, missing.value.key, modules)
}

interface Entry {
  readonly key: Uint8Array
  readonly value: Uint8Array
}

function isSame(a: Entry, b: Entry): boolean {
  return (
    equalBytes(plainBytes(a.key), plainBytes(b.key)) && equalBytes(plainBytes(a.value), plainBytes(b.value))
  )
}

function differenceAt(place: string, key: Uint8Array, modules?: readonly string[]): Difference {
  const module = modules?.[key[0] ?? -1]
  return module === undefined ? { place } : { place, module }
}

/** A printed form in which two values are equal exactly when they are the same. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, each) =>
    typeof each === 'bigint' ? `${each}n` : each instanceof Uint8Array ? [...each] : each,
  )
}
