/** The newest committed state, and the step from it to the next: execute, then make durable. Shared with no other engine but by executeBlock. */
import { isRefusal, type Refusal, type Suite, sortValidators, type Validator } from '@meridian/protocol'
import type { ChainConstants } from '../../chain-constants.ts'
import { type ConsensusFacts, consensusFacts } from '../../consensus-facts.ts'
import { type CommittedState, type Execution, executeBlock } from '../../execute-block.ts'
import { rememberValues } from '../../remember-values.ts'
import type { Misbehaviour, StateMachine, StateView } from '../../state-machine.ts'
import type { ChainStore } from '../../store/chain-store.ts'
import type { ExecutedBlock } from '../../store/put-block.ts'
import type { KnownStatement } from './known-statements.ts'

/** The newest block that was committed here. */
export interface Head {
  readonly height: bigint
  /** Block time in nanoseconds since 1970; the genesis time before the first block. */
  readonly time: bigint
  readonly state: CommittedState
}

/** A decided block as it is executed. */
export interface DecidedBlock {
  readonly height: bigint
  /** Hash of its header. */
  readonly hash: Uint8Array
  readonly time: bigint
  readonly statements: readonly KnownStatement[]
  readonly misbehaviour: readonly Misbehaviour[]
}

/** What executing gave and what it changes about consensus. */
export interface Decision {
  readonly results: readonly (Refusal | undefined)[]
  readonly appHash: Uint8Array
  /** New powers by key, 0 where a validator goes. */
  readonly validatorUpdates: readonly Validator[]
  /** The new value where it changes. */
  readonly maxBlockBytes: number | undefined
  /** The version of the rules where any consensus parameter changes. */
  readonly applicationVersion: number | undefined
}

/** The head. */
export interface ChainHead {
  current(): Head
  /** Executes the block after the head, without changing it. Throws engine.unsupported-version. */
  execute(block: DecidedBlock): Decision
  /** Makes the block that was executed last durable; it is the head when this resolves. */
  commit(): Promise<CommittedBlock>
  /** Looks into the store again: a snapshot was put into it. */
  reload(): void
}

/** A block that became durable. */
export interface CommittedBlock {
  readonly height: bigint
  /** Hash of the header, as CometBFT said with the block. */
  readonly hash: Uint8Array
  readonly transactions: readonly Uint8Array[]
  readonly ids: readonly (Uint8Array | undefined)[]
  readonly results: readonly (Refusal | undefined)[]
}

/** What the head stands on. */
export interface HeadParts {
  readonly suite: Suite
  readonly machine: StateMachine
  readonly constants: ChainConstants
  readonly store: ChainStore
}

const NANOS_PER_SECOND = 1_000_000_000n

/** The head that lies in the store. */
export function openChainHead(parts: HeadParts): ChainHead {
  const { store, constants, machine } = parts
  const remembered = rememberValues(store.newest().view)
  const stored = (): Head => ({
    height: store.head() ?? 0n,
    time: store.newestTime() ?? constants.genesisTime,
    state: { ...store.committed(), view: remembered.view },
  })
  let head = stored()
  let executed: Executed | undefined
  return {
    current: () => head,
    execute(block) {
      checkHeight(head, block)
      const facts = consensusFacts(machine, head.state.view, constants)
      const execution = executeBlock(parts, head.state, {
        height: block.height,
        timeSeconds: block.time / NANOS_PER_SECOND,
        transactions: block.statements,
        misbehaviour: block.misbehaviour,
      })
      const decision = decisionOf(parts, { view: head.state.view, facts }, execution)
      executed = {
        decided: block,
        block: executedBlockOf(parts, block, execution, decision.validatorUpdates.length > 0),
        state: stateAfter(store, remembered.view, execution),
      }
      return decision
    },
    reload() {
      remembered.forget()
      head = stored()
    },
    async commit() {
      if (executed === undefined) throw new Error('a commit without an executed block')
      const { block, decided, state } = executed
      await store.appendExecuted(block)
      remembered.changed(block.execution.modules)
      head = { height: block.height, time: block.time, state }
      executed = undefined
      return committedBlock(decided, block)
    },
  }
}

