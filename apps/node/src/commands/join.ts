/** `meridian join`: takes the genesis document of a consortium into a home that `meridian card` prepared. */
import { chainIdOf, genesisHash } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { type Command, UsageError } from '../command-line/command.ts'
import { joinChain } from '../consortium/join-chain.ts'
import { readConfiguration } from '../home/configuration.ts'
import { homeAt, isHome } from '../home/home.ts'
import { readPassphrase } from '../home/passphrase.ts'
import { readNamed } from './read-file.ts'

export const join: Command = {
  name: 'join',
  usage: 'genesis.json',
  summary: {
    zh: '将联盟的创世文件装入本机构的数据目录',
    en: "take a consortium's genesis document into the home",
  },
  options: [],
  async run(invocation) {
    const home = homeAt(invocation.home)
    const [file] = invocation.words
    if (file === undefined || !isHome(home))
      throw new UsageError({
        zh: '请给出创世文件；数据目录须先用 meridian card 准备好。',
        en: 'Name the genesis document; prepare the home with meridian card first.',
      })
    const genesis = await joinChain(home, readNamed(file), {
      suite: nodeSuite,
      organisation: readConfiguration(home, invocation.environment).organisation.id,
      passphrase: readPassphrase(home, invocation.environment),
    })
    const chainId = chainIdOf(genesis.chainName, genesisHash(nodeSuite, genesis))
    invocation.out(
      invocation.json
        ? JSON.stringify({ chainId })
        : `chain 链  ${chainId}\nNow run meridian serve. 接下来请运行 meridian serve。`,
    )
    return 0
  },
}
