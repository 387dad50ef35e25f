/** `proposals`: what is put to the core members, and by which parameters the chain goes. */
import { encodeJson, type ProposalOutcome, parametersForm, proposalsForm } from '@meridian/client'
import type { Json, Operation } from './operation.ts'

/** Which ones; all without `outcome`. */
export interface ProposalsArgs {
  readonly outcome?: ProposalOutcome
}

export const proposals: Operation<ProposalsArgs, Json> = {
  name: 'proposals',
  async run({ ledger }, { outcome }) {
    const [found, rules] = await Promise.all([ledger.proposals(outcome), ledger.parameters()])
    const parameters = JSON.parse(encodeJson(parametersForm, rules)) as Json
    return { ...(JSON.parse(encodeJson(proposalsForm, found)) as object), parameters }
  },
}