interface Executed {
  readonly decided: DecidedBlock
  readonly block: ExecutedBlock
  readonly state: CommittedState
}

function committedBlock({ hash, statements }: DecidedBlock, block: ExecutedBlock): CommittedBlock {
  const { height, ids, execution } = block
  return { height, hash, ids, results: execution.results, transactions: statements.map(({ bytes }) => bytes) }
}

function checkHeight(head: Head, { height }: DecidedBlock): void {
  if (height === head.height + 1n) return
  throw new Error(`block ${height} does not follow the head ${head.height}`)
}

interface Before {
  readonly view: StateView
  readonly facts: ConsensusFacts
}

function decisionOf({ machine, constants }: HeadParts, before: Before, execution: Execution): Decision {
  const { view, facts } = before
  if (execution.modules.every(({ values }) => values.length === 0)) return unchanged(execution)
  const after = factsAfter(machine, execution.after, constants)
  // CometBFT takes the version of its own parameters into the header with any change of them: it has to hear of ours each time.
  const isSame =
    after.applicationVersion === facts.applicationVersion && after.maxBlockBytes === facts.maxBlockBytes
  return {
    results: execution.results,
    appHash: execution.state.appHash,
    validatorUpdates: validatorChanges(machine.validators(view), machine.validators(execution.after)),
    maxBlockBytes: after.maxBlockBytes === facts.maxBlockBytes ? undefined : after.maxBlockBytes,
    applicationVersion: isSame ? undefined : after.applicationVersion,
  }
}

/** PERF: a block that changed no state asks the state machine nothing. */
function unchanged({ results, state }: Execution): Decision {
  const { appHash } = state
  return { results, appHash, validatorUpdates: [], maxBlockBytes: undefined, applicationVersion: undefined }
}

/** A version that this software lacks is said to the others all the same: it stops before the next block, not in this one. */
function factsAfter(machine: StateMachine, view: StateView, constants: ChainConstants): ConsensusFacts {
  return consensusFacts(
    { ...machine, supportedVersions: [machine.applicationVersion(view)] },
    view,
    constants,
  )
}

/** The difference of two validator sets. An empty set after is a broken invariant: nobody could order any more. */
export function validatorChanges(before: readonly Validator[], after: readonly Validator[]): Validator[] {
  if (before.length > 0 && after.length === 0) throw new Error('the state machine left no validator')
  const old = new Map(before.map((validator) => [nameOf(validator), validator]))
  const changed = after
    .filter((validator) => old.get(nameOf(validator))?.power !== validator.power)
    .map(({ publicKey, power }) => ({ publicKey, power }))
  const kept = new Set(after.map(nameOf))
  const gone = before
    .filter((validator) => !kept.has(nameOf(validator)))
    .map(({ publicKey }) => ({ publicKey, power: 0n }))
  return [...changed, ...gone]
}

function nameOf({ publicKey }: Validator): string {
  return Buffer.from(publicKey).toString('latin1')
}

function executedBlockOf(
  { suite, machine }: HeadParts,
  block: DecidedBlock,
  execution: Execution,
  changesValidators: boolean,
): ExecutedBlock {
  const validators = machine.validators(execution.after)
  return {
    height: block.height,
    time: block.time,
    ids: block.statements.map(({ statement }) => (isRefusal(statement) ? undefined : statement.id)),
    execution,
    misbehaviour: block.misbehaviour,
    validators: changesValidators ? sortValidators(suite, validators) : undefined,
  }
}

function stateAfter(store: ChainStore, view: StateView, execution: Execution): CommittedState {
  const { nodes } = store.newest()
  return { view, nodes, roots: execution.state, frontier: execution.frontier }
}
