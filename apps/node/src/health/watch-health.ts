/** Looks at the engine every few seconds, keeps the alarms, and says each once when it begins and once when it is over. */
import type { NodeEngine } from '../wiring/open-engine.ts'
import { type Alarm, haltAlarm, standstillAlarm } from './alarm.ts'
import { createHeightWatch } from './height-watch.ts'

/** What is watched and how. */
export interface HealthParts {
  readonly engine: Pick<NodeEngine, 'status' | 'halted' | 'network'>
  readonly log: (text: string) => void
  /** How long statements may wait at one height. */
  readonly stillAfterMs: number
  /** How often the chain makes a block when nothing is said. Two of them missed are an alarm of a chain at rest. */
  readonly blockIntervalMs: number
  /** Of a clock that never goes back. */
  readonly nowMs: () => number
}

/** The watch. */
export interface Health {
  alarms(): readonly Alarm[]
  /** Looks now; what the timer does. Never rejects. */
  look(): Promise<void>
  close(): void
}

const EVERY_MS = 5_000

/** Looks at once and from then on by a timer that keeps no process alive. */
export function watchHealth(parts: HealthParts): Health {
  const { log } = parts
  const stillness = createHeightWatch()
  let alarms: readonly Alarm[] = []
  const look = async (): Promise<void> => {
    const next = alarmsOf(parts, stillness, await inMempool(parts))
    for (const alarm of next) if (!has(alarms, alarm)) log(begins(alarm))
    for (const alarm of alarms) if (!has(next, alarm)) log(ends(alarm))
    alarms = next
  }
  const timer = setInterval(() => void look(), EVERY_MS)
  timer.unref()
  void look()
  return { alarms: () => alarms, look, close: () => clearInterval(timer) }
}

function alarmsOf(
  { engine, stillAfterMs, blockIntervalMs, nowMs }: HealthParts,
  stillness: ReturnType<typeof createHeightWatch>,
  mempool: number,
): readonly Alarm[] {
  const { height, waiting } = statusOf(engine)
  const halted = engine.halted()
  if (halted !== undefined) return [haltAlarm(halted, height)]
  const all = Math.max(waiting, mempool)
  const { waitingMs, restingMs } = stillness({ height, waiting: all, nowMs: nowMs() })
  const isStill = waitingMs >= stillAfterMs || restingMs >= 2 * blockIntervalMs + stillAfterMs
  return isStill ? [standstillAlarm({ height, waiting: all, stillMs: restingMs })] : []
}

/** A closing engine answers no more; that is no alarm. */
function statusOf(engine: HealthParts['engine']): { height: bigint; waiting: number } {
  try {
    return engine.status()
  } catch {
    return { height: 0n, waiting: 0 }
  }
}

/** What the other members have sent waits here too; an engine that is away answers nothing. */
async function inMempool({ engine }: HealthParts): Promise<number> {
  try {
    return (await engine.network?.())?.mempool ?? 0
  } catch {
    return 0
  }
}

const has = (alarms: readonly Alarm[], { code }: Alarm): boolean => alarms.some((each) => each.code === code)

function begins({ code, message, hint }: Alarm): string {
  return `alarm ${code}: ${message.en}. ${hint.en}. ${message.zh}。${hint.zh}。`.replaceAll(
    /([.。])\1/g,
    '$1',
  )
}

const ends = ({ code }: Alarm): string => `alarm ${code} is over: it goes on. 告警解除，已恢复。`
