/** `meridian serve`: runs the node of a home that was set up before; nothing made-up is taken in. */
import { type Command, UsageError } from '../command-line/command.ts'
import { homeAt, isHome } from '../home/home.ts'
import { networkOptionTable, runNode } from './start.ts'

export const serve: Command = {
  name: 'serve',
  usage: '[--host ADDRESS] [--tls-cert FILE --tls-key FILE | --behind-proxy]',
  summary: { zh: '运行已设置好的节点', en: 'run a node that was set up before' },
  options: networkOptionTable,
  run(invocation) {
    const home = homeAt(invocation.home)
    if (!isHome(home))
      throw new UsageError({
        zh: `${home.dir} 尚未设置。请先运行 meridian start，或用 meridian card 和 meridian join 加入联盟。`,
        en: `${home.dir} was not set up. Run meridian start, or join a consortium with meridian card and meridian join.`,
      })
    return runNode(home, invocation, async () => {})
  },
}
