/** `meridian start`: sets up the home at the first start, takes in the made-up day, and serves until told to stop. */
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { type Command, type Invocation, type Option, UsageError } from '../command-line/command.ts'
import { createProgress } from '../command-line/progress.ts'
import { type Configuration, defaultConfiguration, type Listen } from '../home/configuration.ts'
import { type Home, homeAt, isHome } from '../home/home.ts'
import { sampleSources } from '../sample-day/write-sample-day.ts'
import { refuseOpenListen } from '../serve/open-network.ts'
import { serve } from '../serve/serve.ts'
import { createHome } from '../wiring/create-home.ts'
import type { Node } from '../wiring/node.ts'
import { type OpenOptions, openNode } from '../wiring/open-node.ts'
import { option } from './ask.ts'
import { firstAdministrator } from './first-administrator.ts'
import { takeSampleDayIn } from './take-sample-day-in.ts'

/** What a call may say of the network. */
export const networkOptionTable: readonly Option[] = [
  {
    name: 'host',
    value: 'ADDRESS',
    text: {
      zh: '监听地址（默认 127.0.0.1；其他地址须有 TLS 或反向代理）',
      en: 'where to listen (default 127.0.0.1; elsewhere TLS or a proxy is needed)',
    },
  },
  { name: 'tls-cert', value: 'FILE', text: { zh: 'TLS 证书（PEM）', en: 'TLS certificate (PEM)' } },
  { name: 'tls-key', value: 'FILE', text: { zh: 'TLS 私钥（PEM）', en: 'TLS private key (PEM)' } },
  {
    name: 'behind-proxy',
    text: {
      zh: '前面有本机构负责 TLS 的反向代理',
      en: 'a proxy of the institution stands in front and speaks TLS',
    },
  },
]

export const start: Command = {
  name: 'start',
  usage: '[--empty] [--port N] [--host ADDRESS] [--tls-cert FILE --tls-key FILE | --behind-proxy]',
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
    ...networkOptionTable,
  ],
  async run(invocation) {
    const network = networkOptions(invocation)
    const home = homeAt(invocation.home)
    const isFirst = !isHome(home)
    const isEmpty = invocation.options.empty === true
    // Before the first start takes anything in: the doors ask again when they open.
    if (isFirst) refuseOpenListen({ ...defaultConfiguration.listen, ...network })
    if (isFirst) await setUp(home, invocation, isEmpty)
    return runNode(home, invocation, async (node) => {
      if (isFirst && !isEmpty) await showSampleDay(node, invocation)
    })
  },
}

/** Opens the node, does `first`, and serves until told to stop. */
export async function runNode(
  home: Home,
  invocation: Invocation & Pick<OpenOptions, 'syncFrom'>,
  first: (node: Node) => Promise<void>,
): Promise<0> {
  const network = networkOptions(invocation)
  const node = await openNode(home, invocation)
  try {
    await node.corridor.resume()
    const password = await firstAdministrator(node)
    await first(node)
    const listen = { ...node.configuration.listen, ...network }
    await serveUntilStopped(node, invocation, { password, listen })
    return 0
  } finally {
    await node.close()
  }
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

/** What the call says of the network goes before what the configuration says, for this run. */
function networkOptions(invocation: Invocation): Partial<Listen> {
  const host = option(invocation, 'host')
  const [cert, key] = [option(invocation, 'tls-cert'), option(invocation, 'tls-key')]
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError({
      zh: '--tls-cert 与 --tls-key 要一起给出。',
      en: '--tls-cert and --tls-key belong together.',
    })
  return {
    ...(host === undefined ? {} : { host }),
    ...(cert === undefined || key === undefined ? {} : { tls: { cert: resolve(cert), key: resolve(key) } }),
    ...(invocation.options['behind-proxy'] === true ? { behindProxy: true } : {}),
  }
}

async function serveUntilStopped(
  node: Node,
  invocation: Invocation,
  { password, listen }: { readonly password: string | undefined; readonly listen: Listen },
): Promise<void> {
  const served = await serve(node, invocation.log, listen)
  invocation.out(invocation.json ? JSON.stringify({ url: served.url }) : `\nConsole 控制台  ${served.url}`)
  // Whoever started this node as a part of something larger shows the password; it stands in no log then.
  process.send?.({ url: served.url, password })
  if (password !== undefined && process.send === undefined) {
    invocation.log('Sign in as 登录用户名  admin')
    invocation.log(`password, shown once 密码（仅显示一次）  ${password}`)
  }
  invocation.log('Ctrl-C ends it. 按 Ctrl-C 结束。')
  if (!invocation.signal.aborted) await once(invocation.signal, 'abort')
  invocation.log('Closing … 正在关闭……')
  await served.close()
}
