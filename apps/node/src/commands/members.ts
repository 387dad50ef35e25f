/** `meridian members`: who is a member of the chain; admit, review, move and leave. */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { areEndpoints, fromHex } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { type Command, type ExitCode, type Invocation, UsageError } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import { announceThrough } from '../consortium/announce-through.ts'
import { readConfiguration } from '../home/configuration.ts'
import { homeAt } from '../home/home.ts'
import { readPassphrase } from '../home/passphrase.ts'
import type { MembersArgs } from '../operations/members.ts'
import { ask, option, sayRefused } from './ask.ts'
import { readNamed, readNamedText } from './read-file.ts'

interface Member {
  readonly organisation: string
  readonly names: { readonly zh: string; readonly en: string }
  readonly kind: string
  readonly memberClass: string
  readonly status: string
  readonly place: string
  readonly validator: object | null
  readonly barredFromValidating: boolean
}

interface Answer {
  readonly items?: readonly Member[]
  readonly doubleSignings?: readonly { organisation: string; height: string; carriedHeight: string }[]
  readonly applied?: string
  readonly result?: 'qualified' | 'disqualified'
  readonly organisation?: string
  readonly left?: string
  readonly announced?: string
  readonly height?: number
}

const usage =
  '[list | apply CARD | review ID --result qualified|disqualified --credentials FILE | endpoints [--door URL] [NODEID@HOST:PORT…] [--through URL] | certificate ID [-o FILE] | leave OWN-ID]'

export const members: Command = {
  name: 'members',
  usage,
  summary: {
    zh: '查看成员，递交申请，审核资质，公布地址，退出',
    en: 'the members of the chain; carry an application, review it, say where the nodes are, leave',
  },
  options: [
    {
      name: 'result',
      value: 'RESULT',
      text: { zh: '审核结果：qualified（合格）/ disqualified（不合格）', en: 'qualified or disqualified' },
    },
    {
      name: 'credentials',
      value: 'FILE',
      text: {
        zh: '所审核的材料；只有其摘要写入账本',
        en: 'what was reviewed; only its hash goes on the ledger',
      },
    },
    {
      name: 'door',
      value: 'URL',
      text: {
        zh: '本机构账本接口的地址（https）',
        en: 'where the ledger door of this organisation answers (https)',
      },
    },
    {
      name: 'output',
      short: 'o',
      value: 'FILE',
      text: { zh: '将成员证书写入文件', en: 'write the certificate to a file' },
    },
    {
      name: 'through',
      value: 'URL',
      text: {
        zh: '经另一成员的接口公布本目录的节点地址；keys/node.json 丢失时用',
        en: "say it at another member's door, when keys/node.json is lost and this node is not let in",
      },
    },
  ],
  run(invocation) {
    const through = option(invocation, 'through')
    if (through === undefined && invocation.words[0] === 'certificate') return certificate(invocation)
    if (through === undefined) return ask(invocation, 'members', argsOf(invocation), show)
    return announceAt(invocation, through)
  },
}

/** Prints the file, or writes it. */
function certificate(invocation: Invocation): Promise<ExitCode> {
  const [, organisation] = invocation.words
  const file = option(invocation, 'output')
  if (organisation === undefined) throw wrongCall()
  const keepOrShow = ({ certificate }: { readonly certificate: string }): string => {
    if (file === undefined) return certificate
    writeFileSync(file, certificate)
    return `→ ${file}`
  }
  return ask(invocation, 'members', { certificate: organisation }, keepOrShow, { keep: file !== undefined })
}

/** No node of this home is needed, nor asked. */
async function announceAt(invocation: Invocation, door: string): Promise<ExitCode> {
  const [action, ...words] = invocation.words
  if (action !== 'endpoints' || words.length > 0 || option(invocation, 'door') !== undefined)
    throw wrongCall()
  const home = homeAt(invocation.home)
  const { environment } = invocation
  const configuration = readConfiguration(home, environment)
  const passphrase = readPassphrase(home, environment)
  const parts = { suite: nodeSuite, configuration, passphrase, door, nowMs: Date.now }
  try {
    const answer = { announced: configuration.organisation.id, ...(await announceThrough(home, parts)) }
    invocation.out(invocation.json ? JSON.stringify(answer) : show(answer))
    return 0
  } catch (error) {
    return sayRefused(invocation, error)
  }
}

