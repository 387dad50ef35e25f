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
import { modules } from './modules/index.ts'
import { keyOf } from './modules/membership/queries.ts'
import { ruleFor } from './rule-for.ts'
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
  applyBlock(view: WritableView, block: LedgerBlock): readonly (Refusal | undefined)[]
}

/** The ledger of one chain. */
export function createLedger({ suite, genesis }: LedgerOptions): Ledger {
  const chain = { suite, genesisHash: genesisHash(suite, genesis) }
  const contextOf = (block: Pick<LedgerBlock, 'height' | 'timeSeconds'>): Context => ({
    height: block.height,
    timeSeconds: block.timeSeconds,
    ...chain,
  })
  return {
    name: 'meridian-ledger',
    // CONSENSUS: unique ids come last, after the modules of modules/index.ts.
    modules: [...modules.map((module) => module.name), UNIQUE_IDS],
    initialise(view) {
      const context = contextOf({ height: 0n, timeSeconds: 0n })
      for (const module of modules) module.initialise?.(view, genesis, context)
    },
    check(view, statement, block) {
      const context = contextOf(block)
      const refusal = checkEnvelope(view, statement, context)
      if (refusal !== undefined) return refusal
      const rule = ruleFor(statement)
      return isRefusal(rule) ? rule : rule.check(view, statement, context)
    },
    signingKey: (view, statement) => keyOf(view, statement.keyId)?.publicKey,
    applyBlock: (view, block) => applyBlock(view, block.statements, contextOf(block)),
  }
}

/** The invariants that do not hold, as `module: invariant`. Cost: the whole state. */
export function brokenInvariants(view: StateView): readonly string[] {
  return modules.flatMap((module) => module.brokenInvariants(view).map((name) => `${module.name}: ${name}`))
}
