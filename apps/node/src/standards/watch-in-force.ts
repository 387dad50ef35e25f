/** Looks after every block whether another set of standards counts, and goes over to it between two groups of records. */
import type { Engine } from '@meridian/engine'
import type { Corridor } from '@meridian/gateway'
import type { Clock, Vault } from '@meridian/vault'
import type { NodeEngine } from '../wiring/open-engine.ts'
import { countedVersions } from './in-force.ts'
import type { OpenedStandards } from './open-standards.ts'

/** What is watched and what changes. */
export interface InForceWatch {
  readonly engine: NodeEngine & Pick<Engine, 'follow'>
  readonly organisation: string
  readonly clock: Clock
  readonly standards: OpenedStandards
  readonly vault: Pick<Vault, 'judgeBy'>
  readonly corridor: Pick<Corridor, 'hold'>
  readonly log: (text: string) => void
}

/** The watch. `look` does at once what the next block would. */
export interface InForceWatching {
  look(): Promise<void>
  close(): Promise<void>
}

/** Begins with a look; nothing is judged by an old set once the state of its successor is here. */
export async function watchInForce(parts: InForceWatch): Promise<InForceWatching> {
  const closing = new AbortController()
  const look = () => lookOnce(parts)
  await look()
  const watching = (async () => {
    for await (const _ of parts.engine.follow(parts.engine.status().height + 1n, closing.signal))
      await look().catch(() =>
        parts.log('standards: not changed over, tried again at the next block. 标准未能切换，下一区块重试。'),
      )
  })()
  return {
    look,
    async close() {
      closing.abort()
      await watching.catch(() => undefined)
    },
  }
}

async function lookOnce({
  engine,
  organisation,
  clock,
  standards,
  vault,
  corridor,
}: InForceWatch): Promise<void> {
  const day = clock.now().toISOString().slice(0, 10)
  const counted = countedVersions({ engine, organisation, day })
  await standards.follow(counted, (hash, take) =>
    corridor.hold(async () => {
      await vault.judgeBy(hash)
      take()
    }),
  )
}
