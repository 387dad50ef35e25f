/**
 * Groups on their way through the rooms, several at once: one is looked up while another is sealed and a third written, each rung
 * in the order of arrival. A group is sealed on what the groups before it will have written; when one of them, or a stranger, did
 * otherwise, it is taken in anew, by itself, from what the store then holds (docs/adr/0080).
 */
import type { Received } from './connect/received.ts'
import { type Converted, lookUp, type Rooms, type SealedGroup, sealGroup, writeGroup } from './intake.ts'
import type { Outcome } from './outcome.ts'
import type { Held } from './standardise/open-joiner.ts'
import { createTurns } from './turns.ts'

/** What passages work with. */
export interface PassageParts extends Rooms {
  readonly convert: (group: readonly Received[]) => Promise<readonly Converted[]>
  /** Takes a group in from the beginning, and stays with it until it is in. */
  readonly takeInAnew: (
    group: readonly Received[],
    converted: readonly Converted[],
  ) => Promise<readonly Outcome[]>
  readonly signal: AbortSignal
}

/** The way through the rooms. */
export interface Passages {
  /** Outcomes in the order of the items. Groups are stored in the order of the calls. */
  pass(group: readonly Received[]): Promise<readonly Outcome[]>
  /** Runs `task` in its turn: nothing is written meanwhile, and no group behind it relies on what was before. */
  alone<T>(task: () => Promise<T>): Promise<T>
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>
}

/**
 * One group on its way, or one task. What was sealed on it holds only when it is written as it was sealed itself: `otherwise` is
 * set as soon as it is known that it will not be.
 */
interface Passage {
  sealed?: SealedGroup
  reliedOn: readonly Passage[]
  otherwise: boolean
  readonly done: Promise<unknown>
}

/** A converted group, what was held of it, and the passages that were ahead of it at that moment. */
interface Looked {
  readonly converted: readonly Converted[]
  readonly held: Held
  readonly before: readonly Passage[]
}

/**
 * PERF: so many groups are on their way at once: one is received, one looked up, one sealed and one written. More would only hold
 * memory; a group beyond them waits unconverted.
 */
const mostAtOnce = 4

/** Opens an empty way. */
export function createPassages(parts: PassageParts): Passages {
  const underWay: Passage[] = []
  const sealing = createTurns()
  const writing = createTurns()

  const look = async (passage: Passage, converted: readonly Converted[]): Promise<Looked> => {
    const before = underWay.slice(0, underWay.indexOf(passage))
    return { converted, before, held: await lookUp(converted, parts) }
  }

  // One that goes otherwise is waited for, or all behind it would have to go otherwise too.
  const seal = async (passage: Passage, looked: Looked): Promise<void> => {
    const astray = looked.before.findLast(isAstray)
    await astray?.done
    const { converted, before, held } = astray === undefined ? looked : await look(passage, looked.converted)
    const sealed = before.flatMap((one) => one.sealed ?? [])
    passage.reliedOn = before
    passage.sealed = await sealGroup(converted, { held, before: sealed }, parts)
  }

  const write = async (passage: Passage, group: readonly Received[], ready: Promise<void>) => {
    await ready
    if (passage.sealed === undefined || isAstray(passage)) return undefined
    return writeGroup(group, passage.sealed, parts)
  }

  const finish = async (passage: Passage, group: readonly Received[], { converted, ready }: Preparation) => {
    parts.signal.throwIfAborted()
    // Whatever went wrong is met again, and told, when the group is taken in anew.
    const outcomes = await write(passage, group, ready).catch(() => undefined)
    passage.otherwise = outcomes === undefined
    return outcomes ?? parts.takeInAnew(group, await converted)
  }

  const enter = <T>(work: (passage: Passage) => Promise<T>): Promise<T> => {
    let leave = () => {}
    const done = new Promise<void>((resolve) => {
      leave = resolve
    })
    const passage: Passage = { otherwise: false, reliedOn: [], done }
    underWay.push(passage)
    return work(passage).finally(() => {
      underWay.splice(underWay.indexOf(passage), 1)
      passage.reliedOn = []
      leave()
    })
  }

  return {
    pass: (group) =>
      enter((passage) => {
        const place = underWay.at(-1 - mostAtOnce)?.done ?? Promise.resolve()
        const converted = place.then(() => parts.convert(group))
        const looked = converted.then((items) => look(passage, items))
        const ready = sealing.take(async () => seal(passage, await looked))
        ready.catch(() => undefined)
        return writing.take(() => finish(passage, group, { converted, ready }))
      }),
    alone: (task) =>
      enter((passage) => {
        passage.otherwise = true
        return writing.take(task)
      }),
    settled: () => writing.settled(),
  }
}

interface Preparation {
  readonly converted: Promise<readonly Converted[]>
  readonly ready: Promise<void>
}

/** It will not be written as it was sealed, or something that it relied on will not. */
function isAstray(passage: Passage): boolean {
  return passage.otherwise || passage.sealed === undefined || passage.reliedOn.some(isAstray)
}
