/** `meridian card`: prepares a home for a consortium and prints the card that the organisation hands to the others. */
import { existsSync, writeFileSync } from 'node:fs'
import {
  decodeGenesis,
  genesisHash,
  isRefusal,
  MEMBER_CLASSES,
  type MemberClass,
  ORGANISATION_KINDS,
  refusalText,
} from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { type Command, type Invocation, type Option, UsageError } from '../command-line/command.ts'
import { prepareToGrow } from '../consortium/grow-home.ts'
import { makeCard } from '../consortium/make-card.ts'
import { cardWords, encodeCard, NO_CHAIN } from '../consortium/organisation-card.ts'
import { type Configuration, defaultConfiguration, readConfiguration } from '../home/configuration.ts'
import { type Home, homeAt, isHome } from '../home/home.ts'
import { readPassphrase } from '../home/passphrase.ts'
import { createMemberHome } from '../wiring/create-home.ts'
import { option } from './ask.ts'
import { readNamed } from './read-file.ts'

const options: readonly Option[] = [
  {
    name: 'id',
    value: 'ID',
    text: {
      zh: '机构代号（小写字母、数字、连字符）',
      en: 'id of the organisation (lower case, digits, hyphens)',
    },
  },
  { name: 'name-zh', value: 'NAME', text: { zh: '中文名称', en: 'Chinese name' } },
  { name: 'name-en', value: 'NAME', text: { zh: '英文名称', en: 'English name' } },
  {
    name: 'kind',
    value: 'KIND',
    text: { zh: `类别：${ORGANISATION_KINDS.join('、')}`, en: `one of ${ORGANISATION_KINDS.join(', ')}` },
  },
  {
    name: 'class',
    value: 'CLASS',
    text: { zh: `成员类别：${MEMBER_CLASSES.join('、')}`, en: `one of ${MEMBER_CLASSES.join(', ')}` },
  },
  {
    name: 'place',
    value: 'CODE',
    text: {
      zh: '地区代码（GB/T 2260：CN、33、3301、330106）',
      en: 'place by GB/T 2260: CN, 33, 3301, 330106',
    },
  },
  { name: 'port', value: 'N', text: { zh: '控制台端口', en: 'port of the console' } },
  { name: 'p2p', value: 'HOST:PORT', text: { zh: '节点间通信的监听地址', en: 'where peers connect' } },
  {
    name: 'p2p-external',
    value: 'HOST:PORT',
    text: { zh: '其他节点应拨打的地址', en: 'what peers are told to dial' },
  },
  {
    name: 'public-url',
    value: 'URL',
    text: { zh: '其他成员访问本节点的地址', en: 'how other members reach the doors' },
  },
  {
    name: 'chain',
    value: 'FILE',
    text: {
      zh: '申请加入的链的创世文件（创始成员不需要）',
      en: 'genesis document of the chain to apply to (not for founders)',
    },
  },
  { name: 'output', short: 'o', value: 'FILE', text: { zh: '写入文件', en: 'write to a file' } },
]

export const card: Command = {
  name: 'card',
  usage: '--id ID --name-zh 名称 --name-en NAME --kind KIND --class core|ordinary|observer [-o card.json]',
  summary: {
    zh: '准备加入联盟的数据目录，并打印机构名片（只含公钥）',
    en: "prepare a home for a consortium and print the organisation's card (public keys only)",
  },
  options,
  async run(invocation) {
    const home = homeAt(invocation.home)
    const { environment } = invocation
    if (!isHome(home))
      await createMemberHome(home, configurationOf(invocation, defaultConfiguration), {
        environment,
        now: new Date(),
      })
    else if (existsSync(home.genesis)) change(home, invocation)
    const made = makeCard(home, {
      suite: nodeSuite,
      configuration: readConfiguration(home, invocation.environment),
      passphrase: readPassphrase(home, invocation.environment),
      genesisHash: chainOf(invocation),
    })
    print(invocation, encodeCard(made), cardWords(nodeSuite, made))
    return 0
  },
}

function print(invocation: Invocation, text: string, words: readonly string[]): void {
  const file = option(invocation, 'output')
  if (file !== undefined) writeFileSync(file, text)
  if (invocation.json) invocation.out(JSON.stringify({ card: JSON.parse(text), words }))
  else if (file === undefined) invocation.out(text)
  invocation.log(`by telephone 电话核对  ${words.join(' ')}`)
}

/** A home with a chain of its own, which is to found a consortium: what the card says of it goes into its configuration. */
function change(home: Home, invocation: Invocation): void {
  const configuration = readConfiguration(home, {})
  if (configuration.engine !== 'embedded') return
  const { engine } = configuration
  const changed = configurationOf(invocation, configuration)
  if (changed.organisation.id !== configuration.organisation.id) throw otherOrganisation(home)
  prepareToGrow(home, { ...changed, engine }, readPassphrase(home, invocation.environment))
}

function otherOrganisation(home: Home): UsageError {
  return new UsageError(
    {
      zh: `${home.dir} 属于另一个机构；机构代号不能更改。`,
      en: `${home.dir} belongs to another organisation; its id does not change.`,
    },
    'card.other-organisation',
  )
}

/** The configuration of a member over what it was. @throws UsageError naming what is missing in a new one. */
function configurationOf(invocation: Invocation, before: Configuration): Configuration {
  const own = before === defaultConfiguration ? undefined : before.organisation
  const given = (name: string, had?: string): string => {
    const value = option(invocation, name) ?? had
    if (value === undefined)
      throw new UsageError({ zh: `请给出 --${name}。`, en: `Give --${name}.` }, 'card.missing')
    return value
  }
  const [external, publicUrl] = [option(invocation, 'p2p-external'), option(invocation, 'public-url')]
  return {
    ...before,
    organisation: {
      id: given('id', own?.id),
      names: { zh: given('name-zh', own?.names.zh), en: given('name-en', own?.names.en) },
      kind: given('kind', own?.kind),
      memberClass: given('class', own?.memberClass) as MemberClass,
      place: option(invocation, 'place') ?? own?.place ?? 'CN',
    },
    engine: 'cometbft',
    consensus: {
      ...before.consensus,
      p2pListen: option(invocation, 'p2p') ?? before.consensus.p2pListen,
      ...(external === undefined ? {} : { p2pExternal: external }),
    },
    listen: {
      ...before.listen,
      port: Number(option(invocation, 'port') ?? before.listen.port),
      ...(publicUrl === undefined ? {} : { publicUrl }),
    },
  }
}

function chainOf(invocation: Invocation): Uint8Array {
  const file = option(invocation, 'chain')
  if (file === undefined) return NO_CHAIN
  const genesis = decodeGenesis(readNamed(file))
  if (isRefusal(genesis)) throw new UsageError(refusalText(genesis), genesis.code)
  return genesisHash(nodeSuite, genesis)
}
