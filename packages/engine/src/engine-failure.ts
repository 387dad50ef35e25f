/** Failures of the outside world as the engine meets them: disk, lock, a home that must not go on signing. */

/** What may go wrong outside; the codes are stable and appear in messages to the operator. */
export type EngineFailureCode =
  | 'engine.closed'
  | 'engine.halted'
  | 'engine.home-in-use'
  | 'engine.home-damaged'
  | 'engine.not-validator'
  | 'engine.other-genesis'
  | 'engine.signing-state-missing'
  | 'engine.signing-state-ahead'
  | 'engine.storage'

const texts: Readonly<Record<EngineFailureCode, { readonly zh: string; readonly en: string }>> = {
  'engine.closed': { zh: '账本引擎已关闭。', en: 'The ledger engine has been closed.' },
  'engine.halted': {
    zh: '账本引擎因内部错误已停止，继续运行不安全。请查看日志并重新启动。',
    en: 'The ledger engine has stopped after an internal error; going on would be unsafe. See the log and start again.',
  },
  'engine.home-in-use': {
    zh: '另一个进程正在使用此账本目录。请先停止它。',
    en: 'Another process is using this ledger directory. Stop it first.',
  },
  'engine.home-damaged': {
    zh: '账本目录中的数据不完整或已被改动。请运行 chain verify，并从备份恢复。',
    en: 'The ledger directory is incomplete or has been altered. Run chain verify and restore from a backup.',
  },
  'engine.not-validator': {
    zh: '给定的签名密钥不是创世文件中唯一的验证者。内置引擎只支持一个验证者。',
    en: 'The signing key is not the one validator of the genesis document. The embedded engine has exactly one.',
  },
  'engine.other-genesis': {
    zh: '此账本目录属于另一条链（创世文件不同）。请检查目录与配置。',
    en: 'This ledger directory belongs to another chain (its genesis differs). Check the directory and configuration.',
  },
  'engine.signing-state-missing': {
    zh: '签名状态文件缺失：此目录可能由备份恢复，不得继续为可能已签过的高度签名。请以移交方式从当前头部开启新链。',
    en: 'The signing state is missing: this home may have been restored and must not sign heights it may have signed before. Open a new chain by handover from its head.',
  },
  'engine.signing-state-ahead': {
    zh: '签名状态比存储的区块更新：此目录已被回退，不得继续签名。请以移交方式从当前头部开启新链。',
    en: 'The signing state is newer than the stored blocks: this home was rolled back and must not go on signing. Open a new chain by handover from its head.',
  },
  'engine.storage': {
    zh: '账本存储读写失败。请检查磁盘空间与目录权限。',
    en: 'Reading or writing the ledger store failed. Check disk space and the permissions of the directory.',
  },
}

/** A failure of the outside. `detail` holds identifiers of ours and counts only. */
export class EngineFailure extends Error {
  readonly code: EngineFailureCode
  readonly zh: string
  readonly detail: Readonly<Record<string, string | number>>

  constructor(
    code: EngineFailureCode,
    detail: Readonly<Record<string, string | number>> = {},
    cause?: unknown,
  ) {
    super(texts[code].en, cause === undefined ? {} : { cause })
    this.name = 'EngineFailure'
    this.code = code
    this.zh = texts[code].zh
    this.detail = detail
  }
}

/** Whether `error` is a failure the engine named. */
export function isEngineFailure(error: unknown): error is EngineFailure {
  return error instanceof EngineFailure
}
