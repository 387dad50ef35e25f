/** Executes one block over a committed state and answers everything that changes, without changing anything. */
import {
  appendLeaf,
  appHash,
  emptyFrontier,
  emptyStateRoot,
  type Frontier,
  frontierRoot,
  isRefusal,
  leafHash,
  type NodeStore,
  type Refusal,
  type Statement,
  type Suite,
  updateTree,
} from '@meridian/protocol'
import type { StateRoots } from './engine.ts'
import { createOverlay, type Overlay, type StateChange } from './overlay.ts'
import type { Misbehaviour, StateMachine, StateView } from './state-machine.ts'

/** What executing needs: cryptography and the rules. */
export interface Machinery {
  readonly suite: Suite
  readonly machine: StateMachine
}

/** The state after some block, as the next one finds it. */
export interface CommittedState {
  readonly view: StateView
  /** The tree of a module. */
  nodes(module: string): NodeStore
  readonly frontier: Frontier
  readonly roots: StateRoots
}

/** One transaction of a block, read. */
export interface OrderedStatement {
  readonly bytes: Uint8Array
  /** A refusal where the bytes are not a statement; such a transaction changes nothing. */
  readonly statement: Statement | Refusal
}

/** A block before it is executed. */
export interface BlockToExecute {
  readonly height: bigint
  readonly timeSeconds: bigint
  readonly transactions: readonly OrderedStatement[]
  readonly misbehaviour: readonly Misbehaviour[]
}

/** One value or tree node: what it was and what it becomes; undefined where there is none. */
export interface Rewrite<Name> {
  readonly name: Name
  readonly before: Uint8Array | undefined
  readonly after: Uint8Array | undefined
}

/** What a block does to one module. */
export interface ModuleChanges {
  readonly module: string
  /** By key. */
  readonly values: readonly Rewrite<Uint8Array>[]
  /** By path in the tree. */
  readonly nodes: readonly Rewrite<string>[]
}

/** A complete subtree of the evidence log. */
export interface LogNode {
  readonly level: number
  readonly index: number
  readonly hash: Uint8Array
}

/** Everything that a block gives. */
export interface Execution {
  readonly results: readonly (Refusal | undefined)[]
  /** Leaf in the evidence log of each accepted transaction. */
  readonly logIndexes: readonly (number | undefined)[]
  readonly state: StateRoots
  readonly frontier: Frontier
  readonly modules: readonly ModuleChanges[]
  readonly logNodes: readonly LogNode[]
  /** The values after the block, while the committed state under them stays as it is. */
  readonly after: StateView
}

/** The execution of the genesis document: height 0. */
export function executeGenesis({ suite, machine }: Machinery): Execution {
  const overlay = createOverlay(EMPTY_VIEW, machine.modules)
  machine.initialise(overlay)
  const modules = machine.modules.map((module) =>
    updateModule({
      suite,
      module,
      overlay,
      store: EMPTY_NODES,
      root: emptyStateRoot(suite),
    }),
  )
  const nothing = { results: [], frontier: emptyFrontier, logIndexes: [], logNodes: [] }
  return executionOf(suite, { ...nothing, after: overlay }, modules)
}

/** State out of its contents alone, as a snapshot brings them. */
export interface StateContents {
  /** All values by module. */
  values(module: string): readonly StateChange[]
  /** The leaves of the evidence log in their order. */
  readonly leaves: readonly Uint8Array[]
}

/** Trees, log and roots of a whole state: the same as executing every block that led to it. */
export function buildState(suite: Suite, modules: readonly string[], contents: StateContents): Execution {
  let frontier = emptyFrontier
  const logNodes: LogNode[] = []
  for (const leaf of contents.leaves) {
    frontier = appendLeaf(suite, frontier, leaf, (level, index, hash) =>
      logNodes.push({ level, index, hash }),
    )
  }
  const built = modules.map((module) => {
    const changes = contents.values(module)
    const { root, writes } = updateTree(suite, EMPTY_NODES, changes)
    return {
      module,
      values: changes.map(({ key, value }) => ({ name: key, before: undefined, after: value })),
      nodes: Array.from(writes, ([path, after]) => ({ name: path, before: undefined, after })),
      root,
    }
  })
  return executionOf(suite, { results: [], frontier, logIndexes: [], logNodes, after: EMPTY_VIEW }, built)
}

