/** The member that answers at the ledger door: its receipt key, the checkpoints it signs, and what it keeps against others. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeSigned, type SignedCheckpoint } from '@meridian/protocol'
import { createCheckpointKeeper } from '../ledger-door/checkpoint-keeper.ts'
import type { AnsweringMember } from '../ledger-door/ledger-route.ts'
import type { Node } from '../wiring/node.ts'

/** How long another member may take to add its line. */
const COSIGNATURE_MS = 2_000

/** The member of an open node. `log` is told when somebody shows another history. */
export function answeringMember(node: Node, log: (text: string) => void): AnsweringMember {
  const { engine, suite, receiptSigner, home } = node
  const organisation = node.configuration.organisation.id
  const checkpoints = createCheckpointKeeper({ engine, suite, organisation, receiptSigner, bring })
  return {
    organisation,
    receiptSigner,
    // In a consortium all serve the same bytes: a chain that one of them brought along is in its own trust file only (ADR 0122).
    earlier: node.configuration.engine === 'cometbft' ? [] : node.earlier.map((chain) => chain.genesis),
    nowSeconds: () => BigInt(Math.floor(node.clock.now().getTime() / 1000)),
    checkpoints,
    keepContradiction(height, note) {
      const folder = join(home.dir, 'contradictions')
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeFileSync(join(folder, nameOf(height, note, 'theirs')), encodeSigned(note))
      writeFileSync(join(folder, nameOf(height, note, 'ours')), checkpoints.at(height) ?? '')
      log(
        `Another history was shown; both notes are in ${folder}. 有成员出示了另一份账本历史，两份检查点均已留存。`,
      )
    },
  }
}

const nameOf = (height: bigint, { size }: SignedCheckpoint, whose: string): string =>
  `height-${height}-size-${size}.${whose}.txt`

async function bring(door: string, height: bigint, note: string): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch(`${door}/ledger/v1/cosignatures?height=${height}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: note,
      signal: AbortSignal.timeout(COSIGNATURE_MS),
    })
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined
  } catch {
    return undefined
  }
}
