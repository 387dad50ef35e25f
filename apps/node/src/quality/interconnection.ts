/**
 * Interconnection rate by tier (S05): of the organisations that the ledger knows, by their kind, the share that anchored at least one
 * batch in the period. Computed from the chain; organisations that never came to the ledger are in no denominator.
 */
import type { Node } from '../wiring/node.ts'
import { walkAnchored } from './walk-anchored.ts'

/** One tier; `rate` is connected ÷ known. */
export interface InterconnectionTier {
  readonly kind: string
  readonly known: number
  readonly connected: number
  readonly rate: number
}

/** Tiers by kind, in alphabetical order. Cost: the whole chain. */
export async function interconnection(
  node: Pick<Node, 'ledger' | 'suite'>,
  period: { readonly from: string; readonly to: string },
): Promise<InterconnectionTier[]> {
  const anchoring = new Set<string>()
  for await (const { organisation } of walkAnchored(node, period)) anchoring.add(organisation)
  const { items: members } = await node.ledger.members()
  const kinds = [...new Set(members.map(({ kind }) => kind))].sort()
  return kinds.map((kind) => {
    const known = members.filter((member) => member.kind === kind)
    const connected = known.filter(({ organisation }) => anchoring.has(organisation)).length
    return { kind, known: known.length, connected, rate: connected / known.length }
  })
}
