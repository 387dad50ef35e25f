/** The ledger: the state machine that an engine orders statements for. Pure; everything it needs is handed in. */
import {
  type GenesisDocument,
  genesisHash,
  isRefusal,
  type Refusal,
  type Statement,
  type Suite,
} from '@meridian/protocol'
import { applyBlock } from './apply-block.ts'
import { checkEnvelope } from './check-envelope.ts'
import type { Context } from './context.ts'
import type { Misbehaviour } from './misbehaviour.ts'
import type { LedgerModule } from './module.ts'
import { type Edition, parametersOf, readEdition } from './modules/governance/queries.ts'
import { modules } from './modules/index.ts'
import { isMembersNode, keyOf, validatorsOf } from './modules/membership/queries.ts'
import { createRuleBook } from './rule-book.ts'
import type { StateView, WritableView } from './state-view.ts'
import { UNIQUE_IDS } from './unique-ids/state.ts'

/** What one chain's ledger is made with. */
export interface LedgerOptions {
  readonly suite: Suite
  /** The chain: statements for another one are refused. */
  readonly genesis: GenesisDocument
}

/** A block as the rules get it. */
export interface LedgerBlock {
  readonly height: bigint
  /** Block time in whole seconds since 1970. */
  readonly timeSeconds: bigint
  readonly statements: readonly Statement[]
  readonly misbehaviour: readonly Misbehaviour[]
}

/** A validator as state wants it, and the member behind its key. */
export interface LedgerValidator {
  readonly organisation: string
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
  readonly power: bigint
}

/** The state machine; it has the shape that the engine's port asks for. */
export interface Ledger {
  readonly name: string
  readonly modules: readonly string[]
  /** Writes the state before the first block. Throws when the genesis document cannot be one of this ledger. */
  initialise(view: WritableView): void
  check(
    view: StateView,
    statement: Statement,
    block: Pick<LedgerBlock, 'height' | 'timeSeconds'>,
  ): Refusal | undefined
  /** The key that the statement's signature is going to be verified under: a hint for engines that verify ahead. */
  signingKey(view: StateView, statement: Statement): Uint8Array | undefined
  /** Throws when state asks for a version of the rules that is not among `supportedVersions`: see there first. */
  applyBlock(view: WritableView, block: LedgerBlock): readonly (Refusal | undefined)[]
  /** The validators after the block: each with the power that the genesis document gives every one of them. */
  validators(view: StateView): readonly LedgerValidator[]
  /** Consensus parameters: `maxBlockBytes`, `maxExpirySeconds`, `minValidators`. */
  parameters(view: StateView): Readonly<Record<string, number>>
  /**
   * Whether a peer may connect: its node is one of a member that is in. A chain whose genesis document names no node admits
   * everybody, since its founders could not find one another otherwise.
   */
  admitsPeer(view: StateView, nodeId: Uint8Array): boolean
  /** Versions of the rules that this software can execute. */
  readonly supportedVersions: readonly number[]
  /** The version of the rules that the next block is executed by. */
  applicationVersion(view: StateView): number
}

/** CONSENSUS: append only, and every version stays as long as a chain may have to be replayed from its beginning. */
const SUPPORTED_VERSIONS: readonly number[] = [1]

/** The ledger of one chain. */
export function createLedger(options: LedgerOptions): Ledger {
  return createLedgerOf(modules, SUPPORTED_VERSIONS, options)
}

/** The ledger of other modules and versions: for the tests of upgrades. */
export function createLedgerOf(
  parts: readonly LedgerModule[],
  supportedVersions: readonly number[],
  { suite, genesis }: LedgerOptions,
): Ledger {
  const chain = { suite, genesisHash: genesisHash(suite, genesis) }
  const book = createRuleBook(parts)
  const power = genesis.validators[0]?.power ?? 1n
  const filtersPeers = genesis.organisations.some(({ endpoints }) => (endpoints?.nodes.length ?? 0) > 0)
  const contextOf = ({ height, timeSeconds }: Pick<LedgerBlock, 'height' | 'timeSeconds'>): Context => ({
    height,
    timeSeconds,
    ...chain,
  })
  const editionOf = (view: StateView): Edition => supported(readEdition(view), supportedVersions)
  return {
    name: 'meridian-ledger',
    // CONSENSUS: unique ids come last, after the modules of modules/index.ts.
    modules: [...parts.map((module) => module.name), UNIQUE_IDS],
    supportedVersions,
    initialise(view) {
      const context = contextOf({ height: 0n, timeSeconds: 0n })
      for (const module of parts) module.initialise?.(view, genesis, context)
    },
    check(view, statement, block) {
      const context = contextOf(block)
      const rule = book.ruleFor(statement, { ...editionOf(view), height: block.height })
      const refusal = checkEnvelope(view, statement, rule, context)
      if (refusal !== undefined) return refusal
      return isRefusal(rule) ? rule : rule.check(view, statement, context)
    },
    signingKey: (view, statement) => keyOf(view, statement.keyId)?.publicKey,
    applyBlock(view, block) {
      const execution = { modules: parts, book, edition: editionOf(view) }
      return applyBlock(view, block, execution, contextOf(block))
    },
    validators: (view) =>
      validatorsOf(view).map(({ organisation, publicKey }) => ({ organisation, publicKey, power })),
    parameters: parametersOf,
    admitsPeer: (view, nodeId) => !filtersPeers || isMembersNode(view, nodeId),
    applicationVersion: (view) => readEdition(view).version,
  }
}

function supported(edition: Edition, versions: readonly number[]): Edition {
  if (versions.includes(edition.version)) return edition
  throw new Error(`the rules of version ${edition.version} are not in this software`)
}

/** The invariants that do not hold, as `module: invariant`. Cost: the whole state. */
export function brokenInvariants(view: StateView): readonly string[] {
  return modules.flatMap((module) => module.brokenInvariants(view).map((name) => `${module.name}: ${name}`))
}
