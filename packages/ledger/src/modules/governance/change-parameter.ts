/** `parameters.change`: the core members change a parameter of the chain (spec 1 §8). */
import { type Refusal, refuse } from '@meridian/protocol'
import type { Asked, ProposalRule } from '../../proposal-rule.ts'
import type { StateView } from '../../state-view.ts'
import type { GovernanceNeeds } from './needs.ts'
import { parameterNamed } from './parameters.ts'
import { GOVERNANCE, type Parameter, readParameter, writeParameter } from './state.ts'

/** Its `check` refuses with governance.unknown-parameter, .parameter-unchanged, .parameter-range. */
export function changeParameter(needs: GovernanceNeeds): ProposalRule<'parameters.change'> {
  return {
    kind: 'parameters.change',
    check: (view, { action }) => check(view, action, needs),
    apply(view, { action }) {
      const { genesisValue } = readParameter(view, action.name) as Parameter
      writeParameter(view, action.name, { value: action.value, genesisValue })
    },
  }
}

function check(
  view: StateView,
  { name, value }: Asked<'parameters.change'>['action'],
  needs: GovernanceNeeds,
): Refusal | undefined {
  const bounds = parameterNamed(name)
  const now = readParameter(view, name)
  if (bounds === undefined || now === undefined) return refuse(GOVERNANCE, 'governance.unknown-parameter')
  if (now.value === value) return refuse(GOVERNANCE, 'governance.parameter-unchanged')
  // The genesis document is a promise: never fewer validators than it says, nor more than there are now.
  const isCount = name === 'minValidators'
  const least = isCount ? now.genesisValue : bounds.least
  const most = isCount ? Math.min(bounds.most, needs.validatorCount(view)) : bounds.most
  return value < least || value > most
    ? refuse(GOVERNANCE, 'governance.parameter-range', { least, most })
    : undefined
}
