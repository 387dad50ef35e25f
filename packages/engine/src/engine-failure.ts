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
  | 'engine.cometbft-missing'
  | 'engine.cometbft-version'
  | 'engine.cometbft-failed'
  | 'engine.state-diverged'
  | 'engine.unsupported-version'

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
  'engine.cometbft-missing': {
    zh: '找不到 CometBFT 程序。请安装 Go 1.25 以上版本后运行 go install github.com/cometbft/cometbft/cmd/cometbft@v0.40.0，或将程序放入 PATH 或 .tools 目录。',
    en: 'CometBFT was not found. Install Go 1.25 or later and run go install github.com/cometbft/cometbft/cmd/cometbft@v0.40.0, or put the program on PATH or into .tools.',
  },
  'engine.cometbft-version': {
    zh: 'CometBFT 程序版本不受支持：需要 v0.40.0（其自报版本为 0.39.0），最低 v0.38.25，且不得为 v1 或 v2。',
    en: 'This version of CometBFT is not supported: use v0.40.0 (which prints 0.39.0), at least v0.38.25, and never v1 or v2.',
  },
  'engine.cometbft-failed': {
    zh: 'CometBFT 未能启动或不应答。请查看其日志、端口占用与目录权限。',
    en: 'CometBFT did not start or does not answer. See its log, the ports in use and the permissions of its directory.',
  },
  'engine.state-diverged': {
    zh: '本节点计算出的应用哈希与其他成员不同，已停止。请核对软件版本，并运行 chain verify。',
    en: 'This node computes another app hash than the others and has stopped. Compare software versions and run chain verify.',
  },
  'engine.unsupported-version': {
    zh: '账本要求的规则版本本软件不支持，节点已停止。请升级软件。',
    en: 'The ledger asks for a version of the rules that this software does not have. Upgrade it.',
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
