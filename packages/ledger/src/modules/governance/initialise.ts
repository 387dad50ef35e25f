/** What governance begins with: the parameters of the genesis document and version 1 of the rules. */
import type { GenesisDocument } from '@meridian/protocol'
import type { WritableView } from '../../state-view.ts'
import { PARAMETER_TABLE } from './parameters.ts'
import { writeEdition, writeParameter } from './state.ts'

/** Writes them at height 0. Throws when the genesis document sets one out of its bounds. */
export function initialise(view: WritableView, genesis: GenesisDocument): void {
  for (const { name, least, most, usual } of PARAMETER_TABLE) {
    const value = genesis.parameters[name] ?? usual(genesis)
    if (value < least || value > most) {
      throw new RangeError(`genesis: ${name} is not from ${least} to ${most}`)
    }
    writeParameter(view, name, { value, genesisValue: value })
  }
  writeEdition(view, { version: 1, retireHeight: 0n })
}
