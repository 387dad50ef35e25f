/** Signs a statement in the organisation's name, submits it and waits until a block holds it. */
import { randomBytes } from 'node:crypto'
import { signForLedger } from '@meridian/client'
import { isRefusal, refusalText, type StatementBodies, type StatementKind, toHex } from '@meridian/protocol'
import type { Node } from '../wiring/node.ts'
import { OperationRefused } from './operation.ts'

/** Where it stands, as an operation answers it. */
export interface SaidOnLedger {
  readonly statementId: string
  readonly height: number
}

/** What the operation needs of a node. */
export type SpeakingNode = Pick<Node, 'suite' | 'keys' | 'configuration' | 'genesisHash' | 'ledger' | 'clock'>

/** @throws OperationRefused with the ledger's code and words. */
export async function sayOnLedger<K extends StatementKind>(
  node: SpeakingNode,
  kind: K,
  body: StatementBodies[K],
): Promise<SaidOnLedger> {
  const { suite, keys, configuration, genesisHash, ledger } = node
  const identity = {
    suite,
    signer: keys.current.statement,
    organisation: configuration.organisation.id,
    genesisHash,
    newUniqueId: () => new Uint8Array(randomBytes(16)),
  }
  const blockTimeSeconds = await nowOnLedger(node)
  const { bytes } = signForLedger(identity, { kind, body, blockTimeSeconds })
  const answer = await ledger.submit(bytes)
  if (isRefusal(answer)) throw new OperationRefused(answer.code, refusalText(answer))
  return { statementId: toHex(answer.statementId), height: Number(answer.height) }
}

/** Block time, or the clock when the chain has rested: the block that will hold what is signed now has at least that time. */
export async function nowOnLedger({ ledger, clock }: Pick<Node, 'ledger' | 'clock'>): Promise<bigint> {
  const blockTimeSeconds = await ledger.blockTimeSeconds()
  const now = BigInt(Math.floor(clock.now().getTime() / 1000))
  return now > blockTimeSeconds ? now : blockTimeSeconds
}
