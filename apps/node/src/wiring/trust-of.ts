/** The trust file of a chain of one organisation: its genesis, pinned, and those of the chains it was handed over from. */
import { type GenesisDocument, genesisAnchor, type Suite, type Trust } from '@meridian/protocol'

/** Believes the validators of the genesis documents, newest first, so that receipts from before a handover verify as well. */
export function trustOf(suite: Suite, chains: readonly GenesisDocument[]): Trust {
  return { anchors: chains.map((genesis) => genesisAnchor(suite, genesis)) }
}
