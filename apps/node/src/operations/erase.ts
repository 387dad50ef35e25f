/** `erase`: asked for by one person, confirmed by another; reaches every copy and leaves a tombstone. */
import type { EraseRefused, EraseTarget } from '@meridian/vault'
import { type Json, type Operation, OperationRefused } from './operation.ts'

/** A request names `target`, `reason` and `by`; a confirmation names `confirm` and `by`; with neither, the requests are listed. */
export interface EraseArgs {
  readonly target?: EraseTarget
  readonly reason?: string
  readonly confirm?: string
  readonly withdraw?: string
  readonly by?: string
}

export const erase: Operation<EraseArgs, Json> = {
  name: 'erase',
  async run(node, { target, reason, confirm, withdraw, by }) {
    if (by === undefined) return { items: await node.vault.erase.requests() }
    if (confirm !== undefined) return { ...granted(await node.vault.erase.confirm(confirm, by)) }
    if (withdraw !== undefined) {
      granted((await node.vault.erase.withdraw(withdraw, by)) ?? { done: true })
      return { withdrawn: withdraw }
    }
    if (target === undefined || reason === undefined) return { items: [] }
    return { ...granted(await node.vault.erase.request(target, reason, by)) }
  },
}

const reasons: Readonly<Record<EraseRefused['code'], { zh: string; en: string }>> = {
  'same-person': {
    zh: '删除须由另一人确认，申请人不能自己确认。',
    en: 'Another person must confirm; who asked cannot.',
  },
  'request-unknown': { zh: '没有这个删除申请，或已处理。', en: 'There is no such request, or it is done.' },
  'nothing-to-erase': { zh: '没有可删除的内容。', en: 'There is nothing to erase.' },
  'legal-hold': {
    zh: '该内容处于司法保全，解除前不能删除。',
    en: 'A legal hold is on it; it must be lifted first.',
  },
  retention: { zh: '未到最短保存期限，不能删除。', en: 'It must be kept for its minimum time first.' },
}

function granted<T extends object>(answer: T | EraseRefused): T {
  if ('refused' in answer) throw new OperationRefused(`erase-${answer.code}`, reasons[answer.code])
  return answer
}
