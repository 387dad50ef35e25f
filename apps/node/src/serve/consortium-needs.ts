/** What the admin door is handed of the consortium: the ledger's documents, and votes and proposals as the operations say them. */
import { membersForm, parametersForm, proposalsForm } from '@meridian/client'
import type { AdminNeeds } from '@meridian/gateway'
import { certificateOf } from '../operations/certificate.ts'
import { type Operation, OperationRefused } from '../operations/operation.ts'
import { propose } from '../operations/propose.ts'
import { vote } from '../operations/vote.ts'
import type { Node } from '../wiring/node.ts'
import { createSigningRecord } from './signing-record.ts'
import { validatorsDocument } from './validators-document.ts'

type Need = AdminNeeds['consortium']
type Document = Awaited<ReturnType<Need['members']>>
type Proposed = Awaited<ReturnType<Need['propose']>>
type Voted = Awaited<ReturnType<Need['vote']>>

/** Over an open node. */
export function consortiumNeedOf(node: Node): Need {
  const record = createSigningRecord(node)
  const { ledger } = node
  return {
    members: async () => membersForm.encode(await ledger.members()) as Document,
    certificate: (organisation) => certificateNeed(node, organisation),
    proposals: async () => proposalsForm.encode(await ledger.proposals()) as Document,
    parameters: async () => parametersForm.encode(await ledger.parameters()) as Document,
    vote: async (proposal, choice) => (await says(node, vote, { proposal, choice })) as Voted,
    propose: async (question) => (await says(node, propose, question)) as Proposed,
    validators: () => validatorsDocument(node, record),
  }
}

async function certificateNeed(node: Node, organisation: string): ReturnType<Need['certificate']> {
  try {
    return { text: await certificateOf(node, organisation) }
  } catch (error) {
    if (error instanceof OperationRefused) return { refusedByLedger: error.code, message: error.text }
    throw error
  }
}

async function says<Args>(node: Node, operation: Operation<Args, unknown>, args: Args): Promise<unknown> {
  try {
    return await operation.run(node, args, () => undefined)
  } catch (error) {
    if (error instanceof OperationRefused) return { refusedByLedger: error.code, message: error.text }
    throw error
  }
}
