/** The parameters of the chain that state holds: names, bounds and what they are when the genesis document is silent. */
import type { GenesisDocument } from '@meridian/protocol'

/** A parameter that the core members may change. */
export interface ParameterBounds {
  readonly name: string
  readonly least: number
  readonly most: number
  /** What it is when the genesis document does not say. */
  usual(genesis: GenesisDocument): number
}

const DAY_SECONDS = 86_400

/** Four stand one fault; a chain that begins with fewer keeps what it begins with. */
const USUAL_VALIDATORS = 4

/** CONSENSUS: all of them, in the order of their names. */
export const PARAMETER_TABLE: readonly ParameterBounds[] = [
  // A block holds the largest statement and its frame; more than 4 MiB starves the engine.
  { name: 'maxBlockBytes', least: 131_072, most: 4_194_304, usual: () => 524_288 },
  // At most the 24 hours of design §4; less than the usual hour would refuse what everybody signs.
  { name: 'maxExpirySeconds', least: 3_600, most: DAY_SECONDS, usual: () => DAY_SECONDS },
  {
    name: 'minValidators',
    least: 1,
    most: 100,
    usual: ({ validators }) => Math.min(USUAL_VALIDATORS, validators.length),
  },
]

/** The row of a name, or undefined. */
export function parameterNamed(name: string): ParameterBounds | undefined {
  return PARAMETER_TABLE.find((row) => row.name === name)
}
