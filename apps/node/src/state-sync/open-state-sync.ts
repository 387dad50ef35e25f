/** Prepares state sync for a new home: asks the members' doors, finds the trusted block, and stands between them and CometBFT. */
import type { RpcAnswer, StateSyncSource } from '@meridian/engine'
import {
  type GenesisDocument,
  genesisAnchor,
  isRefusal,
  refusalText,
  type Signer,
  type Suite,
  type Trust,
} from '@meridian/protocol'
import { OutsideFailure } from '../command-line/command.ts'
import { type LightFacade, openLightFacade } from './light-facade.ts'
import { type MemberDoor, memberDoor } from './member-door.ts'
import { trustedPoint } from './trusted-point.ts'

/** From whom, and what is believed beforehand. */
export interface SyncFrom {
  /** Two members' doors at least: one alone could show a chain that nobody else has. */
  readonly doors: readonly string[]
  readonly trust?: Trust
}

/** Who syncs. */
export interface StateSyncParts extends SyncFrom {
  readonly suite: Suite
  readonly genesis: GenesisDocument
  readonly signer: Signer
  readonly nowMs: () => number
}

/** What CometBFT is told; `close` when the snapshot is here, or nobody wants it any more. */
export interface StateSync {
  readonly source: StateSyncSource
  close(): Promise<void>
}

/** @throws OutsideFailure sync.door-away, sync.not-let-in, sync.other-chain, or with the refusal of what was pinned. */
export async function openStateSync(parts: StateSyncParts): Promise<StateSync> {
  const { suite, genesis, nowMs, trust } = parts
  const anchor = genesisAnchor(suite, genesis)
  const doors = parts.doors.map((url) => memberDoor(url, parts))
  const heights = await Promise.all(doors.map((door) => oldestHeight(door, anchor.chainId)))
  const [oldest = 1n] = heights.toSorted((a, b) => (a > b ? -1 : 1))
  const [first] = doors
  if (first === undefined) throw new Error('state sync without a door')
  const point = await trustedPoint(first, {
    suite,
    genesisAnchor: anchor,
    oldest,
    nowMs,
    ...(trust === undefined ? {} : { trust }),
  })
  if (isRefusal(point)) {
    const { zh, en } = refusalText(point)
    throw new OutsideFailure({
      zh: `sync.not-trusted（${point.code}）：${zh} 请用 meridian trust --from 从多个成员取得信任文件，电话核对后以 --trust 给出。`,
      en: `sync.not-trusted (${point.code}): ${en} Get a trust file from several members with meridian trust --from, compare its words by telephone, and give it with --trust.`,
    })
  }
  const facades = await Promise.all(doors.map(openLightFacade))
  return { source: { servers: facades.map(({ url }) => url), ...point }, close: () => closeAll(facades) }
}

async function closeAll(facades: readonly LightFacade[]): Promise<void> {
  await Promise.all(facades.map((facade) => facade.close()))
}

/** The oldest block that CometBFT behind the door has. */
async function oldestHeight(door: MemberDoor, chainId: string): Promise<bigint> {
  const answer = await door.ask({ method: 'status', params: {} })
  const { network, oldest } = readStatus(answer)
  if (network === chainId && oldest !== undefined) return oldest
  throw new OutsideFailure({
    zh: `sync.other-chain：${door.url} 不属于链 ${chainId}，或未运行 CometBFT。`,
    en: `sync.other-chain: ${door.url} is not of the chain ${chainId}, or runs no CometBFT.`,
  })
}

function readStatus(answer: RpcAnswer): { network?: string; oldest?: bigint } {
  if ('error' in answer) return {}
  const { node_info: node, sync_info: sync } = answer.result as {
    node_info?: { network?: unknown }
    sync_info?: { earliest_block_height?: unknown }
  }
  const oldest = String(sync?.earliest_block_height)
  return {
    ...(typeof node?.network === 'string' ? { network: node.network } : {}),
    ...(/^\d{1,18}$/.test(oldest) ? { oldest: BigInt(oldest) } : {}),
  }
}
