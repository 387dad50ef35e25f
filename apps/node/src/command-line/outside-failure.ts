/** Every failure of the outside, whoever met it, as a sentence for the operator with a way to mend it. */
import { isEngineFailure } from '@meridian/engine'
import { VaultFailure, type VaultFailureCode } from '@meridian/vault'
import { type Bilingual, OutsideFailure } from './command.ts'

/** What each failure of the vault is called for an operator. */
export const vaultTexts: Readonly<Record<VaultFailureCode, Bilingual>> = {
  unreachable: {
    zh: '无法连接数据库。请检查数据库是否在运行；已确认的消息会等待，不会丢失。',
    en: 'The database cannot be reached. See whether it runs; messages that were acknowledged wait and are not lost.',
  },
  'disk-full': {
    zh: '数据库所在磁盘已满。请腾出空间；已确认的内容没有丢失，节点会自行继续。',
    en: 'The disk of the database is full. Make room: nothing that was acknowledged is lost, and a running node goes on by itself.',
  },
  locked: {
    zh: '另一个进程正在使用此记录库。请先停止它。',
    en: 'Another process has this vault open. Stop it first.',
  },
  damaged: {
    zh: '记录库已损坏。请运行 meridian vault verify，并从备份恢复。',
    en: 'The vault is damaged. Run meridian vault verify and restore from a backup.',
  },
  failed: {
    zh: '记录库无法读写。请检查磁盘空间、目录权限和数据库设置。',
    en: 'The vault cannot be read or written. Check free space, permissions and the setting of the database.',
  },
}

/** Undefined for what is no failure of the outside: a bug, which must not be talked over. Never quotes a value. */
export function outsideText(error: unknown): Bilingual | undefined {
  if (error instanceof OutsideFailure) return error.text
  if (error instanceof VaultFailure) return causeText(error.cause) ?? vaultTexts[error.code]
  if (isEngineFailure(error)) return causeText(error.cause) ?? { zh: error.zh, en: error.message }
  return causeText(error)
}

/** The codes of the file system by which a disk says no. */
const diskCodes: Readonly<Record<string, Bilingual>> = {
  ENOSPC: {
    zh: '磁盘已满（ENOSPC）。请腾出空间后重试；已确认的内容没有丢失。',
    en: 'The disk is full (ENOSPC). Make room and try again; nothing that was acknowledged is lost.',
  },
  EDQUOT: {
    zh: '磁盘配额已用完（EDQUOT）。请腾出空间后重试；已确认的内容没有丢失。',
    en: 'The disk quota is used up (EDQUOT). Make room and try again; nothing that was acknowledged is lost.',
  },
  EROFS: {
    zh: '数据目录所在的文件系统是只读的（EROFS）。请改为可写后重试。',
    en: 'The file system of the home is read-only (EROFS). Make it writable and try again.',
  },
  EACCES: {
    zh: '没有数据目录的权限（EACCES）。请检查所有者和权限。',
    en: 'There is no permission for the home (EACCES). Check its owner and mode.',
  },
  EIO: { zh: '磁盘读写出错（EIO）。', en: 'The disk fails to read or write (EIO).' },
}

function causeText(error: unknown): Bilingual | undefined {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' ? diskCodes[code] : undefined
}
