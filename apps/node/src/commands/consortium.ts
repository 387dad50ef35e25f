/** `meridian consortium`: a whole consortium on one machine, to try and to show; every organisation with a home of its own. */
import { resolve } from 'node:path'
import { type Command, type Invocation, UsageError } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import { foundLocally, type LocalMember, membersIn } from '../consortium/local-consortium.ts'
import { runningPid, startMember, stopMember } from '../consortium/run-members.ts'
import { perform } from '../control/control-client.ts'
import { readConfiguration } from '../home/configuration.ts'
import { option } from './ask.ts'

const FIRST_PORT = 7300

export const consortium: Command = {
  name: 'consortium',
  usage: 'init|up|status|down --dir D [--validators 4] [--ordinary 1] [--observers 1]',
  summary: {
    zh: '在一台机器上建立、启动、查看、停止整个联盟',
    en: 'a whole consortium on one machine: found, start, look, stop',
  },
  options: [
    {
      name: 'dir',
      value: 'D',
      text: { zh: '存放各机构数据目录的文件夹', en: 'the folder that holds the homes' },
    },
    { name: 'validators', value: 'N', text: { zh: '核心成员数（默认 4）', en: 'core members (default 4)' } },
    {
      name: 'ordinary',
      value: 'N',
      text: { zh: '普通成员数（默认 0）', en: 'ordinary members (default 0)' },
    },
    { name: 'observers', value: 'N', text: { zh: '观察成员数（默认 0）', en: 'observers (default 0)' } },
    {
      name: 'chain',
      value: 'NAME',
      text: { zh: '链名（默认 consortium）', en: 'name of the chain (default consortium)' },
    },
    {
      name: 'port',
      value: 'N',
      text: {
        zh: `第一个控制台的端口（默认 ${FIRST_PORT}）`,
        en: `port of the first console (default ${FIRST_PORT})`,
      },
    },
  ],
  async run(invocation) {
    const [word] = invocation.words
    const directory = option(invocation, 'dir')
    const run = actions[word ?? '']
    if (directory === undefined || run === undefined)
      throw new UsageError({
        zh: '请给出 init、up、status 或 down，以及 --dir 文件夹。',
        en: 'Say init, up, status or down, and the folder with --dir.',
      })
    await run(invocation, resolve(directory))
    return 0
  },
}

const actions: Readonly<Record<string, (invocation: Invocation, directory: string) => Promise<void>>> = {
  init,
  up,
  status,
  down,
}

async function init(invocation: Invocation, directory: string): Promise<void> {
  const members = await foundLocally({
    directory,
    chainName: option(invocation, 'chain') ?? 'consortium',
    validators: count(invocation, 'validators', 4),
    ordinary: count(invocation, 'ordinary', 0),
    observers: count(invocation, 'observers', 0),
    port: count(invocation, 'port', FIRST_PORT),
    environment: invocation.environment,
    now: new Date(),
  })
  print(
    invocation,
    members.map((member) => ({ ...described(member), home: member.home.dir })),
  )
}

/** All at once: a chain of four goes on only when three are there. */
async function up(invocation: Invocation, directory: string): Promise<void> {
  const members = membersIn(directory)
  const rows = await Promise.all(
    members.map(async (member) => {
      if (runningPid(member) !== undefined) return { ...described(member), state: 'running 运行中' }
      const { url, password } = await startMember(member, invocation.environment)
      return { ...described(member), url, ...(password === undefined ? {} : { user: 'admin', password }) }
    }),
  )
  print(invocation, rows)
}

async function status(invocation: Invocation, directory: string): Promise<void> {
  const rows = await Promise.all(membersIn(directory).map((member) => stateOf(invocation, member)))
  print(invocation, rows)
}

async function stateOf(invocation: Invocation, member: LocalMember): Promise<Row> {
  const pid = runningPid(member)
  if (pid === undefined) return { ...described(member), state: 'down 未运行' }
  const asked = { ...invocation, home: member.home.dir }
  const answer = (await perform(asked, 'status', {}, () => {})) as { ledger: Record<string, unknown> }
  const { height, logSize, validators } = answer.ledger
  return {
    ...described(member),
    state: 'running 运行中',
    pid,
    height,
    statements: logSize,
    validators,
  } as Row
}

async function down(invocation: Invocation, directory: string): Promise<void> {
  const rows = await Promise.all(
    membersIn(directory).map(async (member) => ({
      ...described(member),
      state: (await stopMember(member)) ? 'stopped 已停止' : 'was down 本未运行',
    })),
  )
  print(invocation, rows)
}

type Row = Readonly<Record<string, string | number>>

function described({ id, home }: LocalMember): Row {
  const { organisation, listen } = readConfiguration(home, {})
  return { organisation: id, class: organisation.memberClass ?? '', url: `http://127.0.0.1:${listen.port}` }
}

function print(invocation: Invocation, rows: readonly Row[]): void {
  if (invocation.json) invocation.out(JSON.stringify({ members: rows }))
  else invocation.out(layTable(rows.map((row) => Object.values(row).map(String))))
}

function count(invocation: Invocation, name: string, otherwise: number): number {
  const given = Number(option(invocation, name) ?? otherwise)
  if (Number.isInteger(given) && given >= 0 && given < 65_536) return given
  throw new UsageError({ zh: `--${name} 应为整数。`, en: `--${name} is a whole number.` })
}
