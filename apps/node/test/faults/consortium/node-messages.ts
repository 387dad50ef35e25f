/** What a node's process and its test say to one another over the process channel. */
import type { CometOptions, StateRoots, StateSyncSource } from '@meridian/engine'

/** What a node is opened with. */
export interface NodeOrder {
  /** The text of the genesis document. */
  readonly genesis: string
  readonly options: Pick<CometOptions, 'directory' | 'keys' | 'addresses' | 'binary'> & {
    readonly settings: NonNullable<CometOptions['settings']>
    readonly stateSync?: StateSyncSource
  }
  /** Its rules write one key more than everybody else's. */
  readonly diverges: boolean
  /** How far the clock of the application is off. */
  readonly clockOffsetMs: number
}

/** A block as a node shows it. */
export interface SeenBlock {
  readonly height: bigint
  /** Nanoseconds since 1970. */
  readonly time: bigint
  /** Of those who voted for it. */
  readonly voteTimes: readonly bigint[]
  readonly blockId: string
  readonly state: StateRoots
  /** How many ordered it. */
  readonly validators: number
  readonly statements: readonly { readonly id: string; readonly accepted: boolean }[]
  /** Members whose double signing is recorded in the newest state. */
  readonly doubleSigners: readonly string[]
}

/** Why a node stopped for good. */
export interface Halted {
  readonly code: string
  readonly detail: Readonly<Record<string, string | number>>
  readonly message: string
}

/** The answer to a submission: final at a height, refused by code, or the node failed. */
export type Answered =
  | { readonly height: bigint }
  | { readonly refused: string }
  | { readonly failed: string }

/** From the test. */
export type ToNode =
  | { readonly open: NodeOrder }
  | { readonly submit: Uint8Array; readonly number: number }
  | { readonly states: readonly StateRoots[]; readonly number: number }
  | { readonly close: true }

/** From the node. */
export type FromNode =
  | { readonly up: true }
  | { readonly block: SeenBlock }
  | ({ readonly number: number } & Answered)
  | { readonly ask: bigint; readonly number: number }
  | { readonly halted: Halted }
  | { readonly failure: string }
  | { readonly line: string }
  | { readonly ended: string }
