/** An alarm of the node: what is wrong, where the chain stands, and what to do, in both languages. */
import type { EngineFailure } from '@meridian/engine'
import type { Bilingual } from '../command-line/command.ts'

/** `code` is of the engine's failure, or `ledger.stands-still`. */
export interface Alarm {
  readonly code: string
  readonly message: Bilingual
  readonly hint: Bilingual
  readonly height: number
  /** The module of the ledger whose state differs from the others', when the engine found it. */
  readonly module?: string
}

/** Where the chain stood when the alarm began. */
export interface Standstill {
  readonly height: bigint
  readonly waiting: number
  readonly stillMs: number
}

/** The height stands still: while statements wait, or longer than a chain at rest does. */
export function standstillAlarm({ height, waiting, stillMs }: Standstill): Alarm {
  const seconds = Math.floor(stillMs / 1000)
  return {
    code: 'ledger.stands-still',
    height: Number(height),
    message: {
      zh: `高度 ${height} 已停滞 ${seconds} 秒，有 ${waiting} 条声明在等待`,
      en: `Height ${height} has stood still for ${seconds} s; statements waiting: ${waiting}`,
    },
    hint: {
      zh: '请查看验证节点页：超过三分之二的验证节点须在线并互通。已收到的数据不会丢失，恢复后自动继续',
      en: 'See the page of the validators: more than two thirds of them must be up and reach one another. Nothing received is lost; it goes on by itself',
    },
  }
}

/** The engine has stopped for good. */
export function haltAlarm(failure: EngineFailure, height: bigint): Alarm {
  const { module } = failure.detail
  const named = typeof module === 'string' ? module : undefined
  return {
    code: failure.code,
    height: Number(failure.detail.height ?? height),
    ...(named === undefined ? {} : { module: named }),
    message: {
      zh: `账本引擎已停止${named === undefined ? '' : `，与其他成员不同的模块是 ${named}`}`,
      en: `The ledger engine has stopped${named === undefined ? '' : `; the module that differs from the others is ${named}`}`,
    },
    hint: { zh: failure.zh, en: failure.message },
  }
}
