/** `meridian start`: sets up the home at the first start, takes in the made-up day, and serves until told to stop. */
import { once } from 'node:events'
import { join } from 'node:path'
import type { Command, Invocation } from '../command-line/command.ts'
import { createProgress } from '../command-line/progress.ts'
import { type Configuration, defaultConfiguration } from '../home/configuration.ts'
import { type Home, homeAt, isHome } from '../home/home.ts'
import { sampleSources } from '../sample-day/write-sample-day.ts'
import { serve } from '../serve/serve.ts'
import { createHome } from '../wiring/create-home.ts'
import type { Node } from '../wiring/node.ts'
import { openNode } from '../wiring/open-node.ts'
import { option } from './ask.ts'
import { firstAdministrator } from './first-administrator.ts'
import { takeSampleDayIn } from './take-sample-day-in.ts'

export const start: Command = {
  name: 'start',
  usage: '[--empty] [--port N]',
  summary: {
    zh: '启动节点；首次启动时创建数据目录并接收一份虚构的医院数据',
    en: 'run the node; the first start sets it up and takes in a made-up hospital day',
  },
  options: [
    {
      name: 'empty',
      text: { zh: '首次启动时不接收虚构数据', en: 'without the made-up day at the first start' },
    },
    {
      name: 'port',
      value: 'N',
      text: { zh: '控制台端口（首次启动时写入配置）', en: 'port of the console (kept at the first start)' },
    },
  ],
  async run(invocation) {
    const home = homeAt(invocation.home)
    const isFirst = !isHome(home)
    const isEmpty = invocation.options.empty === true
    if (isFirst) await setUp(home, invocation, isEmpty)
    const node = await openNode(home, invocation)
    try {
      await node.corridor.resume()
      const password = await firstAdministrator(node)
      if (isFirst && !isEmpty) await showSampleDay(node, invocation)
      await serveUntilStopped(node, invocation, password)
      return 0
    } finally {
      await node.close()
    }
  },
}

async function setUp(home: Home, invocation: Invocation, isEmpty: boolean): Promise<void> {
  const port = option(invocation, 'port')
  const configuration: Configuration = {
    ...defaultConfiguration,
    sources: isEmpty ? [] : sampleSources,
    ...(port === undefined ? {} : { listen: { ...defaultConfiguration.listen, port: Number(port) } }),
  }
  invocation.log(`Setting up ${home.dir} … 正在创建数据目录……`)
  await createHome(home, configuration, { environment: invocation.environment, now: new Date() })
}

async function showSampleDay(node: Node, invocation: Invocation): Promise<void> {
  const label = { zh: '接收虚构的医院一天', en: 'taking in a made-up hospital day' }
  const progress = createProgress(label, process.stderr, () => performance.now())
  const lines = await takeSampleDayIn(node, join(node.home.dir, 'sample-day'), progress.at)
  progress.end()
  for (const line of lines) invocation.log(line)
}

async function serveUntilStopped(
  node: Node,
  invocation: Invocation,
  password: string | undefined,
): Promise<void> {
  const served = await serve(node, invocation.log)
  invocation.out(invocation.json ? JSON.stringify({ url: served.url }) : `\nConsole 控制台  ${served.url}`)
  if (password !== undefined) {
    invocation.log('Sign in as 登录用户名  admin')
    invocation.log(`password, shown once 密码（仅显示一次）  ${password}`)
  }
  invocation.log('Ctrl-C ends it. 按 Ctrl-C 结束。')
  if (!invocation.signal.aborted) await once(invocation.signal, 'abort')
  invocation.log('Closing … 正在关闭……')
  await served.close()
}
