/** `meridian restore`: a backup becomes a new home, which goes on by handover or, in a consortium, as the same member. */
import { existsSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { nodeSuite } from '@meridian/protocol/node'
import { readErasureList } from '../backup/erasure-list.ts'
import { checkManifest } from '../backup/manifest.ts'
import {
  homeInTheMaking,
  isFree,
  type Restored,
  restoreHome,
  unpackingFolder,
} from '../backup/restore-home.ts'
import { readTar } from '../backup/tar.ts'
import { type Command, type ExitCode, type Invocation, UsageError } from '../command-line/command.ts'
import { type Home, homeAt, unwritable } from '../home/home.ts'
import { option } from './ask.ts'

export const restore: Command = {
  name: 'restore',
  usage: 'FILE|DIR --home NEW --keys DIR [--erasures FILE]',
  summary: {
    zh: '将备份恢复到新的数据目录：独立节点接续开启新链，联盟成员以原身份归队',
    en: 'restore a backup into a new home: alone it goes on by handover, in a consortium as the same member',
  },
  options: [
    {
      name: 'keys',
      value: 'DIR',
      text: { zh: '另行保存的 keys 文件夹', en: 'the folder keys/ that was kept apart' },
    },
    {
      name: 'erasures',
      value: 'FILE',
      text: {
        zh: '最新的删除清单 erasures.json（在备份之外保存）',
        en: 'the newest erasures.json, kept outside backups',
      },
    },
  ],
  async run(invocation) {
    const [from] = invocation.words
    const keys = option(invocation, 'keys')
    if (from === undefined || keys === undefined || invocation.options.home === undefined) throw incomplete()
    const home = homeAt(invocation.home)
    if (!isFree(home.dir)) throw notFree(home)
    if (!existsSync(from) || !existsSync(join(keys, 'keyring.json'))) throw notThere(from, keys)
    return restoreFrom(resolve(from), home, { invocation, keys: resolve(keys) })
  },
}

interface Call {
  readonly invocation: Invocation
  readonly keys: string
}

async function restoreFrom(from: string, home: Home, { invocation, keys }: Call): Promise<ExitCode> {
  const list = option(invocation, 'erasures')
  const erasures = list === undefined ? [] : readErasureList(list)
  const making = homeInTheMaking(home)
  let unpacked: string | undefined
  try {
    const isFolder = statSync(from).isDirectory()
    if (!isFolder) unpacked = unpackingFolder(home)
    if (unpacked !== undefined && !isUnpacked(from, unpacked)) return refuse(invocation, from)
    const folder = unpacked ?? from
    const manifest = checkManifest(folder)
    if ('wrong' in manifest) return refuse(invocation, manifest.wrong)
    const { environment } = invocation
    const parts = { folder, keys, erasures, environment, suite: nodeSuite, now: new Date() }
    const restored = await restoreHome(making, parts)
    if (existsSync(home.dir)) rmdirSync(home.dir)
    renameSync(making.dir, home.dir)
    show(invocation, home, { ...restored, hasList: list !== undefined })
    return 0
  } catch (cause) {
    throw isFromDisk(cause) ? unwritable(home, cause) : cause
  } finally {
    for (const path of [making.dir, unpacked]) {
      if (path !== undefined) rmSync(path, { recursive: true, force: true })
    }
  }
}

function isUnpacked(file: string, folder: string): boolean {
  try {
    readTar(file, folder)
    return true
  } catch (error) {
    if (isFromDisk(error)) throw error
    return false
  }
}

const isFromDisk = (error: unknown) => /^E[A-Z]+$/.test(String((error as { code?: unknown }).code))

function show(
  invocation: Invocation,
  home: Home,
  { chainId, handover, erasedAgain, member, hasList }: Restored & { readonly hasList: boolean },
): void {
  const from =
    handover === undefined ? undefined : { chainId: handover.chainId, height: Number(handover.height) }
  const lines = [
    `→ ${home.dir}`,
    member === undefined ? `chain 新链 ${chainId}` : `chain 链 ${chainId}`,
    ...(from === undefined ? [] : [`goes on from 接续自 ${from.chainId} · height 高度 ${from.height}`]),
    `erased again 重新删除 ${erasedAgain}`,
  ]
  const document = {
    home: home.dir,
    chainId,
    handover: from ?? null,
    erasedAgain,
    ...(member === undefined ? {} : { member }),
  }
  invocation.out(invocation.json ? JSON.stringify(document) : lines.join('\n'))
  if (!hasList)
    invocation.log(
      'No --erasures was given: what was erased after the backup is back. 未提供 --erasures：备份之后删除的内容会重新出现。',
    )
  for (const line of member === undefined ? nextAlone : nextOfMember(member)) invocation.log(line)
}

const nextAlone = [
  'Stop the old home for good, and give out the new trust file. 请永久停用旧的数据目录，并发布新的信任文件。',
]

function nextOfMember({ hasNewNodeKey }: NonNullable<Restored['member']>): readonly string[] {
  return [
    'Stop the old home for good. Start this one with meridian serve: it fetches the chain from the other members. 请永久停用旧的数据目录，然后用 meridian serve 启动本目录，它会从其他成员取得整条链。',
    'A core member then runs meridian keys rotate --purpose validator: the old validator key is not used again. 核心成员随后运行 meridian keys rotate --purpose validator：旧验证者密钥不再使用。',
    ...(hasNewNodeKey
      ? [
          'keys/node.json was not among the kept keys, so this node has a new id. Before the start run meridian members endpoints --through URL with the door of another member: it lets them know. 所保存的密钥中没有 keys/node.json，本节点使用新的节点标识。启动前请运行 meridian members endpoints --through URL（另一成员的接口地址），告知其他成员。',
        ]
      : []),
  ]
}

function refuse(invocation: Invocation, wrong: string): ExitCode {
  const text = {
    en: `The backup is not whole: ${wrong} is not what it was. Nothing was restored; use another backup.`,
    zh: `备份不完整：${wrong} 与备份时不一致。没有恢复任何内容，请使用另一份备份。`,
  }
  if (invocation.json) invocation.out(JSON.stringify({ refused: { code: 'backup-altered', ...text } }))
  invocation.log(`${text.en}\n${text.zh}`)
  return 1
}

function incomplete(): UsageError {
  return new UsageError({
    zh: '请给出备份、--home 新目录和 --keys 密钥文件夹。',
    en: 'Name the backup, the new folder with --home, and the folder of the keys with --keys.',
  })
}

function notFree(home: Home): UsageError {
  return new UsageError({
    zh: `${home.dir} 不是空目录；恢复只写入新的目录。`,
    en: `${home.dir} is not empty; a backup is restored into a new folder only.`,
  })
}

function notThere(from: string, keys: string): UsageError {
  return new UsageError({
    zh: `找不到备份 ${from}，或 ${keys} 中没有 keyring.json。`,
    en: `There is no backup ${from}, or no keyring.json in ${keys}.`,
  })
}
