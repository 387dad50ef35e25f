/** `meridian backup`: a copy to restore from, made while the node runs or not. */
import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Command, UsageError } from '../command-line/command.ts'
import type { BackupAnswer } from '../operations/backup.ts'
import { ask, option } from './ask.ts'

export const backup: Command = {
  name: 'backup',
  usage: '-o FILE.tar | -o DIR/',
  summary: {
    zh: '备份记录库、账本与配置（不含任何密钥；节点运行时也可备份）',
    en: 'copy vault, ledger and configuration, without any key; the node may go on running',
  },
  options: [
    {
      name: 'output',
      short: 'o',
      value: 'FILE|DIR',
      text: {
        zh: '写入该文件；以 / 结尾或为已有文件夹时，在其中新建一个文件夹',
        en: 'this file; a name that ends in / or an existing folder gets a new folder inside',
      },
    },
  ],
  run(invocation) {
    const output = option(invocation, 'output')
    if (output === undefined)
      throw new UsageError({ zh: '请用 -o 指定备份文件或文件夹。', en: 'Name the file or folder with -o.' })
    const isFolder = output.endsWith('/') || (existsSync(output) && statSync(output).isDirectory())
    const name = `meridian-${new Date().toISOString().replaceAll(/[:.]/g, '')}`
    const to = isFolder ? join(resolve(output), name) : resolve(output)
    const label = { zh: '备份', en: 'backing up' }
    return ask(invocation, 'backup', { to, form: isFolder ? 'folder' : 'file' }, show, { label })
  },
}

function show({ to, chainId, height, database, files, bytes }: BackupAnswer): string {
  const lines = [
    `→ ${to}`,
    `${files} files 个文件 · ${bytes} bytes 字节 · chain 链 ${chainId} · height 高度 ${height}`,
    'No key is inside: keep a copy of the folder keys/ and of the passphrase in another place, by hand.',
    '备份不含任何密钥：请另行、在别处保存 keys/ 文件夹和口令的副本。',
  ]
  if (database === 'server')
    lines.push(
      'The records lie in PostgreSQL: back it up with pg_dump or base backups together with this.',
      '记录保存在 PostgreSQL 中：请用 pg_dump 或基础备份与本备份一同保存。',
    )
  return lines.join('\n')
}
