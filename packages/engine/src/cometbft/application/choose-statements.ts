/** What a proposer puts into its block: never more than fits, nothing that cannot pass, and no issuer at the cost of the others. */
import { isRefusal } from '@meridian/protocol'
import type { KnownStatement } from './known-statements.ts'

/** The chosen ones, in the order in which they came, of those that may be ordered. */
export function chooseStatements(
  candidates: readonly KnownStatement[],
  maxBytes: number,
): readonly KnownStatement[] {
  const total = candidates.reduce((sum, { bytes }) => sum + framedBytes(bytes.length), 0)
  if (total <= maxBytes) return candidates
  const chosen = chosenInTurns(candidates, maxBytes)
  return candidates.filter((candidate) => chosen.has(candidate))
}

/** One of each issuer in turn, until the block is full. */
function chosenInTurns(candidates: readonly KnownStatement[], maxBytes: number): ReadonlySet<KnownStatement> {
  const chosen = new Set<KnownStatement>()
  let queues = queuesByIssuer(candidates)
  let room = maxBytes
  for (let turn = 0; queues.length > 0; turn++) {
    queues = queues.filter((queue) => {
      const next = queue[turn]
      if (next === undefined || framedBytes(next.bytes.length) > room) return false
      room -= framedBytes(next.bytes.length)
      chosen.add(next)
      return true
    })
  }
  return chosen
}

function queuesByIssuer(candidates: readonly KnownStatement[]): KnownStatement[][] {
  const queues = new Map<string, KnownStatement[]>()
  for (const candidate of candidates) {
    if (isRefusal(candidate.statement)) continue
    const { issuer } = candidate.statement
    const queue = queues.get(issuer)
    if (queue === undefined) queues.set(issuer, [candidate])
    else queue.push(candidate)
  }
  return [...queues.values()]
}

/** Bytes of a transaction in a block: a tag, a varint length, itself. */
export function framedBytes(length: number): number {
  let varint = 1
  for (let rest = length; rest >= 128; rest = Math.floor(rest / 128)) varint += 1
  return 1 + varint + length
}
