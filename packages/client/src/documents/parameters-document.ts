/** By which rules the chain goes, as it travels: parameters, their bounds, the version of the rules. */
import { countForm, type Form, listForm, objectForm, patternForm, wholeForm } from '@meridian/protocol'

/** One parameter and between what it may be changed by vote. */
export interface LedgerParameter {
  readonly name: string
  readonly value: number
  readonly least: number
  readonly most: number
}

/** The answer of GET /ledger/v1/parameters. */
export interface LedgerParameters {
  /** Of the newest signed block. */
  readonly height: bigint
  /** The version of the rules that the next block is executed by. */
  readonly applicationVersion: number
  /** Until this height what that version gave up is still taken. */
  readonly retireHeight: bigint
  readonly items: readonly LedgerParameter[]
}

/** Its form. */
export const parametersForm: Form<LedgerParameters> = objectForm<LedgerParameters>({
  height: wholeForm,
  applicationVersion: countForm,
  retireHeight: wholeForm,
  items: listForm(
    objectForm<LedgerParameter>({
      name: patternForm(/^[a-z][A-Za-z0-9]{0,63}$/),
      value: countForm,
      least: countForm,
      most: countForm,
    }),
    { max: 100 },
  ),
})
