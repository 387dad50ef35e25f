/**
 * The language of the fault tests: a table of nodes and what happens to them, step by step. What must hold afterwards, on every node,
 * is the same for all (`run-manifest.ts`). Nodes are counted from 0.
 */
import type { MemberClass } from '@meridian/protocol'
import type { Part } from './fault-node.ts'
import type { LinkState } from './link.ts'

/** One node. */
export interface NodeRow {
  /** Whose it is, by place in the list of members. */
  readonly member: number
  /** What CometBFT is told by an application that was tampered with; honest when absent. */
  readonly tampering?: Tampering
  /** Its rules write one key more than the others'. */
  readonly diverges?: true
  /** How far its clock is off: the application's, and the one that dates its votes. */
  readonly clockOffsetMs?: number
  /** Its home lies on a disk of so many megabytes. */
  readonly diskMegabytes?: number
  /** At its first start it takes a snapshot of nodes 0 and 1 instead of executing the chain from its beginning. */
  readonly takesSnapshot?: true
  /** It is started by a step, not at the beginning. */
  readonly startsLater?: true
}

/** How a member's application was changed between itself and CometBFT. */
export type Tampering = 'proposes-garbage' | 'proposes-too-much' | 'lets-everything-in'

/** What happens, or what is waited for. */
export type Step =
  /** Ended with SIGKILL. */
  | { readonly kill: readonly number[]; readonly part?: Part }
  /** Started, and waited for until it answers. */
  | { readonly start: readonly number[] }
  /** Nodes of different groups cannot reach one another. */
  | { readonly partition: readonly (readonly number[])[] }
  /** The wires of these nodes, or of all. */
  | { readonly wires: LinkState; readonly of?: readonly number[] }
  /** Every connection of these nodes is reset at once. */
  | { readonly reset: readonly number[] }
  /** A new statement through each of these is final within the time. */
  | { readonly goesOn: readonly number[]; readonly withinMs?: number }
  /** A new statement through each of these gets no answer, and no block comes. */
  | { readonly stands: readonly number[] }
  /** Some block bears a signature from a clock so far ahead, and is itself dated within a minute of the machine's clock. */
  | { readonly signedAheadMs: number }
  /** Every running node shows a block of this height. */
  | { readonly reaches: bigint }
  /** The member's validator goes on with a new key, and its node is started with it. */
  | { readonly rotates: number }
  /** These nodes have what every other running node has. */
  | { readonly catchesUp: readonly number[] }
  /** Statements through these nodes, one after another from several clients each, until the end of the load. */
  | { readonly load: readonly number[] }
  /** So many more statements of the load are final. */
  | { readonly acknowledged: number }
  | { readonly loadEnds: true }
  /** Statements through this node, many at once: some are told to wait. */
  | { readonly flood: number; readonly count: number }
  /** Bytes that are no statement, handed to this node's CometBFT. */
  | { readonly garbage: number; readonly count: number }
  /** The member is recorded as a double signer and orders no more, says each of these nodes. */
  | { readonly doubleSigned: number; readonly seenBy: readonly number[] }
  /** The node stops for good and says so. */
  | { readonly halts: number; readonly code: string; readonly module?: string }
  /** This node, or its CometBFT, has said so many lines that hold the text. */
  | { readonly says: number; readonly text: string; readonly times: number }
  /** No byte is left on this node's disk, or all of them again. */
  | { readonly disk: 'full' | 'empty'; readonly of: number }

/** What a tampered application says of each proposal that it has exchanged. */
export const TAMPERED = 'tampered with a proposal'

/** A network, what happens to it, and who must be honest and whole at the end. */
export interface Manifest {
  readonly name: string
  readonly members: readonly MemberClass[]
  readonly nodes: readonly NodeRow[]
  readonly steps: readonly Step[]
  /** A snapshot is made every so many heights. */
  readonly snapshotInterval?: number
  /** Nodes that need not have the whole chain at the end: those that were made to misbehave. */
  readonly except?: readonly number[]
}

/** A network of `count` core members with a node each. */
export function core(count: number): Pick<Manifest, 'members' | 'nodes'> {
  const members = Array.from({ length: count }, (): MemberClass => 'core')
  return { members, nodes: members.map((_, member) => ({ member })) }
}

/** The same, with changes to some rows and more nodes after them. */
export function coreWith(
  count: number,
  changes: Readonly<Record<number, Partial<NodeRow>>>,
  more: readonly NodeRow[] = [],
): Pick<Manifest, 'members' | 'nodes'> {
  const { members, nodes } = core(count)
  return { members, nodes: [...nodes.map((row, i) => ({ ...row, ...changes[i] })), ...more] }
}
