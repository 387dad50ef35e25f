/** The shape that every ledger module has, so that the ledger can dispatch without knowing any of them. */
import type { GenesisDocument, Refusal, Statement, StatementKind } from '@meridian/protocol'
import type { Context } from './context.ts'
import type { Misbehaviour } from './misbehaviour.ts'
import type { StateView, WritableView } from './state-view.ts'

/** The rule for one statement kind. `apply` calls `check`, so that admission and execution cannot drift apart. */
export interface Rule<K extends StatementKind> {
  readonly kind: K
  /** The version of the rules from which on it counts; 1 unless it is said. */
  readonly since?: number
  /** The version that gives it up; it is still taken until the retire height of that version. */
  readonly retiredBy?: number
  /** Whether a suspended member may still say this, because it protects others. Absent: never. */
  readonly duringSuspension?: (statement: Statement<K>) => boolean
  /** Whether the statement would be accepted on this state. Effects: none. */
  check(view: StateView, statement: Statement<K>, context: Context): Refusal | undefined
  /** Changes the state, or refuses and changes nothing. */
  apply(view: WritableView, statement: Statement<K>, context: Context): Refusal | undefined
}

/** A rule of whatever kind, as the list of a module holds it. */
export type AnyRule = { [K in StatementKind]: Rule<K> }[StatementKind]

/** One module: its name is the name of its sub-root. */
export interface LedgerModule {
  readonly name: string
  readonly rules: readonly AnyRule[]
  /** Writes what the genesis document says; absent when that is nothing. */
  readonly initialise?: (view: WritableView, genesis: GenesisDocument, context: Context) => void
  /** What happens at the start of a block that is not empty, whatever statements are in it; absent when that is nothing. */
  readonly beginBlock?: (view: WritableView, context: Context, misbehaviour: readonly Misbehaviour[]) => void
  /** What must hold after every block; the names of those that do not. Reads the whole module: for tests and audits. */
  readonly brokenInvariants: (view: StateView) => readonly string[]
}
