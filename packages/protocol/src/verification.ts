/** What the verification of a receipt answers: rungs in order, and a verdict with its witnesses (spec 5 §7). */
import type { Refusal } from './refusal.ts'
import type { TrustAnchor } from './trust.ts'

/** The same sentence twice. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/**
 * The rungs in the order in which they are climbed. `record` needs a record or shown elements beside the receipt; a
 * receipt for a statement has no `batch`.
 */
export const RUNGS = Object.freeze([
  'files',
  'statement',
  'record',
  'batch',
  'log',
  'state',
  'header',
  'validators',
  'commit',
  'trust',
] as const)

/** The name of a rung. */
export type RungName = (typeof RUNGS)[number]

/** One rung: what it proved, or why it did not hold. */
export interface Rung {
  readonly name: RungName
  readonly ok: boolean
  /** What was proved; of a rung that failed, the text of its refusal. */
  readonly proved: Bilingual
  readonly refusal?: Refusal
}

/** The verdict. After a rung that fails no further one is climbed. */
export interface Verification {
  readonly verified: boolean
  readonly rungs: readonly Rung[]
  /** How many organisations signed; 0 unless verified. */
  readonly witnesses: number
  /** Their ids in alphabetical order. */
  readonly organisations: readonly string[]
  /** The verdict in one sentence, with how many witness it. */
  readonly summary: Bilingual
  /** What was shown; absent unless verified. */
  readonly evidence?: ProvedEvidence
}

/** What a verified receipt says. */
export interface ProvedEvidence {
  readonly chainId: string
  /** Who made the statement. */
  readonly issuer: string
  /** SHA-256 of the statement's Sig_structure. */
  readonly statementId: Uint8Array
  readonly statementKind: string
  /** The header that carries the proof: the statement is as old or older. Its time is in nanoseconds. */
  readonly header: { readonly height: bigint; readonly time: bigint }
  /** The anchor it was verified from; its time, in nanoseconds, tells its age. */
  readonly anchor: TrustAnchor
  /** Elements that were asked for or that the file of elements holds. */
  readonly shown: readonly { readonly path: string; readonly value: string }[]
}
