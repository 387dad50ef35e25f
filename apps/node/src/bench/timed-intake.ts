/** Takes one file in by the operation that `meridian intake` runs, and times every record from received to anchored. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeStatement, isRefusal, type StatementBodies } from '@meridian/protocol'
import { intake } from '../operations/intake.ts'
import type { Node } from '../wiring/node.ts'
import type { LoadFile } from './loads.ts'
import type { ThrowawayNode } from './throwaway-home.ts'

/** `records` new versions in `ms` from the first byte read to the last batch in a block; `lagsMs` one for each version. */
export interface TimedIntake {
  readonly records: number
  readonly ms: number
  readonly lagsMs: readonly number[]
}

/** Effects: a file in the throw-away folder, and whatever an intake does. Throws when an item is refused: the load is then wrong. */
export async function timedIntake(
  { node, dir }: ThrowawayNode,
  { name, content }: LoadFile,
  source: string,
): Promise<TimedIntake> {
  const path = join(dir, name)
  writeFileSync(path, content)
  const received: number[] = []
  const stopBlocks = new AbortController()
  const blocks = anchoredTimes(node, stopBlocks.signal)
  const started = performance.now()
  const summary = await intake.run(noting(node, received), { files: [path], source }, () => undefined)
  const ms = performance.now() - started
  stopBlocks.abort()
  const [first] = summary.refusals
  if (first !== undefined) throw new Error(`the load has a refused item: ${first.code} ${first.place ?? ''}`)
  return { records: summary.records, ms, lagsMs: lagsOf(received, await blocks) }
}

/** The node with a corridor that notes when each new version's item was handed in, in the order in which it was stored. */
function noting(node: Node, received: number[]): Node {
  const { corridor } = node
  return {
    ...node,
    corridor: {
      ...corridor,
      async keep(sent) {
        const at = performance.now()
        const kept = await corridor.keep(sent)
        const outcomes = Promise.all(kept.map((one) => one.outcome))
        outcomes.then(
          (all) => {
            for (const outcome of all)
              if (outcome.state === 'taken-in')
                for (const record of outcome.records) if (record.outcome === 'stored') received.push(at)
          },
          () => undefined,
        )
        return kept
      },
    },
  }
}

interface Anchored {
  readonly batchId: Uint8Array
  readonly at: number
}

async function anchoredTimes(node: Node, signal: AbortSignal): Promise<number[]> {
  const seen: Anchored[] = []
  const from = node.engine.status().height + 1n
  for await (const block of node.engine.follow(from, signal)) {
    const at = performance.now()
    for (const bytes of block.statements) {
      const statement = decodeStatement(node.suite, bytes)
      if (isRefusal(statement) || statement.kind !== 'anchor-batch') continue
      seen.push({ batchId: (statement.body as StatementBodies['anchor-batch']).batchId, at })
    }
  }
  const times: number[] = []
  for (const { batchId, at } of seen) {
    const count = (await node.vault.outbox.batch(batchId))?.count ?? 0
    for (let i = 0; i < count; i += 1) times.push(at)
  }
  return times
}

/** Versions are anchored in the order in which they were stored. */
function lagsOf(received: readonly number[], anchored: readonly number[]): number[] {
  return received.map((at, i) => (anchored[i] ?? Number.NaN) - at).filter((lag) => !Number.isNaN(lag))
}
