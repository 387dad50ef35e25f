/** `meridian status`: where the corridor, the vault and the ledger stand. */
import type { Command } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import { ask } from './ask.ts'

interface Answer {
  readonly organisation: { id: string; names: { zh: string; en: string } }
  readonly vault: {
    received: number
    duplicates: number
    pending: number
    quarantined: number
    records: number
  }
  readonly ledger: { chainId: string; height: number; logSize: number }
}

export const status: Command = {
  name: 'status',
  usage: '',
  summary: { zh: '查看节点的运行状态', en: 'where the node stands' },
  options: [],
  run: (invocation) => ask(invocation, 'status', {}, show),
}

function show({ organisation, vault, ledger }: Answer): string {
  return layTable([
    ['organisation 机构', `${organisation.names.zh} · ${organisation.names.en} (${organisation.id})`],
    ['received 收到', String(vault.received)],
    ['duplicates 重复', String(vault.duplicates)],
    ['waiting 待处理', String(vault.pending)],
    ['quarantined 隔离', String(vault.quarantined)],
    ['records 记录', String(vault.records)],
    ['chain 链', ledger.chainId],
    ['height 高度', String(ledger.height)],
    ['statements 声明', String(ledger.logSize)],
  ])
}
