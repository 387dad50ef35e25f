/** Puts statements into a network, as outboxes do: the same bytes again until they are answered, and every answer told to the witness. */
import { decodeStatement, isRefusal, toHex } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import type { FaultNode } from './fault-node.ts'
import { type Member, newClaim } from './members.ts'
import type { Answered } from './node-messages.ts'
import type { Network } from './set-up.ts'

/** Submits a new statement of the node's member through it, once. */
export function submitNew(network: Network, index: number): Promise<Answered> {
  return submit(network, index, newClaim(network.genesis, memberOf(network, index)))
}

async function submit({ nodes, witness }: Network, index: number, bytes: Uint8Array): Promise<Answered> {
  const answer = await (nodes[index] as FaultNode).submit(bytes)
  if ('height' in answer) witness.acknowledged(idOf(bytes), answer.height)
  return answer
}

/** Whose node it is. */
export function memberOf({ members, rows }: Network, index: number): Member {
  const member = members[rows[index]?.member ?? -1]
  if (member === undefined) throw new RangeError(`there is no node ${index}`)
  return member
}

function idOf(bytes: Uint8Array): string {
  const statement = decodeStatement(nodeSuite, bytes)
  if (isRefusal(statement)) throw new Error(statement.code)
  return toHex(statement.id)
}

/** A load that goes on. */
export interface Load {
  /** No new statement; resolves when those that were submitted are answered. */
  end(): Promise<void>
}

const CLIENTS = 4

/** Several clients at each of the nodes. A node that is away is asked again when it is back. */
export function putLoad(network: Network, indices: readonly number[], deadline: AbortSignal): Load {
  const ending = new AbortController()
  const clients = indices.flatMap((index) =>
    Array.from({ length: CLIENTS }, async () => {
      while (!ending.signal.aborted && !deadline.aborted) await submitUntilFinal(network, index, deadline)
    }),
  )
  return {
    async end() {
      ending.abort()
      await Promise.all(clients)
    },
  }
}

async function submitUntilFinal(network: Network, index: number, deadline: AbortSignal): Promise<void> {
  const node = network.nodes[index] as FaultNode
  const bytes = newClaim(network.genesis, memberOf(network, index))
  while (!deadline.aborted) {
    const answer = await submit(network, index, bytes)
    if ('height' in answer) return
    if ('refused' in answer) throw new Error(answer.refused)
    await node.untilNews(deadline)
  }
}

/** A load of many statements at once, again and again. */
export interface Flood {
  /** Resolves to how many were final and how many were told to wait. */
  end(): Promise<{ readonly final: number; readonly toldToWait: number }>
}

const BURSTS = 2

/**
 * Bursts of `count` statements through one node, each after the one before was answered. All are signed before the first, so that the
 * machine's time goes to the nodes.
 */
export function flood(network: Network, index: number, count: number): Flood {
  const member = memberOf(network, index)
  const bursts = Array.from({ length: BURSTS }, () =>
    Array.from({ length: count }, () => newClaim(network.genesis, member)),
  )
  let isEnding = false
  const counts = { final: 0, toldToWait: 0 }
  const flooding = (async () => {
    for (const burst of bursts) {
      if (isEnding) break
      const answers = await Promise.all(burst.map((bytes) => submit(network, index, bytes)))
      for (const answer of answers) tallyAnswer(counts, answer)
    }
  })()
  return {
    async end() {
      isEnding = true
      await flooding
      return counts
    },
  }
}

function tallyAnswer(counts: { final: number; toldToWait: number }, answer: Answered): void {
  if ('height' in answer) counts.final += 1
  else if ('refused' in answer && answer.refused === 'statement.too-many') counts.toldToWait += 1
  else throw new Error(JSON.stringify(answer))
}