/** Executes a block. One without a readable statement and without misbehaviour leaves the state, and so the app hash, as it was. */
export function executeBlock(
  { suite, machine }: Machinery,
  committed: CommittedState,
  block: BlockToExecute,
): Execution {
  const { view } = committed
  const overlay = createOverlay(view, machine.modules)
  const results = applyStatements(machine, overlay, block)
  const log = appendAccepted(suite, committed.frontier, block.transactions, results)
  const modules = machine.modules.map((module, i) => {
    const root = committed.roots.subRoots[i]?.root ?? emptyStateRoot(suite)
    return updateModule({ suite, module, overlay, store: committed.nodes(module), root })
  })
  return executionOf(suite, { results, ...log, after: overlay }, modules)
}

/** The state machine sees the readable statements only; the results are put back in their places. */
function applyStatements(
  machine: StateMachine,
  overlay: Overlay,
  block: BlockToExecute,
): readonly (Refusal | undefined)[] {
  const { height, timeSeconds, transactions, misbehaviour } = block
  const read = transactions.map((transaction) => transaction.statement)
  const statements = read.filter((statement) => !isRefusal(statement)) as Statement[]
  if (statements.length === 0 && misbehaviour.length === 0) return read as readonly Refusal[]
  const answers = machine.applyBlock(overlay, { height, timeSeconds, statements, misbehaviour })
  if (answers.length !== statements.length) throw new Error('the state machine lost count of its statements')
  let next = 0
  return read.map((statement) => (isRefusal(statement) ? statement : answers[next++]))
}

interface LogChanges {
  readonly frontier: Frontier
  readonly logIndexes: readonly (number | undefined)[]
  readonly logNodes: readonly LogNode[]
}

/** CONSENSUS: the leaves are the exact bytes of the accepted statements, in the order of the block. */
function appendAccepted(
  suite: Suite,
  before: Frontier,
  transactions: readonly OrderedStatement[],
  results: readonly (Refusal | undefined)[],
): LogChanges {
  let frontier = before
  const logNodes: LogNode[] = []
  const logIndexes = transactions.map(({ bytes }, i) => {
    if (results[i] !== undefined) return undefined
    const logIndex = frontier.size
    frontier = appendLeaf(suite, frontier, leafHash(suite, bytes), (level, index, hash) =>
      logNodes.push({ level, index, hash }),
    )
    return logIndex
  })
  return { frontier, logIndexes, logNodes }
}

interface ModuleUpdate {
  readonly suite: Suite
  readonly module: string
  readonly overlay: Overlay
  /** Tree before. */
  readonly store: NodeStore
  /** The root before. */
  readonly root: Uint8Array
}

function updateModule(update: ModuleUpdate): ModuleChanges & { readonly root: Uint8Array } {
  const { suite, module, overlay } = update
  const changes = overlay.changes(module)
  if (changes.length === 0) return { module, values: [], nodes: [], root: update.root }
  const seen = new Map<string, Uint8Array | undefined>()
  const { root, writes } = updateTree(suite, readOnce(update.store, seen), changes)
  return {
    module,
    values: changes.map(({ key, value, before }) => ({ name: key, before, after: value })),
    nodes: Array.from(writes, ([path, after]) => ({ name: path, before: seen.get(path), after })),
    root,
  }
}

/** PERF: a tree update asks for a node up to three times, and the reverse diff needs it again. */
function readOnce(store: NodeStore, seen: Map<string, Uint8Array | undefined>): NodeStore {
  return {
    read(path) {
      if (!seen.has(path)) seen.set(path, store.read(path))
      return seen.get(path)
    },
  }
}

function executionOf(
  suite: Suite,
  outcome: LogChanges & Pick<Execution, 'results' | 'after'>,
  modules: readonly (ModuleChanges & { readonly root: Uint8Array })[],
): Execution {
  const state = {
    subRoots: modules.map(({ module, root }) => ({ module, root })),
    logRoot: frontierRoot(suite, outcome.frontier),
    logSize: outcome.frontier.size,
  }
  return { ...outcome, state: { ...state, appHash: appHash(suite, state) }, modules }
}

const EMPTY_VIEW: StateView = { get: () => undefined, scan: () => [] }

const EMPTY_NODES: NodeStore = { read: () => undefined }
