/** `backup`: a copy of vault, ledger, genesis, configuration and mappings that agree with one another; never a key. */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { makeBackup } from '../backup/make-backup.ts'
import { writeTar } from '../backup/tar.ts'
import { OutsideFailure } from '../command-line/command.ts'
import { type Operation, OperationRefused } from './operation.ts'

/** `to` is an absolute path at which nothing is yet; `form` says whether it becomes a folder or one tar file. */
export interface BackupArgs {
  readonly to: string
  readonly form: 'folder' | 'file'
}

/** What the backup holds. `database` is `server` when the hospital's own backup of PostgreSQL belongs to it. */
export interface BackupAnswer {
  readonly to: string
  readonly chainId: string
  readonly height: number
  readonly database: 'embedded' | 'server'
  readonly files: number
  readonly bytes: number
}

/** There as a whole or not at all: it is made under another name and renamed. */
export const backup: Operation<BackupArgs, BackupAnswer> = {
  name: 'backup',
  async run(node, { to, form }) {
    if (existsSync(to)) throw taken(to)
    const half = `${to}.partial-${process.pid}`
    const whole = `${half}.tar`
    try {
      const { chainId, height, database, files } = await makeBackup(node, half)
      if (form === 'file') writeTar(half, whole)
      renameSync(form === 'file' ? whole : half, to)
      const sizes = Object.values(files).map(({ bytes }) => bytes)
      return { to, chainId, height, database, files: sizes.length, bytes: sizes.reduce((a, b) => a + b, 0) }
    } catch (cause) {
      throw (cause as { code?: string }).code === undefined || cause instanceof OperationRefused
        ? cause
        : failed(to, cause)
    } finally {
      for (const path of [half, whole]) rmSync(path, { recursive: true, force: true })
    }
  },
}

function taken(to: string): OperationRefused {
  return new OperationRefused('backup-exists', {
    zh: `${to} 已存在；备份从不覆盖旧备份，请换一个名称。`,
    en: `${to} exists; a backup never overwrites one. Choose another name.`,
  })
}

function failed(to: string, cause: unknown): OutsideFailure {
  const code = (cause as { code?: string }).code ?? 'EIO'
  return new OutsideFailure(
    {
      zh: `无法写入备份 ${to}（${code}）。请检查权限和磁盘空间；没有留下半个备份。`,
      en: `The backup ${to} cannot be written (${code}). Check permissions and free space; no half of one is left.`,
    },
    cause,
  )
}
