/** Where the chain stands, as it travels. */
import { countForm, type Form, hashForm, objectForm, patternForm, wholeForm } from '@meridian/protocol'
import { booleanForm } from './plain-forms.ts'

/** Where the chain stands. */
export interface LedgerStatus {
  readonly chainId: string
  readonly genesisHash: Uint8Array
  /** 0 before the first block. */
  readonly height: bigint
  /** Time of the newest block in nanoseconds since 1970; the genesis time before the first. */
  readonly timeNanos: bigint
  /** Hash of the state after the newest block. */
  readonly appHash: Uint8Array
  readonly logSize: number
  /** Statements that wait for a block. */
  readonly waiting: number
  /** Nothing waits and the newest state is signed. */
  readonly idle: boolean
  /** How many validators order here: with one, evidence is the operator's own word. */
  readonly validators: number
}

/** The form of GET /ledger/v1/status. */
export const statusForm: Form<LedgerStatus> = objectForm<LedgerStatus>({
  chainId: patternForm(/^[a-z0-9.-]{1,50}$/),
  genesisHash: hashForm,
  height: wholeForm,
  timeNanos: wholeForm,
  appHash: hashForm,
  logSize: countForm,
  waiting: countForm,
  idle: booleanForm,
  validators: countForm,
})
