/** `meridian serve`: runs the node of a home that was set up before; nothing made-up is taken in. */
import { decodeTrust, isRefusal, refusalText } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { type Command, type Invocation, UsageError } from '../command-line/command.ts'
import { homeAt, isHome } from '../home/home.ts'
import type { SyncFrom } from '../state-sync/open-state-sync.ts'
import { option } from './ask.ts'
import { readNamed } from './read-file.ts'
import { networkOptionTable, runNode } from './start.ts'

export const serve: Command = {
  name: 'serve',
  usage:
    '[--host ADDRESS] [--tls-cert FILE --tls-key FILE | --behind-proxy] [--sync-from A,B [--trust trust.json]]',
  summary: { zh: '运行已设置好的节点', en: 'run a node that was set up before' },
  options: [
    ...networkOptionTable,
    {
      name: 'sync-from',
      value: 'URLS',
      text: {
        zh: '新目录从快照开始：至少两个成员节点的地址（逗号分隔）',
        en: 'a new home begins from a snapshot: the doors of two members at least, with commas',
      },
    },
    {
      name: 'trust',
      value: 'FILE',
      text: {
        zh: '快照据以核验的信任文件（默认为创世文件，三十天内有效）',
        en: 'trust file that the snapshot is verified by (default: the genesis document, within thirty days)',
      },
    },
  ],
  run(invocation) {
    const home = homeAt(invocation.home)
    if (!isHome(home))
      throw new UsageError({
        zh: `${home.dir} 尚未设置。请先运行 meridian start，或用 meridian card 和 meridian join 加入联盟。`,
        en: `${home.dir} was not set up. Run meridian start, or join a consortium with meridian card and meridian join.`,
      })
    return runNode(home, { ...invocation, ...syncOptions(invocation) }, async () => {})
  },
}

function syncOptions(invocation: Invocation): { readonly syncFrom?: SyncFrom } {
  const named = option(invocation, 'sync-from')
  const file = option(invocation, 'trust')
  const doors = (named ?? '').split(',').filter((door) => door !== '')
  if (named === undefined && file === undefined) return {}
  if (new Set(doors).size < 2 || !doors.every((door) => /^https?:\/\//.test(door)))
    throw new UsageError(
      {
        zh: '--sync-from 须给出至少两个不同成员的地址（http:// 或 https://，逗号分隔）。',
        en: '--sync-from names the doors of two different members at least (http:// or https://, with commas).',
      },
      'sync.doors',
    )
  if (file === undefined) return { syncFrom: { doors } }
  const trust = decodeTrust(nodeSuite, readNamed(file))
  if (isRefusal(trust)) throw new UsageError(refusalText(trust), trust.code)
  return { syncFrom: { doors, trust } }
}