const wrongCall = (): UsageError =>
  new UsageError({ zh: `用法：meridian members ${usage}`, en: `usage: meridian members ${usage}` })

function argsOf(invocation: Invocation): MembersArgs {
  const [action = 'list', word] = invocation.words
  if (action === 'list') return {}
  if (action === 'apply' && word !== undefined) return { apply: { card: readNamedText(word), file: word } }
  if (action === 'leave' && word !== undefined) return { leave: { organisation: word } }
  if (action === 'endpoints') return { endpoints: endpointsOf(invocation) }
  const result = option(invocation, 'result')
  const credentials = option(invocation, 'credentials')
  const isResult = result === 'qualified' || result === 'disqualified'
  if (action === 'review' && word !== undefined && isResult && credentials !== undefined) {
    const credentialsHash = createHash('sha256').update(readNamed(credentials)).digest('hex')
    return { review: { organisation: word, result, credentialsHash } }
  }
  throw wrongCall()
}

/** Held to the form of the statement here, so that a wrong word is a usage error and not a refusal of the ledger. */
function endpointsOf(invocation: Invocation): NonNullable<MembersArgs['endpoints']> {
  const door = option(invocation, 'door') ?? ''
  const nodes = invocation.words.slice(1).map((word) => {
    const [nodeId = '', address = ''] = word.split('@')
    return { nodeId: nodeId.toLowerCase(), address }
  })
  const said = nodes.map(({ nodeId, address }) => ({ nodeId: fromHex(nodeId) ?? new Uint8Array(), address }))
  if (areEndpoints({ door, nodes: said })) return { door, nodes }
  throw new UsageError({
    zh: '地址不正确：接口须为 https://…，节点写作 40 位十六进制的节点标识@主机:端口，最多 8 个且不得重复。',
    en: 'An address is wrong: a door is https://…, a node is 40 hex digits@host:port, at most 8 and none twice.',
  })
}

function show(answer: Answer): string {
  const at = `height 高度 ${answer.height}`
  if (answer.applied !== undefined)
    return `${answer.applied}: the application stands on the ledger, ${at}. A health authority reviews it next. 申请已写入账本，下一步由卫生健康主管部门审核。`
  if (answer.result !== undefined)
    return answer.result === 'qualified'
      ? `${answer.organisation}: qualified, ${at}. Next: meridian proposals propose membership.admit ${answer.organisation} 审核合格，下一步由核心成员表决。`
      : `${answer.organisation}: disqualified, ${at}. 审核不合格。`
  if (answer.left !== undefined)
    return `${answer.left} has left, ${at}. Its keys have ended. 已退出，密钥全部终止。`
  if (answer.announced !== undefined)
    return `${answer.announced}: the end points stand on the ledger, ${at}. 地址已写入账本。`
  return list(answer)
}

function list({ items = [], doubleSignings = [] }: Answer): string {
  const rows = items.map((member) => [
    member.organisation,
    `${member.names.zh} ${member.names.en}`,
    member.kind,
    member.place,
    member.memberClass,
    member.status,
    validating(member),
  ])
  const head = [
    'ID 代号',
    'NAME 名称',
    'KIND 类别',
    'PLACE 地区',
    'CLASS 等级',
    'STATUS 状态',
    'VALIDATOR 验证',
  ]
  const proofs = doubleSignings.map(
    ({ organisation, height, carriedHeight }) =>
      `✘ ${organisation} signed two blocks at height ${height}; proved in block ${carriedHeight}. 在该高度双重签名。`,
  )
  return [layTable([head, ...rows]), ...proofs].join('\n')
}

function validating({ validator, barredFromValidating }: Member): string {
  if (barredFromValidating) return '✘ barred 禁止'
  return validator === null ? '' : '● yes 是'
}
