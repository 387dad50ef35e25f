/**
 * Puts the writes of several clients that come while others are on their way into one group: they then share the flushes of the
 * inbox and the store, which cost more than all else. Every item stays atomic by itself; nobody waits for a timer.
 */
import type { Outcome } from '../../outcome.ts'
import type { FhirDoorNeeds } from './needs.ts'

type TakeIn = FhirDoorNeeds['takeIn']
type Sent = Parameters<TakeIn>[0]

interface Waiting {
  readonly sent: Sent
  readonly resolve: (outcomes: readonly Outcome[]) => void
  readonly reject: (error: unknown) => void
}

/** How many groups are on their way at once, and how many items one may hold (a single call may hold more). */
export interface GatherLimits {
  readonly groups: number
  readonly items: number
}

/** Two, so that the inbox takes the next group while the rooms are at the last. */
const usual: GatherLimits = { groups: 2, items: 64 }

/** The same call, gathered. A call that fails fails for everyone in its group. */
export function gatherWrites(takeIn: TakeIn, limits: GatherLimits = usual): TakeIn {
  const waiting: Waiting[] = []
  let underway = 0
  const next = async () => {
    const group = nextGroup(waiting, limits.items)
    if (group.length === 0 || underway === limits.groups) return
    waiting.splice(0, group.length)
    underway++
    try {
      const outcomes = await takeIn(group.flatMap((call) => call.sent))
      let from = 0
      for (const { sent, resolve } of group) {
        resolve(outcomes.slice(from, from + sent.length))
        from += sent.length
      }
    } catch (error) {
      for (const { reject } of group) reject(error)
    } finally {
      underway--
      next()
    }
  }
  return (sent) =>
    new Promise((resolve, reject) => {
      waiting.push({ sent, resolve, reject })
      next()
    })
}

function nextGroup(waiting: readonly Waiting[], most: number): Waiting[] {
  const group: Waiting[] = []
  let items = 0
  for (const call of waiting) {
    if (group.length > 0 && items + call.sent.length > most) break
    group.push(call)
    items += call.sent.length
  }
  return group
}
